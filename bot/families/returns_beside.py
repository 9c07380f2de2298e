"""Two children in one text, one back and the other away: "Zara is in tomorrow. Maya has the dentist at 2"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.days.return_days import return_changed
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.readback import READ_BACK
from bot.understanding import Report, Understanding

Answer = Callable[[Heard, Understanding, Situation], Outcome]


def with_returns_apart(heard: Heard, understood: Understanding, situation: Situation, answer: Answer) -> Outcome | None:
    """The return changes what is known of the one, and the rest is answered by itself. None where all is one thing."""
    back = tuple(report for report in understood.reports if _only_returns(report))
    rest = tuple(report for report in understood.reports if report not in back)
    if not back or not any(report.code is not None for report in rest):
        return None
    intent = "absence" if understood.intent == "return" else understood.intent
    told = answer(heard, replace(understood, intent=intent, reports=rest), situation)
    returned = return_changed(heard, replace(understood, intent="return", reports=back, ask=()), situation)
    conversation = replace(told.conversation, recorded=(*returned.conversation.recorded, *told.conversation.recorded))
    return replace(
        told,
        conversation=conversation,
        effects=(*returned.effects, *told.effects),
        reply=_both(told.reply, returned.reply),
    )


def _only_returns(report: Report) -> bool:
    """The day of return alone: no reason, and no day on which the absence begins."""
    return report.code is None and report.first_day is None and report.return_day is not None


def _both(told: Reply | None, returned: Reply | None) -> Reply | None:
    if told is None or returned is None or not {told.template, returned.template} <= READ_BACK:
        return told
    template = "absence.corrected" if "absence.corrected" in (told.template, returned.template) else told.template
    what = f"{returned.values['what']}; {told.values['what']}"
    return replace(
        told,
        template=template,
        pupils=tuple(dict.fromkeys((*returned.pupils, *told.pupils))),
        values={**told.values, "what": what},
    )
