"""A guess of why a child is away whom we miss: "she said she had a headache last night", "not sure, I think her mum
said something about a dentist".

Whoever writes so does not say where it is: as a reason it would end the chase of a child that nobody has. A person
reads it, or whoever may have the child is asked, and the chase goes on. "He said he felt sick so I kept him off" is a
report, and so is what a parent says of an illness that it does not know by name ("not sure what it is, she's got a
rash").
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.places import Places, places_in

MISSED = frozenset({"open", "asked", "handed_over"})

_HAS_IT = frozenset({"writer", "has", "fetched", "here"})
_SUPPOSES_ILL = frozenset({"supposed_ill"})
"""A parent that has the child knows that it is ill, and not of what."""
_SUPPOSES = _SUPPOSES_ILL | {"supposed"}


def only_guessed(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same; or words for a person, where a missed child is reported away by nothing but what it said itself. A
    guess of somebody who has not got the child has us ask whoever has.
    """
    if understood.intent != "absence" or not understood.reports:
        return understood
    missed = {pupil for pupil, case in situation.cases.items() if case.stage in MISSED}
    told = {child for report in understood.reports for child in report.children} or missed
    ahead = any(report.return_day is not None and report.return_day > heard.day for report in understood.reports)
    if not told or not told <= missed or ahead:
        return understood
    places = places_in(heard.line)
    if _is_guessed_from_afar(places):
        return Understanding("other_parent", (Report(tuple(sorted(told))),), safeguarding=understood.safeguarding)
    own_words = "child_said" in places.doubts and places.doubts.isdisjoint(("stays", "tended"))
    if not own_words and not _supposed(places, told, understood, situation):
        return understood
    return Understanding("question", urgent=understood.urgent, safeguarding=understood.safeguarding)


def _is_guessed_from_afar(places: Places) -> bool:
    """ "Think she's poorly, she was at her dad's, so not 100%": whoever has the child did not tell the writer so."""
    if "guessed_at" not in places.doubts or "told" in places.doubts or not any(map(places.is_elsewhere, places.placed)):
        return False
    has_it = any(hit.tag in _HAS_IT and places.stands(hit) for hit in places.placed)
    return not has_it and not any(hit.tag == "home" and places.text(hit) != "at home" for hit in places.placed)


def _supposed(places: Places, told: Iterable[str], understood: Understanding, situation: Situation) -> bool:
    """Nothing but what the writer half remembers, or supposes and says that it does not know."""
    if places.names(frozenset({"writer"})) or "stays" in places.doubts:
        return False
    if "half_heard" in places.doubts:
        return True
    if "unknown" not in places.doubts or places.doubts.isdisjoint(_SUPPOSES):
        return False
    ill = all(report.code == "I" for report in understood.reports)
    return not (ill and not places.doubts.isdisjoint(_SUPPOSES_ILL) and _is_parent_of(told, situation))


def _is_parent_of(children: Iterable[str], situation: Situation) -> bool:
    contact = situation.sender.contact
    links = [situation.school.roll.link(child, contact.id) for child in children] if contact is not None else []
    return bool(links) and all(link is not None and link.is_parent for link in links)
