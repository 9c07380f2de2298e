"""Every wording as it would leave for a real child: what a template is given, its cost, what doubles the bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from attendance.calendar import CalendarTooShort
from attendance.people import Pupil
from attendance.school import School
from messaging.segments import count
from messaging.wording import Wording, WordingFault, Words, span_words, together

FOR_SEVERAL = frozenset({"absence.ask_siblings", "absence.which_child"})
TO_STAFF = "staff."
GROUPS = (
    (
        "First-day calling",
        ("absence.ask", "absence.all_clear", "absence.settled", "absence.danger", "absence.look", "absence.handed"),
    ),
    ("Answers to what a family wrote", ("absence.", "late.", "email.", "unknown_sender", "help", "opt_out")),
    ("Leave", ("leave.",)),
    ("Telegram", ("telegram.",)),
    ("To staff", (TO_STAFF,)),
)
DOUBLED_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Preview:
    """One template. `words` is None where it cannot be filled, and `fault` says why."""

    template: str
    purpose: str
    words: Words | None
    fault: str = ""
    doubling: tuple[str, ...] = ()

    @property
    def as_text(self) -> bool:
        """Whether it ever leaves as a text message, and so costs by the part."""
        return self.template not in NO_TEXTS


NO_TEXTS = frozenset(
    "telegram.how telegram.linked telegram.not_linked telegram.share telegram.words_only email.not_kept staff.acted "
    "staff.board staff.chat".split()
)


def siblings_of(school: School, pupil: Pupil) -> list[str]:
    """First names of the child and of those who share a contact with it; a second, invented one where there is none."""
    shared = {
        other.pupil
        for link in school.roll.links_of(pupil.id)
        if not link.barred
        for other in school.roll.children_of(link.contact)
    }
    names = [school.roll.pupils[id].called for id in sorted(shared) if id in school.roll.pupils]
    return names if len(names) > 1 else [pupil.called, "Sam"]


def values_for(school: School, pupil: Pupil, today: date, template: str) -> Mapping[str, Any]:
    """What a template is given on an ordinary school day; `today` is the school's date."""
    policy = school.policy
    names = siblings_of(school, pupil) if template in FOR_SEVERAL else [pupil.called]
    back = _later(school, today, 2)
    return {
        "school": policy.short_name, "phone": policy.phone, "names": names, "half": "am", "day": today, "today": today,
        "what": f"{together(names)} off ill {span_words(today, back, today)}", "until": (), "present": True,
        "late": False, "check": True, "arrives": time(9, 40),
        "first_day": _later(school, today, 20), "return_day": _later(school, today, 23),
        "missing": ["dates", "reason"], "reason": "not_reached", "who": f"{pupil.initials} {pupil.group}",
        "urgent": False, "detail": "", "link": "", "cases": 31, "due": 31, "sent": 29, "held": 2,
        "not_in": [pupil.group], "nobody": 1, "looks": True, "files": ["card.docx"], "locked": False,
        "large": False, "did": "ack", "at": time(9, 41),
        "lines": [f"{pupil.initials} {pupil.group}: nobody reached"], "more": 0, "channel": "sms",
        "number": "112", "refused": "",
        "matters": [{"number": "112", "who": f"{pupil.initials} {pupil.group}", "reason": "not_reached"}],
        "children": [{"number": "112", "who": f"{pupil.initials} {pupil.group}"}], "outcome": "answered_ill",
        "decide_by": _later(school, today, 5), "days": [_later(school, today, 20), _later(school, today, 21)],
        "question": "Whose wedding is it?", "why": "over", "step": "tick",
    }  # fmt: skip


def _later(school: School, today: date, days: int) -> date:
    try:
        return school.calendar.after(today, days)
    except CalendarTooShort:
        return today + timedelta(days=days)


def previews(
    wording: Wording, school: School, pupil: Pupil, language: str, today: date
) -> list[tuple[str, list[Preview]]]:
    """Every template in this language, by what it is for. A template that only English has is shown in English."""
    left = list(wording.names())
    found = []
    for title, beginnings in GROUPS:
        mine = list(dict.fromkeys(name for start in beginnings for name in left if name.startswith(start)))
        left = [name for name in left if name not in mine]
        found.append((title, [_preview(wording, school, pupil, language, today, name) for name in mine]))
    if left:
        found.append(("Others", [_preview(wording, school, pupil, language, today, name) for name in left]))
    return found


def _preview(wording: Wording, school: School, pupil: Pupil, language: str, today: date, template: str) -> Preview:
    purpose = wording.purpose(template)
    spoken = "en" if template.startswith(TO_STAFF) else language
    try:
        words = wording.say(template, spoken, **values_for(school, pupil, today, template))
    except WordingFault as fault:
        return Preview(template, purpose, None, str(fault))
    return Preview(template, purpose, words, doubling=count(words.text).doubling)


def doubled_by(pupils: Iterable[Pupil]) -> list[tuple[Pupil, tuple[str, ...]]]:
    """Children whose first name has a letter outside the plain text alphabet: each of their texts costs more."""
    found = [(pupil, count(pupil.called).doubling) for pupil in pupils]
    return [(pupil, letters) for pupil, letters in found if letters]
