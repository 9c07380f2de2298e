"""Who has the child now: another contact, whom the words name, or call what they are to it.

The reader knows a family's children and not its grown-ups: "he is with Gary" tells it little. Here the list of contacts
says that Gary is the child's father. A child who is said to be with somebody who is barred for it is danger, whatever
else the words say (promises 3 and 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from attendance.case import PRESENT_OUTCOMES
from attendance.codes import is_unexplained
from attendance.people import Contact, Link
from bot.naming import any_name, is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.kinds.with_the_other import only_not_seen

HAS_IT = frozenset({"absence", "present", "question", "chat"})
"""What the reader may make of words that only say who has the child."""
CALLED = {
    "father": "dad|daddy|da|father",
    "mother": "mum|mummy|mam|mom|mother",
    "grandmother": "nan|nana|gran|granny|grandma|grandmother",
    "grandfather": "grandad|grandpa|grandfather",
}
"""What a family calls somebody who is that to the child."""
SCHOOL = re.compile(r"\b(?:school|class|lesson|in there|gates?|bus|left|dropped|walked|went)\b")
_WITH = r"(?: (?:still|now|today|again|safe|home|staying|stopping|actually|just|supposed to be|meant to be)){0,3}"
_PLACE = r" (?:with|at|round|over at)(?: (?:his|her|their|the))?"
_WENT = (
    r"\b(?<!not )(?<!never )(?<!to )(?:went|gone|ran|run|walked|stayed|slept|stays|staying|stopping)"
    r"(?: (?:off|round|over|back|away|the night)){0,2} (?:to|at|with|round|over at)(?: (?:his|her|their|the))?"
)
_NOT_THEN = r"(?! (?:(?:at|over|for) the|last|every) (?:weekend|week|month|year|summer|easter|christmas|holidays?)\b)"
_OF_THE_WRITER = {
    "grandmother": "mum|mam|mom|mother",
    "grandfather": "dad|father",
    "aunt": "sister",
    "uncle": "brother",
}
"""What a parent calls its own people who are that to the child."""
_MEANT_TO = re.compile(
    r"\b(?P<who>(?:(?:my|his|her|their|the) )?(?!(?:he|she|they|we|i|you)\b)\w+) (?:(?:was|were|is|are) "
    r"(?:meant|supposed|going) to|should(?: have|'?ve| of)?|said (?:she|he) (?:would|was|had)) \w+ \w+\b"
)
_SAW = re.compile(r"\b(?:dropped|left|walked|watched|saw|waved|gates?|bus|rang|rung|missing|lost|answering)\b")
_TAKES = r"(?:has|have|had|has got|has had|'?s got|got|took|has taken|has kept|kept|picked|collected)"


def said_to_be_with_the_barred(heard: Heard, situation: Situation) -> tuple[str, ...]:
    """The writer's children who are said to be with somebody else who is barred for them."""
    found: list[str] = []
    for pupil in situation.sender.children:
        barred = [link for link in _others(pupil, situation) if link.barred]
        whom = [*_names(barred, situation), *(CALLED[one.relation] for one in barred if one.relation in CALLED)]
        if _has(heard.text, pupil, whom, situation) or _went_to(heard.text, whom):
            found.append(pupil)
    return tuple(pupil for pupil in found if _may_be_meant(heard, pupil, found, situation))


def _may_be_meant(heard: Heard, pupil: str, found: list[str], situation: Situation) -> bool:
    """ "He's with his dad", of two brothers of whom we miss one: it is he. If neither is missed or named, both may be
    meant.
    """
    missed = {one for one, case in situation.cases.items() if case.outcome not in PRESENT_OUTCOMES}
    meant = [one for one in found if one in missed or is_named(heard.text, one, situation)]
    return not meant or pupil in meant


