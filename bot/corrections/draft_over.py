"""Asked whether a child will be away, or why, the family says that it comes in: nothing is recorded."""

from __future__ import annotations

from dataclasses import replace

from attendance.absences import Absence
from bot.drafts import absence_of
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.readback import read_back_in_school
from bot.understanding import Report, Understanding
from bot.whereabouts.in_after_all import comes_after_all, says_that_it_comes


def comes_in_instead(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The draft that we asked about falls away. None where none is open, where the child is sought, or comes later."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind not in ("confirm", "reason") or question.leave or not question.drafts:
        return None
    if understood.intent == "cancel":
        if not says_that_it_comes(heard):
            return None
        understood = replace(understood, reports=tuple(_of_its_day(one, question.drafts) for one in understood.reports))
    meant = [
        _as_asked(heard, report, pupil, question.drafts, situation)
        for report in understood.reports
        for pupil in report.children
    ]
    found = [one for one in meant if one is not None]
    if not found or len(found) < len(meant) or len(found) < sum(len(draft.children) for draft in question.drafts):
        return None
    names = {one.pupil: situation.school.roll.pupils[one.pupil].called for one in found}
    what = read_back_in_school(found, names, heard.day)
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, (), Reply("absence.corrected", tuple(names), {"what": what}))


def _of_its_day(report: Report, drafts: tuple[Report, ...]) -> Report:
    """ "Scrap that, he's coming in" names no day: it is back on the day that it was to miss."""
    days = [one.first_day for one in drafts if not set(report.children).isdisjoint(one.children)]
    return replace(report, return_day=report.return_day or next(iter(days), None))


def _as_asked(
    heard: Heard, report: Report, pupil: str, drafts: tuple[Report, ...], situation: Situation
) -> Absence | None:
    """What would have been recorded, of a child that comes in time for the register of its first day."""
    draft = next((one for one in drafts if pupil in one.children), None)
    sought = pupil in situation.cases or any(one.live and one.pupil == pupil for one in situation.known)
    if draft is None or sought or pupil not in situation.sender.may_report:
        return None
    absence = absence_of(heard, draft, pupil, 0)
    return absence if comes_after_all(report, absence, heard, situation) == "for the register" else None
