"""What is counted of every client, in one question to the database: contacts, visits, missed times, breaches, services.

Counted is what stands in the journal of the unit's own cases and what other systems have told that unit. A number is
None where nothing tells of it: it isn't 0. Restricted cases and clients, the dead and the merged are left out whole.
The number of statements is the same for ten clients and a million.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    Select,
    String,
    Text,
    and_,
    case,
    cast,
    distinct,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from engine import tables as t
from engine.candidate_rules import NOTED, RuleBook
from engine.facts import FACTS, FactValue
from engine.projection import CASE_TABLE as CASE
from engine.projection import table_of
from engine.rules.candidate import Counted
from engine.store import EVENT_TABLE as EVENT
from pathways.candidate import Count, Exclusion
from pathways.time_zone import HELSINKI

CLIENT, WORKER, UNIT = table_of(t.Client), table_of(t.Worker), table_of(t.Unit)
CASE_CLIENT, CONTACT, PLAN = table_of(t.CaseClientRow), table_of(t.Contact), table_of(t.PlanRow)
BREACH, PROMISE = table_of(t.BreachRow), table_of(t.PromiseRow)
CONSULTATION, HANDOVER = table_of(t.ConsultationRow), table_of(t.HandoverRow)
EXTERNAL, AFTER_ALL = table_of(t.ExternalCountRow), table_of(t.CountedAfterAllRow)

ACTS = ("call", "reply", "assessment", "meeting")
"""Acts in which somebody was in touch with the client; an attempt isn't one."""
AT_A_TABLE = ("assessment", "meeting")
REMOTE_CHANNELS = ("puhelin", "chat", "lomake", "kirje", "etavastaanotto", "omaolo")
STRATA = (18, 40, 65, 80)
"""Where an age class begins. Sex isn't among a client's data, so the strata are of age alone."""
YEAR = timedelta(days=365)
BATCH = 2000


@dataclass(frozen=True, slots=True)
class CountedClient:
    """A client whom a unit handles, and what was counted."""

    unit_id: str
    client_id: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients: all of a county, or one of them (to whom no percentile is known then)."""

    tenant_id: str
    client_id: str | None = None


def counted_clients(connection: Connection, book: RuleBook, wanted: Wanted, now: datetime) -> Iterator[CountedClient]:
    """Give everybody with an open case in a unit, once for each such unit."""
    noted = _noted(connection, wanted)
    everywhere = _everywhere(connection, book, wanted, now) if book.cross_register else None
    question = counts_of(connection, book, wanted, now).execution_options(yield_per=BATCH)
    for row in map(dict, connection.execute(question).mappings()):
        key = str(row["unit_id"]), str(row["client_id"])
        own = _facts(book, row, now) | noted.get(key, {})
        wide = None if everywhere is None else own | everywhere.get(key[1], {})
        years = tuple(_counts(book, row, year) for year in range(3))
        yield CountedClient(*key, Counted(own, wide, years))


def counts_of(connection: Connection, book: RuleBook, wanted: Wanted, now: datetime) -> Select[Any]:
    """The question: a row for each unit and client, a column for each count and each year it is wanted of."""
    return _Question(book, wanted, now, connection.dialect.name == "postgresql", by_unit=True).select()


def _everywhere(connection: Connection, book: RuleBook, wanted: Wanted, now: datetime) -> dict[str, dict[str, Any]]:
    """The same over all units and registers, for rules that the county lets count so."""
    question = _Question(book, wanted, now, connection.dialect.name == "postgresql", by_unit=False).select()
    rows = connection.execute(question.execution_options(yield_per=BATCH)).mappings()
    return {str(row["client_id"]): _counts(book, row) for row in rows}


def _facts(book: RuleBook, row: Mapping[Any, Any], now: datetime) -> dict[str, FactValue | None]:
    facts: dict[str, FactValue | None] = dict(_counts(book, row))
    facts["client.special_support"] = bool(row["special_support"])
    if row["birth_date"]:
        born, today = row["birth_date"], now.astimezone(HELSINKI).date()
        facts["client.age"] = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return facts


def _counts(book: RuleBook, row: Mapping[Any, Any], year: int = 0) -> dict[str, int | None]:
    """The counts of a year. Those of only one year are unknown in another; `years` itself is for the rules to find."""
    found: dict[str, int | None] = {}
    for name, count in book.said.counts.items():
        value = row.get(column_of(name, year))
        if value is not None:
            found[f"count.{name}"] = int(float(value) * 100 + 1e-9) if count.of == "percentile" else int(value)
    return found


def column_of(name: str, year: int = 0) -> str:
    """The column of a count, of this year or of so many years ago."""
    return f"{name}__{year}" if year else name


# --- what people have noted on open cases --------------------------------------------------------------------------


def _noted(connection: Connection, wanted: Wanted) -> dict[tuple[str, str], dict[str, FactValue | None]]:
    """Facts noted on a unit's open cases: the gravest of each. Few cases have any of them."""
    handled = handled_cases(wanted)
    text = cast(CASE.c.noted, Text)
    named = or_(*(text.like(f'%"{name}"%') for name in NOTED))
    question = (
        select(handled.c.unit_id, handled.c.client_id, CASE.c.noted)
        .join(CASE, (CASE.c.tenant_id == wanted.tenant_id) & (CASE.c.case_id == handled.c.case_id))
        .where(handled.c.state == "open", named)
    )
    found: dict[tuple[str, str], dict[str, FactValue | None]] = defaultdict(dict)
    for unit_id, client_id, noted in connection.execute(question):
        facts = found[str(unit_id), str(client_id)]
        for name in NOTED:
            value = _as_fact(name, noted.get(name))
            if value is not None:
                facts[name] = max(value, facts.get(name) or 0)
    return found


