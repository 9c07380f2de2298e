"""The same for another child: "same with Tobi", a minute after his sister was reported ill until Thursday.

Why, which half and until when were just told, and are not asked again.
"""

from __future__ import annotations

from dataclasses import replace

from attendance.closing import LATE
from bot.corrections.slips import GOES_ON
from bot.leave.for_another import only_names
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding


def the_same_of_another(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """What was just told, of the child whom these words name and nothing else; unchanged where they say more."""
    told = situation.last_told(heard.at)
    alike = {(one.code, one.first_day, one.return_day, one.half, one.arrives, one.leaves) for one in told}
    if understood.intent not in ("absence", "return"):
        return understood
    if len(alike) != 1 or understood.urgent or understood.safeguarding or "?" in heard.text:
        return understood
    if heard.at - told[0].recorded_at > GOES_ON or told[0].code == LATE or told[0].first_day < heard.day:
        return understood
    child = only_names(heard.text, situation, {one.pupil for one in told})
    if child is None:
        return understood
    one = told[0]
    report = Report((child,), one.code, one.first_day, one.return_day, one.half, one.arrives, one.leaves)
    ask = ("return",) if one.return_day is None else ()
    return replace(understood, intent="absence", reports=(report,), ask=ask)
