"""The wrong child: "no, Ella" after what was read back for her brother. It holds, but for another child.

Words that only hold a "not" ("Ida is not well either") take nothing back: what was read back stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.events import ReasonGiven
from bot.corrections.openings import IT_IS, NO, OPENS, SLIPS
from bot.corrections.stands import entered_otherwise, it_stands
from bot.naming import is_named, stands_between
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Reply, Situation, Withdraw
from bot.readback import as_put_right, read_back, was_read_back
from bot.recording import absence_reported
from bot.understanding import Understanding

_NO = re.compile(rf"^{OPENS}(?:(?:{SLIPS})\W+)*(?:{NO}|not)\b", re.IGNORECASE)
"""Said at the beginning, it is an answer to what was read back."""
_WRONG_ONE = re.compile(
    r"\b(?:(?:ignore|disregard|scrap|forget) (?:that|this|my last|my (?:first|other|previous) (?:text|message|one))"
    r"|wrong (?:child|kid|one|name|son|daughter|boy|girl|twin|sibling)|(?:i|we) mean"
    r"|meant(?! to (?:ask|tell|ring|call|let|send|mention|bring|do)\b))\b",
    re.IGNORECASE,
)
_SORRY = re.compile(rf"^{OPENS}(?:{SLIPS}|{NO}|{IT_IS}|not)\b", re.IGNORECASE)
"""Said at the beginning, of a child who is well: that one is put right."""
_ONLY_A_SLIP = re.compile(
    r"^\s*(?:\*\s*\w[\w'-]*\W*|(?:o+h?\W+)?(?:oops|whoops|woops|typo)\W+\w[\w'-]*\W*|\w[\w'-]*\*\s*)$", re.IGNORECASE
)
"""A star and a name, or "oops" and a name: it takes the place of the name just written."""
_ENDS, _ONLY_NO = re.compile(r"[.,!?;\n]+"), re.compile(r"\W*(?:(?:oh|ah|oops|hi|sorry|no|nope)\b\W*)*", re.IGNORECASE)
_WELL = (
    r"(?:['\u2019]?s| is| are)?(?: all| absolutely| totally| perfectly| quite)? (?:fine|ok|okay|alright|all right|well"
    r"|(?:coming|walking|going) in\b"
    r"|(?:on|at|in) (?:school|the bus|(?:his|her|their|the) way)|going (?:in|to school)|walking (?:in|to school)"
    r"|(?:should|will) be (?:in|fine|there)|in\b(?=[\s]*(?:$|[.,!;]|today|as)))\b"
)
"""What follows the name of a child who is well, or in school, or going there."""
_AS_WELL = re.compile(
    r"\b(?:too(?! (?:many|much|early|late|tired|busy|fast|quick\w*|soon|hard|long|little|few|hasty))"
    r"|also|as well|both|either|neither)\b",
    re.IGNORECASE,
)
_NOT = r"(?:not|nie|nu|n[ãa]o(?: [oa])?|pas|non|nicht|не|ne) "
"""Before a name, in the languages of most families: it is not this child."""
_OR_NO, _IBERIAN = (
    rf"(?:{_NOT}|(?<=[,;.] )no (?:a |es )?)",
    re.compile(r"\b(?:est[áa]|es|enferm\w+|mal[oa]|[ée]|perd[óo]n)\b", re.IGNORECASE),
)
"""In Spanish a mere "no" says so: "Lucía está mala, no Mateo"; in English it begins what is put right."""
SHORT = 8
"""Words of "no sorry, I meant Seb", at most: a longer message must say in so many words that it was the wrong child."""


def another_meant(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What was just read back was meant for another child of the writer's. None for any other words."""
    wrong = situation.last_told(heard.at)
    child = _meant(heard.text, wrong, situation) if wrong else None
    if child is None:
        return None
    held = {absence.code for absence in wrong}
    if any(not is_unexplained(one.code) and one.code not in held for one in understood.reports):
        return _with_a_reason_of_its_own(heard, understood, wrong, child, situation)
    return _moved(heard, wrong, child, situation)


