"""Which children somebody is looking for, by the alerts that are not over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attendance.case import Case
from attendance.settling import SEARCHES
from service.turns.turn import Turn


async def sought_of(turn: Turn, pupils: Sequence[str], cases: Mapping[str, Case]) -> dict[str, str]:
    """The key of the search for each of these who is sought: an alarmed case, or an alarm where there is no case."""
    found = {pupil: case.key for pupil, case in cases.items() if case.stage == "alarmed"}
    for alert in await turn.live_alerts() if pupils else []:
        if alert.session is None and alert.reason in SEARCHES:
            found |= {pupil: alert.key for pupil in alert.pupils if pupil in pupils and pupil not in found}
    return found
