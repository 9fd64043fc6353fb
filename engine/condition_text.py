"""Condition text → expression: comparisons of a variable with literals, `in`, `&&`, `||`, `!` and parentheses."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.facts import FactVariable

LONGEST = 400
DEEPEST = 8
MOST_COMPARISONS = 12

Literal_: TypeAlias = str | int | float | bool
Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "is"]


class ConditionRefused(ValueError):
    """A condition that can't be read or doesn't fit its variables. `why` is a stable word; `about` fills a sentence."""

    def __init__(self, column: int, why: str, *about: str) -> None:
        self.column = column
        self.why = why
        self.about = about
        super().__init__(f"{why}: {' '.join(about)}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variable against a literal or a list of them; `is` stands for a bare yes-or-no variable."""

    name: str
    operator: Operator
    literals: tuple[Literal_, ...]
    column: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of an expression."""

    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Joined:
    """Expressions that must all hold (`&&`) or of which one must (`||`)."""

    operator: Literal["&&", "||"]
    parts: "tuple[Expression, ...]"


Expression: TypeAlias = Comparison | Not | Joined

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d{1,15}(?:\.\d{1,9})?(?!\d))|(?P<string>'[^'\\]*'|\"[^\"\\]*\")"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)|(?P<sign>&&|\|\||==|!=|<=|>=|<|>|!|\(|\)|\[|\]|,))"
)


def parse_condition(text: str) -> Expression:
    """Return what a condition says; refuses anything but comparisons with literals."""
    if len(text) > LONGEST:
        raise ConditionRefused(0, "too_long", str(LONGEST))
    expression = _Parser(tuple(_tokens(text)), len(text)).whole()
    if sum(1 for _ in comparisons(expression)) > MOST_COMPARISONS:
        raise ConditionRefused(0, "too_long", str(LONGEST))
    return expression


def comparisons(expression: Expression) -> Iterator[Comparison]:
    """Give every comparison in an expression, in order."""
    if isinstance(expression, Comparison):
        yield expression
    elif isinstance(expression, Not):
        yield from comparisons(expression.inner)
    else:
        for part in expression.parts:
            yield from comparisons(part)


def written(expression: Expression, variables: Mapping[str, FactVariable]) -> str:
    """Return the expression as CEL text, numbers written in the type of their variable."""
    if isinstance(expression, Not):
        return f"!({written(expression.inner, variables)})"
    if isinstance(expression, Joined):
        return "(" + f" {expression.operator} ".join(written(part, variables) for part in expression.parts) + ")"
    if expression.operator == "is":
        return expression.name
    is_double = variables[expression.name].type == "double"
    literals = [_literal(literal, is_double) for literal in expression.literals]
    right = f"[{', '.join(literals)}]" if expression.operator == "in" else literals[0]
    return f"{expression.name} {expression.operator} {right}"


def _literal(literal: Literal_, is_double: bool) -> str:
    number = isinstance(literal, int | float) and not isinstance(literal, bool)
    return repr(float(literal)) if number and is_double else json.dumps(literal, ensure_ascii=True)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if not found:
            raise ConditionRefused(at, "unreadable", text[at : at + 12].strip())
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind))
        at = found.end()


class _Parser:
    """Recursive descent over the tokens: `||` binds loosest, then `&&`, then `!`."""

    def __init__(self, tokens: tuple[_Token, ...], end: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = end

    def whole(self) -> Expression:
        """Return the whole text as one expression."""
        expression = self._any(0)
        if self._at < len(self._tokens):
            raise self._refused()
        return expression

    def _any(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise ConditionRefused(self._column(), "too_deep", str(DEEPEST))
        return self._joined("||", lambda: self._joined("&&", lambda: self._one(depth)))

    def _joined(self, operator: Literal["&&", "||"], part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._taken(operator):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(operator, tuple(parts))

    def _one(self, depth: int) -> Expression:
        if self._taken("!"):
            if depth > DEEPEST:
                raise ConditionRefused(self._column(), "too_deep", str(DEEPEST))
            return Not(self._negated(depth + 1))
        if self._taken("("):
            inner = self._any(depth + 1)
            self._expect(")")
            return inner
        return self._comparison()

    def _negated(self, depth: int) -> Expression:
        """Read what `!` denies; `!a == b` would mean something else in CEL, so it needs parentheses."""
        bare, column = self._peek() not in ("(", "!"), self._column()
        inner = self._one(depth)
        if bare and isinstance(inner, Comparison) and inner.operator != "is":
            raise ConditionRefused(column, "parentheses_wanted", inner.name)
        return inner

    def _comparison(self) -> Expression:
        name = self._token("name")
        operator = self._peek()
        if operator in ("==", "!=", "<", "<=", ">", ">="):
            self._at += 1
            return Comparison(name.text, operator, (self._literal(),), name.column)  # type: ignore[arg-type]
        if operator == "in":
            self._at += 1
            return Comparison(name.text, "in", self._list(), name.column)
        return Comparison(name.text, "is", (), name.column)

    def _list(self) -> tuple[Literal_, ...]:
        self._expect("[")
        literals = [self._literal()]
        while self._taken(","):
            literals.append(self._literal())
        self._expect("]")
        return tuple(literals)

    def _literal(self) -> Literal_:
        if self._at >= len(self._tokens):
            raise self._refused()
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "string":
            return token.text[1:-1]
        if token.kind == "number":
            return float(token.text) if "." in token.text else int(token.text)
        if token.text in ("true", "false"):
            return token.text == "true"
        raise ConditionRefused(token.column, "literal_wanted", token.text)

    def _token(self, kind: str) -> _Token:
        if self._at >= len(self._tokens) or self._tokens[self._at].kind != kind:
            raise self._refused()
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _taken(self, text: str) -> bool:
        if self._peek() != text:
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._taken(text):
            raise self._refused()

    def _column(self) -> int:
        return self._tokens[self._at].column if self._at < len(self._tokens) else self._end

    def _refused(self) -> ConditionRefused:
        return ConditionRefused(self._column(), "unreadable", self._peek() or "?")
