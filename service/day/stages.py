"""The attendance stages of a school at the end of its day: who has passed a threshold, and which reviews are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time

from attendance import stages
from attendance.calendar import local
from attendance.history import SESSIONS_A_DAY, History, sessions_of
from attendance.leave.flags import Record, codes_of
from attendance.periods import school_year
from attendance.stages import FIRM, Opened, Standing
from service.turns.turn import Turn
from storage import counting, history, tasks
from storage.tasks import TaskRow
from storage.timers import Timer

STAGES_AT = time(17, 10)
"""After undecided N marks of the day have become O."""
STAGES = "stages"
"""The kind of its timer."""


async def look(turn: Turn, timer: Timer) -> None:
    """Open the tasks of the stages that were reached, and of the reviews that are due, as the register stands now."""
    if not turn.school.policy.stage:
        return
    today = date.fromisoformat(timer.key)
    rows = await tasks.ever_under(turn.db, turn.school.id, stages.prefix_of(today))
    there, opened = {row.task.key for row in rows}, _opened(rows)
    for standing in await standings(turn, today):
        mine = opened.get(standing.pupil, [])
        due = stages.due_stages(standing, mine, turn.school)
        new = [stages.stage_task(one, standing, mine, today, turn.now, turn.school) for one in due]
        new += stages.review_tasks(standing, mine, today, turn.now, turn.school)
        await turn.apply([task for task in new if task.key not in there])


async def opened_stages(turn: Turn, today: date, pupil: str) -> list[str]:
    """The stages that were opened for a pupil in the school year of `today`."""
    rows = await tasks.ever_under(turn.db, turn.school.id, stages.prefix_of(today))
    return [one.stage for one in _opened(rows).get(pupil, ())]


async def goes_on(turn: Turn, key: str, pupils: Iterable[str]) -> None:
    """A person says that a stage brought no improvement: the policy's next step is a task now."""
    today = local(turn.now).date()
    rows = await tasks.ever_under(turn.db, turn.school.id, stages.prefix_of(today))
    opened = _opened(rows)
    for pupil in pupils:
        mine = opened.get(pupil, [])
        of_key = (one for one in mine if f"{key}/".startswith(f"{stages.task_key(one.stage, pupil, one.at)}/"))
        here = next(of_key, None)
        following = stages.following_stage(here.stage, turn.school) if here else None
        if following is None or any(one.stage == following.id for one in mine):
            continue
        known = {one.pupil: one for one in await standings(turn, today)}
        standing = known.get(pupil, Standing(pupil, Record()))
        await turn.apply([stages.stage_task(following, standing, mine, today, turn.now, turn.school)])


def _opened(rows: Iterable[TaskRow]) -> dict[str, list[Opened]]:
    found: dict[str, list[Opened]] = {}
    for row in rows:
        opened, [pupil] = local(row.opened_at).date(), row.task.pupils
        stage = row.task.key.removeprefix(stages.prefix_of(opened)).removesuffix(f"/{pupil}")
        if row.task.key == stages.task_key(stage, pupil, opened):  # a review has more in its key
            found.setdefault(pupil, []).append(Opened(stage, opened))
    return found


async def standings(turn: Turn, today: date) -> list[Standing]:
    """The school year so far of every pupil of whom anything is known."""
    first, _ = school_year(today)
    pupils = list(turn.school.roll.pupils)
    counted = await counting.by_code(turn.db, turn.school.id, first, today)
    before = await history.of_pupils(turn.db, turn.school.id, pupils)
    lately = await _firm_lately(turn, today, before)
    return [
        Standing(
            pupil,
            _record(turn, first, counted.get(pupil, {}), before.get(pupil, ())),
            _firm(turn, first, counted.get(pupil, {}), before.get(pupil, ())),
            lately.get(pupil, 0),
        )
        for pupil in pupils
        if pupil in counted or pupil in before
    ]


def _record(turn: Turn, first: date, counted: Mapping[str, int], before: Iterable[History]) -> Record:
    """Sessions of the school year by what they count as, in our register and in the record before it."""
    spans = [span for span in before if span.begins_in(first, turn.school.calendar)]
    numbers = {
        name: sum(number for code, number in counted.items() if code in codes)
        + sum(number for span in spans for code, number in span.absent.items() if code in codes)
        for name, codes in codes_of(turn.school.policy.code_set).items()
    }
    numbers["attended"] += sum(span.attended for span in spans)
    return Record(**numbers)


def _firm(turn: Turn, since: date, counted: Mapping[str, int], before: Iterable[History]) -> int:
    here = sum(number for code, number in counted.items() if code in FIRM)
    return here + sessions_of(before, FIRM, since, turn.school.calendar)


async def _firm_lately(turn: Turn, today: date, before: Mapping[str, list[History]]) -> dict[str, int]:
    """Unauthorised sessions of the last school days that a counted trigger looks back on."""
    sessions = stages.sessions_counted(turn.school)
    if not sessions:
        return {}
    calendar = turn.school.calendar
    days = [*calendar.between(calendar.school_days[0], today), today][-sessions // SESSIONS_A_DAY :]
    counted = await counting.by_code(turn.db, turn.school.id, days[0], today)
    pupils = counted.keys() | before.keys()
    return {one: _firm(turn, days[0], counted.get(one, {}), before.get(one, ())) for one in pupils}