def _as_fact(name: str, value: Any) -> int | bool | None:
    """A noted value in the type of its fact; what isn't of that type is as good as not noted."""
    if FACTS[name].type == "bool":
        return value if isinstance(value, bool) else None
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    return int(value) if whole else None


def handled_cases(wanted: Wanted, name: str = "handled") -> CTE:
    """Cases whose primary client may be counted at all, with that client."""
    where = [
        CASE.c.tenant_id == wanted.tenant_id,
        CASE.c.restricted.is_(False),
        CASE_CLIENT.c.primary,
        CASE_CLIENT.c.until.is_(None),
        CLIENT.c.restricted.is_(False),
        CLIENT.c.died_on.is_(None),
        CLIENT.c.merged_into.is_(None),
    ]
    if wanted.client_id is not None:
        where.append(CASE_CLIENT.c.client_id == wanted.client_id)
    same_case = (CASE_CLIENT.c.tenant_id == CASE.c.tenant_id) & (CASE_CLIENT.c.case_id == CASE.c.case_id)
    same_client = (CLIENT.c.tenant_id == CASE_CLIENT.c.tenant_id) & (CLIENT.c.client_id == CASE_CLIENT.c.client_id)
    of_case = (CASE.c[name] for name in ("case_id", "unit_id", "pathway_id", "register_kind", "state", "end"))
    question = select(*of_case, CASE_CLIENT.c.client_id)
    return question.select_from(CASE.join(CASE_CLIENT, same_case).join(CLIENT, same_client)).where(*where).cte(name)


# --- contacts and whatever else is counted one by one --------------------------------------------------------------


def contact_rows(handled: CTE, book: RuleBook, tenant_id: str, since: datetime, *, postgres: bool) -> Select[Any]:
    """The acts of the unit's own journal in which the client was in touch with somebody."""
    kind, channel = EVENT.c.payload["kind"].as_string(), EVENT.c.payload["channel"].as_string()
    at_a_table = kind.in_(AT_A_TABLE) & (channel.is_(None) | channel.not_in(REMOTE_CHANNELS))
    thing = cast(EVENT.c.case_id, String) + ":" + cast(EVENT.c.sequence, String)
    return (
        _rows(
            handled,
            what=literal("contacts"),
            at=EVENT.c.occurred_at,
            key=EVENT.c.actor + "|" + func.substr(cast(EVENT.c.occurred_at, String), 1, 10),
            profession=WORKER.c.professions[0].as_string(),
            mode=case((at_a_table, "face_to_face"), else_="remote"),
            excluded_by=_after_all(_excluded_own(book, handled, tenant_id)),
            thing_id=thing,
        )
        .select_from(
            handled.join(EVENT, _of(EVENT, handled, tenant_id))
            .outerjoin(WORKER, (WORKER.c.tenant_id == tenant_id) & (_worker_id(postgres) == _actor(postgres)))
            .outerjoin(AFTER_ALL, (AFTER_ALL.c.tenant_id == tenant_id) & (AFTER_ALL.c.thing_id == thing))
        )
        .where(EVENT.c.type == "act_recorded", kind.in_(ACTS), EVENT.c.occurred_at >= since)
    )


