"""One page: who reads it, in which language, at which moment; and how its template becomes an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from gettext import NullTranslations
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from api.web.forms import Filled, Typed
from api.web.languages import LANGUAGES, OWN_NAMES, translations
from api.web.say import Say
from api.web.static import address_of
from engine.access import works_with_clients
from engine.ids import new_id
from engine.sign_in import IDLE, SEEN_EVERY
from pathways.actor import Actor
from pathways.time_words import Language

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass
class Page:
    """Everything a template needs beside its own content. `actor` is None before signing in."""

    request: Request
    language: Language
    now: datetime
    actor: Actor | None = None
    csrf: str = ""
    demo: bool = False
    flash: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    """What the page listens to; empty for pages that aren't live."""
    theme: str = ""

    @property
    def warn_after_minutes(self) -> int:
        """When to warn that the session is about to fall asleep: two minutes before it may."""
        return int((IDLE - SEEN_EVERY).total_seconds() // 60) - 2

    @property
    def me(self) -> Actor:
        """Who reads the page; for pages that ask for signing in."""
        if self.actor is None:
            raise LookupError("nobody is signed in on this page")
        return self.actor

    @property
    def takes_contacts(self) -> bool:
        """Whether the reader works with clients, so that contacts are theirs to take."""
        return self.actor is not None and works_with_clients(self.actor)

    @property
    def has_work(self) -> bool:
        """Whether the reader has a worklist; designers and administrators have none."""
        return self.takes_contacts or (self.actor is not None and self.actor.has("consultant"))

    @property
    def texts(self) -> NullTranslations:
        return translations(self.language)

    @property
    def say(self) -> Say:
        return Say(self.language, self.now, self.texts)

    def gettext(self, message: str) -> str:
        return self.texts.gettext(message)

    def form(self, name: str = "", typed: Typed | None = None) -> Filled:
        """An empty form, or the one that came in."""
        return Filled(self.texts, new_id(self.now), typed, name)

    def here(self, **changes: str) -> str:
        """The address of this page with some of its query changed; an empty value takes a name away."""
        query = {name: value for name, value in self.request.query_params.items() if name != "said"}
        query |= changes
        kept = {name: value for name, value in query.items() if value}
        path = self.request.url.path
        return f"{path}?{urlencode(kept)}" if kept else path

    def render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page as an answer."""
        html = environment(self.language).get_template(template).render(page=self, say=self.say, **values)
        return HTMLResponse(html, status_code=status, headers=HEADERS)


@cache
def environment(language: Language) -> Environment:
    """The templates of one language. One environment each: a shared one can't hold two catalogues."""
    made = Environment(
        loader=PackageLoader("api.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {
        "icon": icon,
        "asset": address_of,
        "lang": language,
        "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
    }
    return made


@cache
def icon(name: str, classes: str = "") -> Markup:
    """An icon beside words that say the same; screen readers pass it by."""
    return Markup('<svg class="icon{}" aria-hidden="true"><use href="#i-{}"/></svg>').format(
        escape(f" {classes}" if classes else ""), name
    )
