"""What wordings cost before anybody is written to: which letter, in which language, makes a text more parts."""

from __future__ import annotations

from datetime import date

from attendance.calendar import SchoolCalendar
from attendance.people import Pupil, Roll
from attendance.policy import Policy
from attendance.school import School
from messaging.segments import GSM_7_DOUBLE, count
from messaging.wording import Wording, Words
from office.policy.previews import Preview, previews

SAMPLE = Pupil("sample", "Sam", "Example", 7, "7A")
"""A child whose name costs nothing, so that what is warned of lies in the wording or in the school's own name."""


def wording_warnings(policy: Policy, calendar: SchoolCalendar, wording: Wording, today: date) -> list[str]:
    """One line for each text that a letter turns to UCS-2, or that a letter which counts two makes longer by a part."""
    school = School(policy.key, policy, calendar, Roll.of([SAMPLE], [], [], []))
    found: dict[str, None] = {}
    for language in wording.languages():
        for _, group in previews(wording, school, SAMPLE, language, today):
            for one in group:
                if one.words is not None and one.as_text and (said := _dearer(one.words)):
                    found[f"{_place(wording, one, language)}: {said}"] = None
    return list(found)


def _place(wording: Wording, one: Preview, language: str) -> str:
    own = one.template in wording.names(language)
    return f"wording {language if own else 'en'}/{one.template}"


def _dearer(words: Words) -> str:
    """Why this text costs more than its length does; "" where it does not."""
    cost = count(words.text)
    letters = cost.doubling or tuple(dict.fromkeys(c for c in words.text if c in GSM_7_DOUBLE))
    plainer = count("".join("x" if c in letters else c for c in words.text)).count
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
    if cost.doubling:
        parts = f"{cost.count} {'part' if cost.count == 1 else 'parts'}"
        return (
            f"{shown} is outside the plain alphabet of texts, so all of it goes as UCS-2: {parts} instead of {plainer}"
        )
    if cost.count > plainer:
        return f"{shown} counts two, and makes it {cost.count} parts instead of {plainer}"
    return ""
