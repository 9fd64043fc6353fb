"""The board's charts: what was kept week by week, and where it is late. Units and weeks, never persons."""

from datetime import timedelta

from markupsafe import Markup

from api.web.pages import Page
from engine.drawing.charts import Chart, Week, attainment, overdue
from engine.handle import Reading
from engine.read_models.promise_board import PromiseBoard
from engine.read_models.promise_report import promise_report
from engine.read_models.team_figures import overdue_by_team

WEEKS = 8


def board_charts(page: Page, reading: Reading, board: PromiseBoard, unit: str | None) -> list[tuple[Chart, Markup]]:
    """Each chart with its picture as markup; a chart that would show nothing is left out."""
    shown = [attainment(_weeks(page, reading, unit), None, page.language)]
    if len(board.units) > 1 and unit is None:
        late = overdue_by_team(reading, [one.unit_id for one in board.units])
        shown.append(overdue([(one.name, late.get(one.unit_id, 0)) for one in board.units], page.language))
    return [(chart, Markup(chart.svg)) for chart in shown]  # noqa: S704 - the chart escapes what it writes


def _weeks(page: Page, reading: Reading, unit: str | None) -> list[Week]:
    """The last weeks, this one too, by the week a promise was given in."""
    monday = page.say.today - timedelta(days=page.say.today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    report = promise_report(
        reading, page.language, from_on=first, to_on=page.say.today, by="week", kind="promise", unit=unit
    )
    known = {row.key: row for row in report.rows}
    weeks = []
    for day in (first + timedelta(weeks=n) for n in range(WEEKS)):
        row = known.get(f"{day:%G-W%V}")
        kept, late = (row.kept, row.late) if row else (0, 0)
        weeks.append(Week(day.isocalendar().week, kept + late, kept))
    return weeks
