"""How fast a case advances: the product's own command handler against hand-written psycopg writing the same rows.

One advance finishes a step, enters the next, ends one promise and starts one. Both sides write to the same PostgreSQL
in turns, so that a noisy machine is noisy for both; what counts is the ratio of medians.
"""

from collections.abc import Callable
from statistics import median

from benchmarks.advance_county import Act, AdvanceCounty, Cost, advance_county, timed
from benchmarks.figures import Figures
from benchmarks.load import load
from benchmarks.round_trips import counted
from tests.servers import Databases, PostgresServer

EARLY, LATE, WIDTH, CASES = 10, 400, 15, 8
AT_ONCE = 8
SMALL = 10_000
WARM = 40  # until statements are prepared and planned, and caches warm
Tell = Callable[[str], None]


def measure_alone(
    *, runs: int, advances: int, cases: int | None = None, on: str | None = None, tell: Tell = print
) -> Figures:
    """Measure on a PostgreSQL of our own that waits for the disk as a real one does.

    With `cases` so many are loaded, and with `on` a loaded database is named: then advancing there is compared with
    advancing among ten thousand.
    """
    with PostgresServer(durable=True) as server:
        databases = Databases(server.url)

        def new_database() -> str:
            return databases.create().render_as_string(hide_password=False)

        sizes = {"runs": runs, "advances in a round": advances}
        figures = Figures("advance", databases.version(), sizes)
        with advance_county(new_database()) as county:
            measure(county, figures, runs=runs, advances=advances, tell=tell)
        if cases or on:
            small, large = new_database(), on or new_database()
            load(small, cases=SMALL)
            if cases and not on:
                tell(f"loading {cases} cases")
                load(large, cases=cases, tell=lambda done: tell(f"{done:.0%}"))
            with advance_county(small) as few, advance_county(large) as many:
                _among_many(few, many, figures, runs, advances, tell)
        return figures


def measure(county: AdvanceCounty, figures: Figures, *, runs: int, advances: int, tell: Tell) -> None:
    """Measure in an empty county; `tell` hears of each round."""
    product, floor = [county.product()], county.floor()
    mine, theirs = _in_turns(county, product, [floor.advance], runs, advances, tell)
    cpu, rate = _ratio(mine, theirs)
    figures.add("A1", "client CPU of an advance beside the floor's", cpu, 2.0, "×")
    figures.add("A2", "advances a second on one connection beside the floor's", rate, 0.6, "×", at_least=True)
    _tell_costs(figures, "one connection", mine, theirs)
    figures.add("A8", "round trips of an advance", min(counted(county.engine.database, product[0]) for _ in "123"), 4)
    figures.add("", "round trips of the floor's", floor.round_trips())
    _at_once(county, figures, runs, advances, tell)
    _history(county, figures)


def _at_once(county: AdvanceCounty, figures: Figures, runs: int, advances: int, tell: Tell) -> None:
    product = [county.product() for _ in range(AT_ONCE)]
    floor = [county.floor().advance for _ in range(AT_ONCE)]
    mine, theirs = _in_turns(county, product, floor, runs, max(advances // AT_ONCE, 5), tell)
    cpu, rate = _ratio(mine, theirs)
    what = f"advances a second on {AT_ONCE} connections of one process beside the floor's"
    figures.add("A3", what, rate, 0.5, "×", at_least=True)
    figures.add("", f"client CPU on {AT_ONCE} connections beside the floor's", cpu, None, "×")
    _tell_costs(figures, f"{AT_ONCE} connections", mine, theirs)


def _history(county: AdvanceCounty, figures: Figures) -> None:
    """Whether the cost grows with history: around step 10 and around step 400 of as many cases, in turns."""
    young, old = ([county.product() for _ in range(CASES)] for _ in range(2))
    for advance in old:
        timed([advance], LATE - WIDTH // 2)
    for advance in young:
        timed([advance], EARLY - WIDTH // 2)
    county.gather_statistics()
    early: list[Cost] = []
    late: list[Cost] = []
    for first, second in zip(young, old, strict=True):
        for _ in range(WIDTH):
            early.append(timed([first], 1))
            late.append(timed([second], 1))
    for name, of in (("client CPU", lambda cost: cost.cpu), ("time", lambda cost: cost.wall)):
        figures.add(
            "A6", f"{name} of step {LATE} beside step {EARLY}", median(map(of, late)) / median(map(of, early)), 1.1, "×"
        )


def _among_many(
    few: AdvanceCounty, many: AdvanceCounty, figures: Figures, runs: int, advances: int, tell: Tell
) -> None:
    """Whether the cost grows with the number of cases: here and there in turns, the floor told beside."""
    here, there = [few.product()], [many.product()]
    among_many, among_few = _in_turns(many, there, here, runs, advances, tell)
    for name, of in (("client CPU", lambda cost: cost.cpu), ("time", lambda cost: cost.wall)):
        ratio = median(map(of, among_many)) / median(map(of, among_few))
        figures.add("A7", f"{name} of an advance among many cases beside ten thousand", ratio, 1.25, "×")
    floors = _in_turns(many, [many.floor().advance], [few.floor().advance], runs, advances, tell)
    figures.add("", "the floor's time among many cases beside ten thousand", 1 / _ratio(*floors)[1], None, "×")


def _in_turns(
    county: AdvanceCounty, first: list[Act], second: list[Act], runs: int, times: int, tell: Tell
) -> tuple[list[Cost], list[Cost]]:
    """The costs of both, round by round, once both are warm and the database knows its tables."""
    for acts in (first, second):
        timed(acts, WARM)
    county.gather_statistics()
    for acts in (first, second):
        timed(acts, WARM // 4)
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for number in range(1, runs + 1):
        for acts, known in zip((first, second), costs, strict=True):
            known.append(timed(acts, times))
        one, other = (known[-1].wall * 1e6 for known in costs)
        tell(f"round {number}/{runs}: {one:.0f} µs, beside it {other:.0f} µs an advance")
    return costs


def _ratio(mine: list[Cost], theirs: list[Cost]) -> tuple[float, float]:
    """Client CPU beside theirs, and advances a second beside theirs."""
    cpu = median(cost.cpu for cost in mine) / median(cost.cpu for cost in theirs)
    return cpu, median(cost.wall for cost in theirs) / median(cost.wall for cost in mine)


def _tell_costs(figures: Figures, where: str, mine: list[Cost], theirs: list[Cost]) -> None:
    for whose, costs in (("product", mine), ("floor", theirs)):
        figures.add("", f"{whose}, {where}: client CPU", median(cost.cpu for cost in costs) * 1e6, None, "µs")
        figures.add("", f"{whose}, {where}: advances", 1 / median(cost.wall for cost in costs), None, "a second")
