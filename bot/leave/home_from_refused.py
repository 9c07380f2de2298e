"""Back from leave that was refused: "back tomorrow, flight late", of a child who went all the same.

There is nothing for the head to grant. The day back is noted with what is recorded, the family hears that the days stay
unauthorised, and the office reads the words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.leave import LeaveRequest
from attendance.leave.grounds import taken_as
from bot.days.return_days import return_changed
from bot.for_staff.passing_on import to_read
from bot.known import is_away_on
from bot.leave.refused import with_the_refusal
from bot.outcome import Heard, Outcome, Situation
from bot.recording import absence_reported
from bot.understanding import Report, Understanding

REFUSED = frozenset({"refused", "taken"})


def home_from_refused(
    heard: Heard, understood: Understanding, refused: list[LeaveRequest], back: date, situation: Situation
) -> Outcome:
    """The days until that return, under the code of leave that was taken although it was refused."""
    held = {one.pupil for one in situation.known if one.live and is_away_on(one, heard.day)}
    reports = tuple(
        Report((one.pupil,), return_day=back)
        if one.pupil in held
        else Report((one.pupil,), taken_as(one.code), heard.day, back, "day")
        for one in refused
    )
    away = any(one.code is not None for one in reports)
    anew = replace(understood, intent="absence" if away else "return", reports=reports, ask=())
    answered = (absence_reported if away else return_changed)(heard, anew, situation)
    because = f"Back on {back:%-d %B} from leave that was refused, the family says: the days stay unauthorised."
    answered = with_the_refusal(answered)
    return replace(answered, effects=(*answered.effects, to_read(heard, situation, because)))
