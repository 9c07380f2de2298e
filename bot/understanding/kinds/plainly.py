"""What plain words make a message, before the weights and the network are asked: the first rule that holds says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.understanding.children.chosen import fewer, names_the_child, the_other
from bot.understanding.evidence import Reading
from bot.understanding.kinds.asks_leave import asks_for_leave
from bot.understanding.kinds.at_a_loss import knows_nothing
from bot.understanding.kinds.believed import believes_in_school
from bot.understanding.kinds.called_off import is_called_off
from bot.understanding.kinds.fetched import is_brought_back, is_taken_out, is_with_nobody_they_name
from bot.understanding.kinds.from_a_machine import is_from_a_machine
from bot.understanding.kinds.has_left import has_plainly_left
from bot.understanding.kinds.home_again import came_home
from bot.understanding.kinds.idle import asks_of_another, only_a_number, only_wrong_number
from bot.understanding.kinds.in_its_room import is_in_its_room
from bot.understanding.kinds.not_away import is_in_care
from bot.understanding.kinds.not_ours import knows_no_such_child
from bot.understanding.kinds.of_school_life import asks_of_school_life
from bot.understanding.kinds.on_the_way import is_on_the_way
from bot.understanding.kinds.passes_on import asks_of_the_other, will_find_out
from bot.understanding.kinds.ran_off import is_nowhere, ran_off
from bot.understanding.kinds.scolding import only_scolds
from bot.understanding.kinds.truant import is_truant
from bot.understanding.kinds.verdict import Kind
from bot.understanding.kinds.whereabouts import asks_after, set_off_all_the_same
from bot.understanding.kinds.with_the_other import (
    another_has_it,
    denies_having_it,
    guesses_and_points,
    is_with_my_partner,
    is_with_the_other,
    leaves_it_to_another,
    says_who_takes_it,
    supposes_another_has_it,
)
from bot.understanding.words.openings import only_opens

CERTAIN, HEARD_PLAINLY = 0.85, 0.7
"""How sure such words are: nothing else can be meant, or hardly anything else. From CERTAIN on the weights are believed
against plain words of where the child is.
"""
_NO = frozenset(("no", "nope", "nah"))
_CANCELS_AN_ABSENCE = re.compile(
    r"\bcancel (?:\S+ ){0,3}(?:absence|appointment|appt|report|request|leave|day|dentist|doctors?|monday|tuesday"
    r"|wednesday|thursday|friday|today|tomorrow)\b"
)
""" "Cancel" by itself stops our texts; with what it cancels it does not."""


def plain_kind(seen: Reading) -> Kind | None:
    """The kind, how sure it is and the rule that says so; None where no plain words say it."""
    return next((Kind(rule.makes(seen), rule.sure, (rule.name,)) for rule in RULES if rule.holds(seen)), None)


def cancels_an_absence(seen: Reading) -> bool:
    """ "Please cancel the absence for tomorrow"."""
    return _CANCELS_AN_ABSENCE.search(seen.words.line) is not None


def _bare_no(seen: Reading) -> bool:
    """ "NO" to what we read back, or to the question for the day of return, which says "reply NO if it is wrong"."""
    asked, words = seen.message.asked, {text for text in seen.words.texts if text[0].isalnum()}
    if asked is None or asked.kind not in ("return", "confirm"):
        return False
    told = seen.why.code is not None or seen.days.roles or seen.signals.has("absent")
    neither = asked.kind == "confirm" and not told and seen.signals.has("reject") and "neither" in words
    return neither or (bool(words) and words <= _NO)  # "no, neither": of none of them


def _names_who_is_away(seen: Reading) -> bool:
    return (
        bool(the_other(seen) or (fewer(seen) and not _says_in(seen)))
        or came_home(seen)
        or (not seen.danger.hits and names_the_child(seen))
    )


def _says_in(seen: Reading) -> bool:
    return seen.signals.has_any("present", "fine", "cancel", "missing", "lost")


def _takes_an_absence_back(seen: Reading) -> bool:
    held = seen.message.known and seen.why.code != "I" and not seen.danger.hits
    return bool(held) and cancels_an_absence(seen)


def _nobody_has_it(seen: Reading) -> bool:
    return knows_nothing(seen) or is_truant(seen) or is_with_nobody_they_name(seen) or ran_off(seen) or is_nowhere(seen)


def _of_those_asked_about(seen: Reading) -> bool:
    """Whether words that name a child, or none, may answer why the child is away about whom we asked: "Em feels sick
    too but I've sent her in" says nothing of Bo.
    """
    asked, named = seen.message.asked, {child for one in seen.who.named for child in one.children}
    if asked is None or asked.kind not in ("absence", "reason"):
        return False
    return not named or not named.isdisjoint(asked.about)


def _sent_in(seen: Reading) -> str:
    """Unasked it is news for a person, and no absence."""
    return "present" if _of_those_asked_about(seen) else "question"


def _begun(seen: Reading) -> str:
    """ "Good morning, Ella": the beginning of an answer, where one is awaited."""
    asked = seen.message.asked
    return "absence" if asked is not None and asked.kind == "absence" and seen.who.named else "chat"


def _is_away(seen: Reading) -> bool:
    """A day to come makes leave of it."""
    with_partner = seen.message.asked is not None and is_with_my_partner(seen)
    return asks_for_leave(seen) or is_taken_out(seen) or with_partner or is_in_its_room(seen)


def _always(kind: str) -> Callable[[Reading], str]:
    return lambda _: kind


def _says_other_parent(seen: Reading) -> bool:
    with_another = is_in_care(seen) or is_with_the_other(seen) or denies_having_it(seen)
    with_another = with_another or another_has_it(seen)
    return with_another or guesses_and_points(seen) or leaves_it_to_another(seen) or supposes_another_has_it(seen)


def _next_is_to_be_asked(seen: Reading) -> bool:
    return asks_of_the_other(seen) or will_find_out(seen)


def _nobody_of_ours(seen: Reading) -> bool:
    return seen.message.asked is not None and (only_wrong_number(seen) or knows_no_such_child(seen))


def _asks_after_it(seen: Reading) -> bool:
    return asks_after(seen) and seen.why.code in (None, "N")


def _in_school(seen: Reading) -> bool:
    return believes_in_school(seen) or is_brought_back(seen)


def _for_a_person(seen: Reading) -> bool:
    return only_scolds(seen) or asks_of_school_life(seen)


def _for_another(seen: Reading) -> bool:
    return asks_of_another(seen) or only_a_number(seen)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `holds`, the message is of the kind `makes`, `sure` (0 to 1); `name` as `understand --explain` says it."""

    name: str
    holds: Callable[[Reading], bool]
    makes: Callable[[Reading], str]
    sure: float


