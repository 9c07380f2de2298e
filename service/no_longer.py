"""Alerts whose ground is gone: the register says what was reported after all, or has the child in school since."""

from __future__ import annotations

from collections.abc import Mapping

from attendance.calendar import Session
from attendance.codes import has_arrived
from attendance.events import SeenSince
from attendance.ladder import stand_down
from attendance.register import Entry
from service.turn import Turn


def discrepancy_key(entry: Entry) -> str:
    """The key of the alert that this entry's mark says otherwise than what was reported."""
    return f"discrepancy/{entry.session}/{entry.pupil}"


async def agrees_again(turn: Turn, entry: Entry) -> None:
    """The mark no longer contradicts the report: nobody has to look. What hangs below the key is another matter."""
    alert = await turn.alert_by_key(discrepancy_key(entry))
    if alert is not None and alert.live:
        turn.put_alert(stand_down(alert))


async def seen_since(turn: Turn, session: Session, codes: Mapping[str, str]) -> None:
    """Children who are in school now are sought no more for an earlier day (`codes`: their new marks)."""
    here = {pupil for pupil, code in codes.items() if has_arrived(code)}
    if not here:
        return
    sought = {
        (alert.pupils[0], alert.session)
        for alert in await turn.live_alerts()
        if alert.session is not None and alert.session.day < session.day and len(alert.pupils) == 1
    }
    for pupil, earlier in sorted(sought, key=str):
        if pupil in here and (case := await turn.case(pupil, earlier)) is not None:
            await turn.move(case, SeenSince(f"seen/{session}/{pupil}"))
