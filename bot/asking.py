"""One short question when something is unclear; what was understood is kept as a draft, and the chase goes on."""

from __future__ import annotations

from bot.conversation import Question
from bot.drafts import absence_of
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.passing_on import to_staff
from bot.readback import read_back
from bot.understanding import Understanding

QUESTIONS = {
    "child": ("child", "absence.which_child"),
    "reason": ("reason", "absence.reason"),
    "dates": ("return", "absence.return"),
    "return": ("return", "absence.return"),
    "confirm": ("confirm", "absence.confirm"),
}


def ask(heard: Heard, understood: Understanding, situation: Situation, leave: bool = False) -> Outcome:
    """One short question; what was understood is kept as a draft, and the chase goes on."""
    sender, roll = situation.sender, situation.school.roll
    wanted = [field for field in ("child", "reason", "dates", "return", "confirm") if field in understood.ask]
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if not named and "child" not in wanted:
        wanted.insert(0, "child")
    first = wanted[0] if wanted else "confirm"
    choices = sender.may_hear_of
    if first == "child" and len(choices) < 2:
        return to_staff(heard, understood, situation)
    if first == "confirm" and not named:
        return to_staff(heard, understood, situation)
    kind, template = QUESTIONS[first]
    pupils = choices if first == "child" else tuple(child for child in named if child in choices)
    if not pupils:
        return to_staff(heard, understood, situation)
    names = tuple(roll.pupils[pupil].called for pupil in pupils)
    day = understood.reports[0].first_day if understood.reports else None
    question = Question(kind, pupils, day or heard.day, heard.at, drafts=understood.reports, leave=leave)
    values: dict[str, object] = {"names": names}
    if first == "confirm":
        drafts = [
            absence_of(heard, report, pupil, 0)
            for report in understood.reports
            for pupil in report.children
            if pupil in choices
        ]
        called = {pupil: roll.pupils[pupil].called for pupil in pupils}
        values = {"what": read_back(drafts, called, heard.day)}
    return Outcome(situation.conversation.asks(question), (), Reply(template, pupils, values))