RULES = (
    Rule("a bare no", _bare_no, _always("reject"), HEARD_PLAINLY),
    Rule("written by a machine", is_from_a_machine, _always("chat"), CERTAIN),
    Rule("names who is away", _names_who_is_away, _always("absence"), HEARD_PLAINLY),
    Rule("called off", is_called_off, _always("cancel"), CERTAIN),
    Rule("only a wrong number", _nobody_of_ours, _always("wrong_number"), CERTAIN),
    Rule("takes an absence back", _takes_an_absence_back, _always("cancel"), HEARD_PLAINLY),
    Rule("asks of another child, or only a number", _for_another, _always("question"), CERTAIN),
    Rule("only scolds, or asks of school life", _for_a_person, _always("question"), HEARD_PLAINLY),
    Rule("nobody has the child", _nobody_has_it, _always("missing"), CERTAIN),
    Rule("says who takes the child every day", says_who_takes_it, _always("other_parent"), CERTAIN),
    Rule("will find out, or asks of the other parent", _next_is_to_be_asked, _always("other_parent"), CERTAIN),
    Rule("has left the school", has_plainly_left, _always("leaver"), HEARD_PLAINLY),
    Rule("a step from the door", is_on_the_way, _always("late"), HEARD_PLAINLY),
    Rule("believes the child in school", _in_school, _always("present"), CERTAIN),
    Rule("set off all the same", set_off_all_the_same, _sent_in, CERTAIN),
    Rule("asks where the child is", _asks_after_it, _always("missing"), CERTAIN),
    Rule("with somebody else, who is to be asked", _says_other_parent, _always("other_parent"), HEARD_PLAINLY),
    Rule("only an opening", only_opens, _begun, CERTAIN),
    Rule("plainly away, taken out, or leave asked for", _is_away, _always("absence"), HEARD_PLAINLY),
)
"""In this order: what would be worst to miss of two goes before the other."""