def with_whom_they_name(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "No, he is with Gary, he has had him since Sunday": his father has him, if Gary is on the list; ask there.

    A reason or danger beside it goes first, and so do words of school.
    """
    unseen = understood.intent == "missing" and only_not_seen(heard.line)
    explained = any(not is_unexplained(one.code) and "reason" not in understood.ask for one in understood.reports)
    alarming = understood.safeguarding or (understood.urgent and understood.intent != "present" and not unseen)
    if (understood.intent not in HAS_IT and not unseen) or alarming or SCHOOL.search(_plain(heard.text)):
        return understood
    if explained and understood.intent != "present":
        return understood
    named = {child for report in understood.reports for child in report.children}
    pupils = tuple(
        pupil
        for pupil in situation.sender.children
        if (not named or pupil in named)
        and (pupil in named or pupil in situation.cases)
        and _has(heard.text, pupil, _names(_others(pupil, situation), situation), situation)
    )
    if not pupils:
        return understood
    told = tuple(
        one for one in understood.reports if not is_unexplained(one.code) and not set(one.children) & set(pupils)
    )
    return replace(understood, intent="other_parent", reports=(Report(pupils), *told), urgent=False, ask=())


def asks_of_whom_it_is_with(
    heard: Heard, understood: Understanding, pupils: Iterable[str], situation: Situation
) -> bool:
    """ "Is he not in?? My mum was meant to take him", of a child of whom its nan has written that it is ill, with her:
    whoever asks knows no more than a plan, and whoever had the child has answered. A person tells them.
    """
    meant = tuple(pupils)
    asks, plan = "?" in heard.text and not understood.safeguarding, _MEANT_TO.search(_plain(heard.text))
    if not meant or not asks or plan is None or _SAW.search(_plain(heard.text)):
        return False
    return all(_has_answered(plan["who"], pupil, situation) for pupil in meant)


def _has_answered(who: str, pupil: str, situation: Situation) -> bool:
    case = situation.cases.get(pupil)
    if case is None or case.stage not in ("answered", "settled") or case.reason not in ("proposed", "confirmed"):
        return False
    roll = situation.school.roll
    link = roll.link(pupil, case.answered_by) if case.answered_by is not None else None
    if link is None or link.contact == situation.sender.writer or link.barred:
        return False
    called = {_first(roll.contacts[link.contact]), link.relation, *CALLED.get(link.relation, "").split("|")}
    of_the_writer = _OF_THE_WRITER.get(link.relation, "").split("|") if who.startswith("my ") else ()
    return who.rsplit(maxsplit=1)[-1] in {*called, *of_the_writer}


def _others(pupil: str, situation: Situation) -> list[Link]:
    return [link for link in situation.school.roll.links_of(pupil) if link.contact != situation.sender.writer]


def _names(links: Iterable[Link], situation: Situation) -> list[str]:
    """The first names of these people that are nobody else's in the conversation: not a child's, nor the writer's."""
    contacts, pupils = situation.school.roll.contacts, situation.school.roll.pupils
    writer: Contact | None = situation.sender.contact
    taken = {pupils[child].given.casefold() for child in situation.sender.children}
    taken |= {_first(writer)} if writer is not None else set()
    firsts = (_first(contacts[link.contact]) for link in links)
    return [re.escape(name) for name in firsts if len(name) > 1 and name not in taken]


def _first(contact: Contact) -> str:
    return contact.name.split()[0].casefold() if contact.name.split() else ""


def _has(text: str, pupil: str, whom: Iterable[str], situation: Situation) -> bool:
    people = "|".join(whom)
    if not people:
        return False
    child = rf"(?:he|she|they|it|{any_name((pupil,), situation)})"
    is_now = r"(?:'?s|'?re| is| are|'?ll be| will be| should be| must be)"
    there = rf"\b{child}{is_now}{_WITH}{_PLACE} (?:{people})(?:'?s)?\b"
    taken = (
        rf"\b(?:{people}) ?{_TAKES} (?:him|her|them|{any_name((pupil,), situation)})\b"
        r"(?! (?:in|into|to|a|an|ready|up (?:late|early|for|at)|out of bed|his|her|their|on)\b)"
    )
    asked = rf"\b(?:is|are)(?:n'?t| not)? {child}(?: not)?{_WITH}{_PLACE} (?:{people})(?:'?s)?\b"
    plain = _plain(text)
    return any(re.search(words, plain, re.IGNORECASE) is not None for words in (there, taken, asked))


def _went_to(text: str, whom: Iterable[str]) -> bool:
    """ "Went off to his dad's last night and never came back": it is there, or was last."""
    people = "|".join(whom)
    return bool(people) and re.search(rf"{_WENT} (?:{people})(?:'?s)?\b{_NOT_THEN}", _plain(text)) is not None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).casefold()
