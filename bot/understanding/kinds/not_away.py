"""Not away: messages with the words of an absence that tell of none.

A detention that cannot be done, a thing that is brought in for the child, other lessons that are missed for an exam in
school, a child that has been taken into care: a person answers, and nothing is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.children.beside_school import BESIDE_SCHOOL
from bot.understanding.evidence import Reading
from bot.understanding.kinds.jabbed import only_had_a_jab
from bot.understanding.kinds.minded import only_to_be_minded
from bot.understanding.reasons.whose_turn import only_whose_turn
from bot.understanding.words.phrases import Hit

_DETENTION = frozenset(("detention", "detentions"))
#: What a child may have left at home, and what is done with it.
_THINGS = frozenset(
    "inhaler inhalers epipen epipens insulin pump glasses lunch lunchbox bag bookbag rucksack kit pe shoes trainers"
    " coat jumper money bottle homework book books laptop tie keys key phone calculator ingredients instrument violin"
    " guitar specs medicine medication tablets antibiotics planner blazer project sensor ventolin salbutamol".split()
)
_BRINGS = frozenset(
    "bring bringing brings drop dropping pop popping run running deliver delivering leave fetch take taking".split()
)
_IT = frozenset(("it", "them", "one", "some", "those"))
_LEFT = frozenset(
    "left leave forgot forgotten forgets without needs missing still here door kitchen table home gone".split()
)
#: Who comes with it: with one of these the child, or the family, is on the way itself.
_WE = frozenset(("we", "us", "both", "late", "overslept", "traffic"))
#: How somebody sends a paper with the message.
_HANDS_OVER = re.compile(
    r"\b(?:see|find|here is|here are|attach\w*|enclos\w*|forward\w*|sending you)\b(?: \w+){0,5}"
    r" (?:letter|letters|note|card|evidence|copy|form|certificate|screenshot|photo|confirmation)\b"
    r"|\b(?:letter|note|card|evidence|copy|form|certificate|screenshot|photo|confirmation)s?(?: \w+){0,4} attached\b"
)
_EVENING = re.compile(r"\bparents? (?:evenings?|eve|nights?|consultations?|meetings?)\b")
_NITS = re.compile(r"\b(?:nits|head ?lice|lice)\b")
_HOME = frozenset("home off keeping keep staying stay today in treat treating bring bringing after lunch".split())
_OFF_A_TRIP = re.compile(
    r"\b(?:not|no longer) (?:be )?(?:coming|going|want to go|want to come|able to go|able to come) (?:on|to)"
    r" (?:\w+ ){1,3}?(?:trip|residential|visit|outing|museum|camp)\b"
)
_STAYS_THEN = frozenset(("home", "off", "absent", "away", "keeping", "keep"))
_STAYS = frozenset(("stay", "staying", "stop"))
_OTHER = frozenset("other others normal usual ordinary rest".split())
_LESSONS = frozenset(("lessons", "lesson", "classes", "class", "subjects"))
_ABOUT_LESSONS = ("not ~1 in", "not in", "not ~1 be ~2", "will not ~2 be", "will miss", "miss|misses", "absence from")


def tells_of_no_absence(seen: Reading) -> bool:
    """Unasked, of a child in school: a detention, a thing left at home, other lessons, a paper with it, its care."""
    if seen.message.asked is not None:
        return False
    if (
        only_whose_turn(seen)
        or _only_of_an_evening(seen)
        or _only_misses_what_is_beside_school(seen)
        or only_had_a_jab(seen)
    ):
        return True
    if seen.message.known:
        return False
    if _only_has_nits(seen):
        return True
    brings = _only_brings_a_thing(seen) or _only_hands_over(seen)
    lessons = _only_a_detention(seen) or _only_other_lessons(seen) or _only_off_a_trip(seen)
    return brings or lessons or only_to_be_minded(seen)


def is_in_care(seen: Reading) -> bool:
    """ "She is in foster care now, ask the social worker": we have to ask somebody else."""
    others = seen.signals.has_any("ask_care", "other_parent")
    return seen.signals.has("in_care") and others and seen.why.code in (None, "N", "C")


def _only_of_an_evening(seen: Reading) -> bool:
    """ "2.30 is fine for parents evening": when a parent comes, and nothing of a child that stays away."""
    told = seen.signals.has_any("absent", "late", "back", "not_back", "with_me", "lost", "missing", "present")
    return _EVENING.search(seen.words.line) is not None and not told and seen.why.code not in ("I", "M")


def _away(seen: Reading) -> list[Hit]:
    return [hit for hit in seen.hits if hit.tag in ("kind:absent", "kind:not_back")]


def _only_hands_over(seen: Reading) -> bool:
    """ "Please see attached letter from the hospital for Hetty": a paper, and no day on which she is away."""
    told = seen.days.roles or seen.times.roles or seen.signals.has_any("absent", "late", "back", "not_back", "with_me")
    return not told and _HANDS_OVER.search(seen.words.line) is not None


def _only_off_a_trip(seen: Reading) -> bool:
    """ "Tom is not coming on the trip": of school nothing is said."""
    found = _OFF_A_TRIP.search(seen.words.line)
    if found is None or seen.why.code not in (None, "N", "V", "O") or not _STAYS_THEN.isdisjoint(seen.words.texts):
        return False
    return all(found.start() <= seen.words.offsets[hit.first] < found.end() for hit in _away(seen))


def _only_has_nits(seen: Reading) -> bool:
    """ "Tom has nits", "found nits last night": nobody stays away for them who does not say so."""
    told = seen.signals.has_any("absent", "late", "back", "not_back", "with_me", "unknown_return", "missing", "lost")
    said = told or seen.times.roles or seen.why.code != "O"
    return not said and _NITS.search(seen.words.line) is not None and _HOME.isdisjoint(seen.words.texts)


def _only_a_detention(seen: Reading) -> bool:
    """ "He can't do his detention, he has the dentist at half past four": not a word of staying away from school."""
    texts = seen.words.texts
    place = next((number for number, text in enumerate(texts) if text in _DETENTION), None)
    if place is None or seen.why.code in ("I", "E") or seen.signals.has("late"):
        return False
    return all(_is_about(hit, texts, place) for hit in _away(seen))


def _only_misses_what_is_beside_school(seen: Reading) -> bool:
    """ "Please tell Mr Shah he'll miss his detention tonight", "can't make football practice": of what stands before or
    after school, or beside its lessons; a child that is reported ill stays so, and for no other reason.
    """
    missed = BESIDE_SCHOOL.search(seen.words.line)
    if missed is None or seen.why.code in ("I", "E", "M") or seen.signals.has("late"):
        return False
    offsets = seen.words.offsets
    return all(offsets[hit.first] < missed.end() and missed.start() <= offsets[hit.until - 1] for hit in _away(seen))


def _is_about(hit: Hit, texts: Sequence[str], place: int) -> bool:
    """Whether words of being away are about the detention: "won't be at after school detention", "can't stay"."""
    return hit.first <= place < hit.until + 4 or not _STAYS.isdisjoint(texts[hit.first : hit.until + 1])


def _only_brings_a_thing(seen: Reading) -> bool:
    """ "Kit left his inhaler here, I'll be at the office with it in ten minutes"."""
    texts = seen.words.texts
    if _THINGS.isdisjoint(texts) or _LEFT.isdisjoint(texts) or not _WE.isdisjoint(texts):
        return False
    for hit in _away(seen):
        gone_off = texts[hit.first] == "off" and texts[hit.first - 1 : hit.first] in (["gone"], ["went"])
        if texts[hit.first : hit.until] != ["at", "home"] and not gone_off:
            return False
    ill = [
        hit
        for hit in seen.hits
        if hit.tag.startswith("why:") and _THINGS.isdisjoint(texts[hit.first : hit.until]) and hit.tag[-4:] != "weak"
    ]
    brought = any(
        (text in _BRINGS or text == "with") and not _IT.isdisjoint(texts[at + 1 : at + 3])
        for at, text in enumerate(texts)
    )
    return brought and not ill


def _only_other_lessons(seen: Reading) -> bool:
    """ "She has her art exam on Thursday so won't be in her other lessons": she is in school."""
    texts = seen.words.texts
    if seen.why.code in ("I", "M") or not any(
        text in _LESSONS and not _OTHER.isdisjoint(texts[max(0, at - 3) : at]) for at, text in enumerate(texts)
    ):
        return False
    return all(hit.phrase.startswith(_ABOUT_LESSONS) for hit in _away(seen)) and not seen.times.roles