def external_rows(handled: CTE, book: RuleBook, tenant_id: str, since: datetime) -> Select[Any]:
    """What other systems have told the unit."""
    thing = literal("x") + cast(EXTERNAL.c.count_id, String)
    clients = select(handled.c.unit_id, handled.c.client_id).distinct().subquery("handled_clients")
    same = (EXTERNAL.c.unit_id == clients.c.unit_id) & (EXTERNAL.c.client_id == clients.c.client_id)
    return (
        _rows(
            EXTERNAL,
            what=EXTERNAL.c.kind,
            at=EXTERNAL.c.happened_at,
            number=EXTERNAL.c.number,
            profession=EXTERNAL.c.profession,
            mode=EXTERNAL.c.mode,
            register_kind=EXTERNAL.c.register_kind,
            excluded_by=_after_all(_excluded_external(book)),
            thing_id=thing,
        )
        .select_from(
            EXTERNAL.join(clients, same).outerjoin(
                AFTER_ALL, (AFTER_ALL.c.tenant_id == tenant_id) & (AFTER_ALL.c.thing_id == thing)
            )
        )
        .where(EXTERNAL.c.tenant_id == tenant_id, EXTERNAL.c.happened_at >= since)
    )


def _rows(source: Any, **columns: Any) -> Select[Any]:
    """Rows of one shape: whose, what, when, by which key it is counted once, and what speaks against counting it."""
    usual: dict[str, Any] = {
        "what": null(),
        "at": cast(null(), DateTime(timezone=True)),
        "key": cast(null(), String),
        "number": cast(null(), Integer),
        "profession": cast(null(), String),
        "mode": cast(null(), String),
        "register_kind": source.c.register_kind if "register_kind" in source.c else cast(null(), String),
        "excluded_by": cast(null(), String),
        "thing_id": cast(null(), String),
    }
    made = (value.label(name) for name, value in (usual | columns).items())
    return select(source.c.unit_id, source.c.client_id, *made)


def _of(table: Any, handled: CTE, tenant_id: str) -> ColumnElement[bool]:
    return and_(table.c.tenant_id == tenant_id, table.c.case_id == handled.c.case_id)


def _worker_id(postgres: bool) -> ColumnElement[str]:
    return cast(WORKER.c.worker_id, String)


def _actor(postgres: bool) -> ColumnElement[str]:
    """SQLite keeps ids without hyphens; the journal's actor has them."""
    return EVENT.c.actor if postgres else func.replace(EVENT.c.actor, "-", "")


def _after_all(excluded_by: ColumnElement[Any]) -> ColumnElement[Any]:
    """Nothing is excluded that somebody has found to count."""
    return case((AFTER_ALL.c.thing_id.is_not(None), None), else_=excluded_by)


def _excluded_own(book: RuleBook, handled: CTE, tenant_id: str) -> ColumnElement[Any]:
    planned = select(PLAN.c.case_id).where(_of(PLAN, handled, tenant_id), PLAN.c.agreement.is_not(None)).exists()
    step = handled.c.pathway_id + "." + EVENT.c.payload["step"].as_string()

    def belongs(one: Exclusion) -> ColumnElement[bool] | None:
        named = [handled.c.pathway_id.in_(one.pathways)] if one.pathways else []
        named += [step.in_(one.steps)] if one.steps else []
        return or_(*named) & planned if named and one.with_plan else or_(*named) if named else None

    return _first(book, belongs)


def _excluded_external(book: RuleBook) -> ColumnElement[Any]:
    def belongs(one: Exclusion) -> ColumnElement[bool] | None:
        if not one.series:
            return None
        named = EXTERNAL.c.series.in_(one.series)
        return named & EXTERNAL.c.planned if one.with_plan else named

    return _first(book, belongs)


def _first(book: RuleBook, belongs: Any) -> ColumnElement[Any]:
    ways = [(found, key) for key, one in book.said.exclusions.items() if (found := belongs(one)) is not None]
    return case(*ways) if ways else cast(null(), String)


