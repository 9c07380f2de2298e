"""A child of whom the family wrote, before its register closed, that they do not know where it is: staff are looking.

When the register closes without it, its case begins as alarmed, as it would after the same words in answer to our
question: a person rings, and nobody who has just told us so is asked why the child is away and when it will be back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from attendance.calling import advance
from attendance.case import Case
from attendance.effects import CloseTasks, Effect, RaiseAlert
from attendance.events import ChaseBegins, DangerHeard, SendHeld
from attendance.ladder import Alert
from attendance.people import Standing
from service.day.of_a_message import is_doubted, message_of
from service.turns.turn import Turn
from storage import inbox

BECAUSE = "A contact wrote before the register closed that it does not know where the child is. The register misses it."
ANSWERS_FOR_IT = "attendance_officer"
"""Whose tasks of the message the case's own take the place of; a call of the safeguarding lead about harm stays."""


async def missed_before(turn: Turn, pupils: Collection[str]) -> dict[str, tuple[str, Alert]]:
    """Who wrote so of each of these, with the alert that is not over. Words of somebody whose word may not count keep
    us from asking nobody.
    """
    found: dict[str, tuple[str, Alert]] = {}
    for alert in await turn.live_alerts() if pupils else ():
        match message_of(alert):
            case (message, "missing") if alert.reason in ("missing", "not_settled"):
                writer = await _writer(turn, message)
            case _:
                continue
        for pupil in alert.pupils if writer is not None else ():
            if pupil in pupils and turn.school.roll.standing(pupil, writer or "") is Standing.MAY_REPORT:
                found[pupil] = (writer or "", alert)
    return found


async def _writer(turn: Turn, message: str) -> str | None:
    row = await inbox.get(turn.db, message)
    return None if row is None or await is_doubted(turn, message) else row.contact_id


async def begin_alarmed(turn: Turn, case: Case, writer: str, alert: Alert) -> None:
    """The search goes on as this case's own: one alert, first to whoever has it already. Who hears at once of a child
    of the priority list hears, and nobody of the family is written to.
    """
    at = f"{case.session}/{case.pupil}"
    case = await turn.move(case, SendHeld(f"missed/{at}"))
    case = await turn.move(case, ChaseBegins(f"close/{at}"))
    danger = DangerHeard(f"missed/{at}/danger", writer, "missing", BECAUSE)
    case, effects = advance(case, danger, turn.now, turn.school)
    await turn.stand_down(alert.key)
    keys = {alert.key.replace("/missing/", f"/{what}/") for what in ("find_child", "ring")}
    tasks = await turn.open_tasks()
    done = [CloseTasks(task.key) for task in tasks if task.key in keys and task.role == ANSWERS_FOR_IT]
    await turn.replace_case(case, [*done, *(_to_whoever_has_it(one, alert) for one in effects)])


def _to_whoever_has_it(effect: Effect, alert: Alert) -> Effect:
    if isinstance(effect, RaiseAlert) and effect.climbs and alert.acknowledged_by is not None:
        return replace(effect, staff=alert.acknowledged_by)
    return effect