def _meant(text: str, wrong: list[Absence], situation: Situation) -> str | None:
    """The child for whom the words say it was meant, or None where they do not say so."""
    told = {absence.pupil for absence in wrong}
    named = [child for child in situation.sender.may_report if is_named(text, child, situation)]
    meant = [child for child in named if child not in told and not _is_denied(text, child, situation)]
    short = len(text.split()) <= SHORT
    if len(meant) != 1 or len(told) != 1 or _AS_WELL.search(text) or _follows(text, meant[0], _WELL, situation):
        return None
    plain = _ONLY_A_SLIP.search(text) or _is_plain(text, next(iter(told)), meant[0], situation)
    return meant[0] if plain or (short and _NO.search(text)) else None


def _is_plain(text: str, told: str, meant: str, situation: Situation) -> bool:
    """ "I meant Tom", "Tom not Ella", "no, Tom! Ella is fine": it holds for Tom, and for Ella, whom we told of, not."""
    if _WRONG_ONE.search(text) or _is_denied(text, told, situation):
        return True
    clauses = [clause for clause in _ENDS.split(text) if not _ONLY_NO.fullmatch(clause)]
    first = is_named(clauses[0], meant, situation) if clauses else False
    return first and _SORRY.search(text) is not None and _follows(text, told, _WELL, situation)


def _is_denied(text: str, child: str, situation: Situation) -> bool:
    """ "Not Tom", "nie Kuba", "não o Tiago": a no stands before a name of this child."""
    return stands_between(text, child, situation, _OR_NO if _IBERIAN.search(text) else _NOT)


def _follows(text: str, child: str, words: str, situation: Situation) -> bool:
    """These words stand behind a name of this child."""
    return stands_between(text, child, situation, behind=words)


def put_right(heard: Heard, situation: Situation) -> frozenset[str]:
    """The children of whom these words take back what their writer has just told us, for it is another's."""
    wrong = situation.last_told(heard.at)
    meant = _meant(heard.text, wrong, situation) if wrong else None
    return frozenset(absence.pupil for absence in wrong) if meant is not None else frozenset()


def _moved(heard: Heard, wrong: list[Absence], child: str, situation: Situation) -> Outcome:
    true = [one for one in wrong if _was_away(one, heard.day, situation)]  # until today it was no mistake
    moved = [
        replace(
            one, id=f"{heard.id}/{child}/{n}", pupil=child, recorded_at=heard.at, message=heard.id,
            first_day=heard.day if one in true else one.first_day,
        )
        for n, one in enumerate(wrong)
    ]  # fmt: skip
    ended = [
        Record(replace(one, id=f"{heard.id}/{one.pupil}/until", return_day=heard.day, recorded_at=heard.at), one)
        for one in true
    ]
    never = [one for one in wrong if one not in true]
    effects = [*_rejected(never), *ended, *(Record(absence) for absence in moved)]
    case = situation.cases.get(child)
    for absence in moved:
        if case is not None and absence.code != LATE and absence.covers(case.session, situation.school.calendar):
            given = ReasonGiven(f"{heard.id}/reason/{child}", situation.sender.writer, absence.code)
            effects.append(CaseEvent(child, given))
    if entered_otherwise(moved, situation):
        conversation = situation.conversation.has_recorded((), heard.at)
        return Outcome(conversation, tuple(effects), it_stands((child,), moved, situation))
    what = read_back(moved, {child: situation.school.roll.pupils[child].called}, heard.day)
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in moved), heard.at)
    return Outcome(conversation, tuple(effects), Reply("absence.corrected", (child,), {"what": what}))


def _was_away(one: Absence, today: date, situation: Situation) -> bool:
    """Away by the register on every day of the report that is over, and there is such a day."""
    over = [
        entry for (pupil, session), entry in situation.entered.items()
        if pupil == one.pupil and one.first_day <= session.day < today
    ]  # fmt: skip
    return bool(over) and not any(entry.present for entry in over)


def _with_a_reason_of_its_own(
    heard: Heard, understood: Understanding, wrong: list[Absence], child: str, situation: Situation
) -> Outcome | None:
    """ "Wrong child, it is Ida who has the dentist": hers is recorded, and the other's is taken back."""
    of_her = {one for report in understood.reports for one in report.children} == {child}
    plain = len({one.pupil for one in wrong}) == 1 and _is_plain(heard.text, wrong[0].pupil, child, situation)
    if understood.intent != "absence" or not of_her or not plain:
        return None
    told = absence_reported(heard, understood, situation)
    if not was_read_back(told):
        return None
    return replace(as_put_right(told), effects=(*_rejected(wrong), *told.effects))


def _rejected(wrong: list[Absence]) -> list[BotEffect]:
    return [Withdraw(absence, "rejected") for absence in wrong]
