"""Why the machine read a message as it did: the one place that asks the reader for its reasons.

What was read is stored with the message; the reasons are asked for again when somebody looks. The question that was
open at that time is not stored, so where these words alone would be read otherwise, that is said instead.
"""

from __future__ import annotations

import re

from attendance.school import School
from bot.understanding import Child, Message, Understanding, understand
from office import wording
from office.snapshot import Said

MOST = 4
OF_THE_WORDS = re.compile(r", for th(is word|ese words)$")


def because(words: Said, school: School) -> tuple[str, ...]:
    """What stood in the words for what was read in them, the strongest first; () where nobody read them."""
    if words.understood is None or not words.text.strip():
        return ()
    again = understand(_message(words, school), school.calendar, explain=True)
    if again.intent != words.intent:
        alone = wording.INTENTS.get(again.intent, again.intent)
        return (f"Read in the light of what had been asked; by themselves these words would be “{alone}”.",)
    return _grounds(words.text, again, school)


def _message(words: Said, school: School) -> Message:
    roll = school.roll
    ids = [link.pupil for link in roll.children_of(words.contact)] if words.contact else list(words.pupils)
    children = tuple(
        Child(one.id, one.given, one.family, one.known_as, one.year, one.group)
        for id in ids
        if (one := roll.pupils.get(id)) is not None
    )
    return Message(words.at, children, None, (), words.text)


def _grounds(text: str, read: Understanding, school: School) -> tuple[str, ...]:
    found: dict[str, float] = {}
    for seen in read.trace:
        start, end = seen.span
        part = " ".join(text[start:end].split())
        if not part or (seen.layer == "kind" and not OF_THE_WORDS.search(seen.what)):
            continue
        line = f"“{part}”: {_in_words(seen.layer, OF_THE_WORDS.sub('', seen.what), school)}"
        found[line] = max(found.get(line, 0.0), seen.certainty)
    return tuple(sorted(found, key=lambda line: -found[line])[:MOST])


def _in_words(layer: str, what: str, school: School) -> str:
    match layer:
        case "kind":
            return wording.INTENTS.get(what, what)
        case "why":
            name = wording.code_name(what, school.policy.code_set)
            return f"{what}, {name}" if name != what else what.replace("_", " ")
        case "who":
            id, _, how = what.partition(" (")
            pupil = school.roll.pupils.get(id)
            return f"{pupil.called} ({how}" if pupil is not None and how else what
        case "danger":
            return f"danger, {what}"
    return what
