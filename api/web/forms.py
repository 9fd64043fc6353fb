"""Forms: what somebody typed, what is wrong with it, and the text kept so that nothing is typed twice.

A form is read field by field; a field that can't be read gets a sentence, and the page is shown again with the
sentences listed above, each linked to its field.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from gettext import NullTranslations

from engine.ids import is_id
from pathways.local_time import instant_of
from pathways.time_zone import HELSINKI

Typed = Mapping[str, Sequence[str]]
LONG_TEXTS = ("words", "note", "plan", "client_view")
KEY_FIELD = "form_key"
"""A UUID made when the form is drawn; it becomes the idempotency key, so a double click does nothing twice."""


class Filled:
    """One form as it came in. Reading a field that is wrong notes an error and gives None."""

    def __init__(self, catalogue: NullTranslations, fresh_key: str, typed: Typed | None = None, name: str = "") -> None:
        self._t = catalogue
        self._fresh_key = fresh_key
        self.typed: Typed = typed or {}
        self.name = name
        """Tells the forms of one page apart; part of the ids of its fields."""
        self.errors: dict[str, str] = {}
        """Field → sentence, in the order the fields were read; "" is the form as a whole."""
        self.status = 422
        """The status of the page that shows the form again."""

    @property
    def is_right(self) -> bool:
        """Whether everything read so far was right."""
        return not self.errors

    # --- for the page that is drawn again ---

    def id_of(self, field: str) -> str:
        """The id a field has on the page: what its label and the list of errors point at."""
        return f"f-{self.name}-{field}" if self.name else f"f-{field}"

    def value(self, name: str, default: object = "") -> str:
        """What stands in a field: what was typed, else the default."""
        if name in self.typed:
            return self.typed[name][-1] if self.typed[name] else ""
        return "" if default is None else str(default)

    def values(self, name: str) -> Sequence[str]:
        return self.typed.get(name, ())

    @property
    def written(self) -> list[str]:
        """The longer texts of the form: shown when the form itself is on the page no more."""
        return [self.value(name) for name in LONG_TEXTS if self.value(name).strip()]

    def error(self, name: str) -> str | None:
        return self.errors.get(name)

    @property
    def key(self) -> str:
        """The form's own key: the same again after an error, fresh in a fresh form."""
        sent = self.value(KEY_FIELD)
        return sent if is_id(sent) else self._fresh_key

    # --- reading ---

    def refuse(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first sentence about it stays."""
        self.errors.setdefault(name, sentence)

    def text(self, name: str, *, required: str | None = None, longest: int = 8000) -> str | None:
        """A text without surrounding space; None when empty. `required` is what to say then."""
        said = self.value(name).strip()
        if not said:
            if required:
                self.refuse(name, required)
            return None
        if len(said) > longest:
            self.refuse(name, self._t.gettext("Write at most %(n)s characters.") % {"n": longest})
            return None
        return said

    def choice(self, name: str, among: Collection[str], *, required: str | None = None) -> str | None:
        """One of the offered values; anything else counts as not chosen."""
        chosen = self.value(name)
        if chosen in among and chosen:
            return chosen
        if required:
            self.refuse(name, required)
        return None

    def ticked(self, name: str) -> bool:
        return bool(self.value(name))

    def day(self, name: str, *, required: str | None = None) -> date | None:
        """A date as the browser's field gives it, or as it is written: 2026-11-24 or 24.11.2026."""
        said = self.text(name, required=required)
        if said is None:
            return None
        for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(said, pattern).replace(tzinfo=UTC).date()
            except ValueError:
                continue
        self.refuse(name, self._t.gettext("Give the date as day, month and year, for example 24.11.2026."))
        return None

    def moment(self, name: str, *, required: str | None = None) -> datetime | None:
        """A date and time of day in Helsinki, as an instant in UTC."""
        said = self.text(name, required=required)
        if said is None:
            return None
        for pattern in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M"):
            try:
                local = datetime.strptime(said, pattern).replace(tzinfo=HELSINKI)
            except ValueError:
                continue
            return instant_of(local.date(), local.time(), HELSINKI)
        self.refuse(name, self._t.gettext("Give the date and the time, for example 24.11.2026 9.30."))
        return None

    def number(self, name: str, *, required: str | None = None) -> float | None:
        """A number; a comma is as good as a point."""
        said = self.text(name, required=required, longest=40)
        if said is None:
            return None
        try:
            return float(said.replace(",", ".").replace("−", "-"))
        except ValueError:
            self.refuse(name, self._t.gettext("Give a number."))
            return None
