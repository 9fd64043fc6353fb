"""A person at the pages, without a browser: reads HTML, fills in the forms that stand on it, and sends them."""

import warnings
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from fastapi import FastAPI

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have a successor of httpx that we don't pin
    from starlette.testclient import TestClient

from tests.youth_team import PASSWORD

VOID = {"input", "meta", "link", "br", "hr", "img", "use", "path", "circle", "rect", "line"}


@dataclass
class Form:
    """One form as it stands on the page: where it goes and what it would send untouched."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Seen(HTMLParser):
    """What a page holds: its text, tags with their attributes, and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self._select: str | None = None
        self._option: tuple[str, bool] | None = None
        self._textarea: str | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def lang(self) -> str | None:
        return next(attrs.get("lang") for tag, attrs in self.tags if tag == "html")

    def form(self, action: str) -> Form:
        """The first form whose address ends like this."""
        return next(form for form in self.forms if form.action.endswith(action))

    def has_form(self, action: str) -> bool:
        return any(form.action.endswith(action) for form in self.forms)

    def links(self) -> list[str]:
        return [str(attrs["href"]) for tag, attrs in self.tags if tag == "a" and attrs.get("href")]

    def by_id(self, ident: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.tags if attrs.get("id") == ident)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append((tag, held))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self.forms.append(Form(held.get("action") or "", held.get("method") or "get"))
        elif tag in ("input", "select", "textarea", "option", "button") and self.forms and "form" in self._open:
            self._control(tag, held, self.forms[-1])

    def _control(self, tag: str, held: dict[str, str | None], form: Form) -> None:
        name, value = held.get("name") or "", held.get("value")
        if tag == "button":
            form.buttons.append((name, value or ""))
        elif tag == "select":
            self._select = name
            form.fields.setdefault(name, [])
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = [""]
        elif tag == "option" and self._select is not None:
            form.choices.setdefault(self._select, []).append(value or "")
            if "selected" in held or not form.fields[self._select]:
                form.fields[self._select] = [value or ""]
        elif tag == "input" and held.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value or "")
            if "checked" in held:
                form.fields.setdefault(name, []).append(value or "")
        elif tag == "input":
            form.fields.setdefault(name, []).append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None and self.forms:
            before = self.forms[-1].fields[self._textarea][0]
            self.forms[-1].fields[self._textarea] = [before + (data.removeprefix("\n") if not before else data)]
        if not {"script", "style", "title"} & set(self._open):
            self.words.append(data)


class Person:
    """Somebody signed in to the pages, reading them in one language."""

    def __init__(self, app: FastAPI, name: str | None = None, language: str = "fi") -> None:
        self.client = TestClient(app, follow_redirects=False)
        self.reads(language)
        self.html = ""
        self.status = 0
        if name is not None:
            answer = self.client.post("/sign-in", data={"username": name, "password": PASSWORD, "next": "/"})
            assert answer.status_code == 303, answer.text

    def reads(self, language: str) -> None:
        """Read in this language from now on, whatever was chosen before."""
        for cookie in list(self.client.cookies.jar):
            if cookie.name == "pathways_language":
                self.client.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
        self.client.cookies.set("pathways_language", language)

    def see(self, address: str, **headers: str) -> Seen:
        """Go to a page."""
        answer = self.client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        self.status, self.html, self.headers = answer.status_code, answer.text, answer.headers
        return Seen(answer.text)

    def send(self, form: Form, button: Any = None, **changes: Any) -> Seen:
        """Fill in a form and send it by a button (name, value); a redirect is followed to the page it leads to."""
        said: dict[str, Any] = {name: values for name, values in form.fields.items() if values}
        said |= {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
        said |= {button[0]: [button[1]]} if button else {}
        answer = self.client.post(form.action, data=said)
        self.status, self.html, self.headers = answer.status_code, answer.text, answer.headers
        if answer.status_code == 303:
            self.went_to = answer.headers["location"]
            seen = self.see(self.went_to.split("#")[0])
            self.status = 303
            return seen
        return Seen(answer.text)