# --- the question ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Question:
    """Everything of every client, by unit or over all of them."""

    book: RuleBook
    wanted: Wanted
    now: datetime
    postgres: bool
    by_unit: bool

    def select(self) -> Select[Any]:
        handled = handled_cases(self.wanted)
        key = [handled.c.unit_id, handled.c.client_id] if self.by_unit else [handled.c.client_id]
        subjects = select(*key).where(handled.c.state == "open").distinct().cte("subjects")
        things = union_all(*self._things(handled)).subquery("things")
        same = things.c.client_id == subjects.c.client_id
        if self.by_unit:
            same &= things.c.unit_id == subjects.c.unit_id
        of_client = (CLIENT.c.tenant_id == self.wanted.tenant_id) & (CLIENT.c.client_id == subjects.c.client_id)
        about = [*subjects.c, CLIENT.c.birth_date, CLIENT.c.special_support]
        counted = (
            select(*about, *self._columns(things))
            .select_from(subjects.join(CLIENT, of_client).outerjoin(things, same))
            .group_by(*about)
            .subquery("counted")
        )
        return select(*counted.c, *self._percentiles(counted))

    def _things(self, handled: CTE) -> Iterator[Select[Any]]:
        tenant_id, since = self.wanted.tenant_id, self.now - 3 * YEAR
        yield contact_rows(handled, self.book, tenant_id, since, postgres=self.postgres)
        yield external_rows(handled, self.book, tenant_id, since)
        for name, count in self.book.said.counts.items():
            if count.of == "no_shows" and count.outcomes:
                yield self._no_shows(handled, name, count)
            elif count.of == "repeats":
                yield self._repeats(handled, name, count)
            elif count.of == "breaches":
                yield self._breaches(handled, name, count)
            elif count.of == "areas":
                yield self._areas(handled, name)
            elif count.of == "organisations":
                yield from self._organisations(handled, name, count)
            elif count.of == "household":
                yield self._household(handled, name)

    def _no_shows(self, handled: CTE, name: str, count: Count) -> Select[Any]:
        missed = EVENT.c.payload["outcome"].as_string().in_(count.outcomes)
        key = cast(EVENT.c.case_id, String) + ":" + cast(EVENT.c.sequence, String)
        rows = _rows(handled, what=literal(f"own:{name}"), at=EVENT.c.occurred_at, key=key)
        joined = rows.select_from(handled.join(EVENT, _of(EVENT, handled, self.wanted.tenant_id)))
        return joined.where(EVENT.c.type == "step_ended", missed, EVENT.c.occurred_at >= self._since(count))

    def _repeats(self, handled: CTE, name: str, count: Count) -> Select[Any]:
        rows = _rows(handled, what=literal(name), number=func.count())
        settled = (handled.c.state == "closed") & handled.c.end.in_(count.settled_by)
        joined = rows.select_from(handled.join(CONTACT, _of(CONTACT, handled, self.wanted.tenant_id)))
        return joined.where(CONTACT.c.received_at >= self._since(count), ~func.coalesce(settled, False)).group_by(
            *self._of_case(handled)
        )

    def _breaches(self, handled: CTE, name: str, count: Count) -> Select[Any]:
        """Promises and deadlines of the law; a target missed is the unit's own matter."""
        promise = (PROMISE.c.tenant_id == BREACH.c.tenant_id) & (PROMISE.c.promise_id == BREACH.c.promise_id)
        rows = _rows(handled, what=literal(name), number=func.count())
        of_case = _of(BREACH, handled, self.wanted.tenant_id)
        return (
            rows.select_from(handled.join(BREACH, of_case).join(PROMISE, promise))
            .where(
                BREACH.c.voided_at.is_(None),
                BREACH.c.breached_at >= self._since(count),
                PROMISE.c.kind.in_(("promise", "statutory")),
            )
            .group_by(*self._of_case(handled))
        )

    @staticmethod
    def _of_case(handled: CTE) -> list[Any]:
        return [handled.c.unit_id, handled.c.client_id, handled.c.register_kind, handled.c.case_id]

    def _areas(self, handled: CTE, name: str) -> Select[Any]:
        unit = (UNIT.c.tenant_id == self.wanted.tenant_id) & (UNIT.c.unit_id == handled.c.unit_id)
        rows = _rows(handled, what=literal(name), key=UNIT.c.kind)
        return rows.select_from(handled.join(UNIT, unit)).where(handled.c.state == "open")

    def _organisations(self, handled: CTE, name: str, count: Count) -> Iterator[Select[Any]]:
        for table, named, at in (
            (CONSULTATION, CONSULTATION.c.organisation, CONSULTATION.c.asked_at),
            (HANDOVER, HANDOVER.c.to_organisation, HANDOVER.c.proposed_at),
        ):
            rows = _rows(handled, what=literal(name), key=named)
            joined = rows.select_from(handled.join(table, _of(table, handled, self.wanted.tenant_id)))
            yield joined.where(named.is_not(None), at >= self._since(count))

    def _household(self, handled: CTE, name: str) -> Select[Any]:
        """Others on the client's open cases who are clients of a case of their own."""
        other, theirs = CASE_CLIENT.alias("other"), handled_cases(Wanted(self.wanted.tenant_id), "theirs")
        on_case = (other.c.tenant_id == self.wanted.tenant_id) & (other.c.case_id == handled.c.case_id)
        own = (theirs.c.client_id == other.c.client_id) & (theirs.c.state == "open")
        if self.by_unit:
            own &= theirs.c.unit_id == handled.c.unit_id
        rows = _rows(handled, what=literal(name), key=cast(other.c.client_id, String))
        return rows.select_from(handled.join(other, on_case).join(theirs, own)).where(
            handled.c.state == "open", other.c.primary.is_(False), other.c.until.is_(None)
        )

    def _since(self, count: Count) -> datetime:
        return self.now - timedelta(days=count.within or 0)

    def _columns(self, things: Any) -> Iterator[ColumnElement[Any]]:
        for name, count in self.book.said.counts.items():
            if count.of in ("percentile", "years"):
                continue
            for year in self._years_of(name):
                yield self._column(things, name, count, year).label(column_of(name, year))

    def _years_of(self, name: str) -> range:
        """This year alone, or each of the last ones for what a rule of persistence asks again."""
        return range(3) if name in self._persistent() else range(1)

    def _persistent(self) -> set[str]:
        counts = self.book.said.counts
        rules = {rule for count in counts.values() for rule in count.rules}
        named = {name for rule in rules for name in self.book.rules[rule].counts}
        return named | {counts[name].among or name for name in named}

    def _column(self, things: Any, name: str, count: Count, year: int) -> ColumnElement[Any]:
        mine = self._mine(things, name, count, year)
        found = func.count(case((mine, 1)))
        if count.of in ("repeats", "breaches"):
            return func.coalesce(func.max(case((mine, things.c.number))), 0)
        if count.of in ("areas", "household"):
            return func.count(distinct(case((mine, things.c.key))))
        if count.of == "organisations":
            return func.count(distinct(case((mine, things.c.key)))) + 1  # the county itself
        if count.of == "professions":
            return case((found > 0, func.count(distinct(case((mine, things.c.profession))))))
        once = func.count(distinct(case((mine, things.c.key))))
        told = func.coalesce(func.sum(case((mine, things.c.number))), 0)
        return case((found > 0, once + told))

    def _mine(self, things: Any, name: str, count: Count, year: int) -> ColumnElement[bool]:
        """The things that make up one count."""
        if count.of in ("repeats", "breaches", "areas", "household", "organisations"):
            return and_(things.c.what == name)
        kinds = ["contacts"] if count.of == "professions" else [count.of]
        until, since = self.now - year * YEAR, self.now - year * YEAR - timedelta(days=count.within or 0)
        told = [things.c.what.in_([*kinds, f"own:{name}"]), things.c.excluded_by.is_(None), things.c.at >= since]
        told += [things.c.at < until] if year else []
        told += [things.c.mode.in_(count.modes)] if count.modes else []
        told += [things.c.register_kind.in_(count.registers)] if count.registers else []
        professions = self._professions(count)
        told += [things.c.profession.in_(professions)] if professions else []
        return and_(*told)

    def _professions(self, count: Count) -> tuple[str, ...]:
        return (*count.professions, *(self.book.physicians if count.physicians else ()))

    def _percentiles(self, counted: Any) -> Iterator[ColumnElement[Any]]:
        """The share of the same age class with fewer; nothing is said in a class of few or of somebody unknown.

        Those of whom nothing is known stand with the fewest: they are compared with, and not told of.
        """
        for name, count in self.book.said.counts.items():
            if count.of != "percentile" or count.among is None:
                continue
            for year in self._years_of(name):
                number = counted.c[column_of(count.among, year)]
                stratum = self._stratum(counted.c.birth_date)
                group = [counted.c.unit_id, stratum] if self.by_unit else [stratum]
                rank = func.percent_rank().over(partition_by=group, order_by=func.coalesce(number, 0))
                many = func.count().over(partition_by=group) >= count.smallest
                known = number.is_not(None) & counted.c.birth_date.is_not(None)
                yield case((known & many, rank)).label(column_of(name, year))

    def _stratum(self, born: ColumnElement[date]) -> ColumnElement[int]:
        today = self.now.astimezone(HELSINKI).date()
        return case(*((born > _years_before(today, age), index) for index, age in enumerate(STRATA)), else_=len(STRATA))


def _years_before(today: date, years: int) -> date:
    """The day on which somebody born turned so old; 29 February counts as 28."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
