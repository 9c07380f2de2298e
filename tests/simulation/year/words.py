"""What families and strangers write, unasked and as answers. Each kind is drawn as often as its number says."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

ALWAYS_DANGER = (
    "I don't know where {name} is",
    "{name} says a man followed her and she is scared to come in",
)
"""Words that are an urgent alert whoever writes them, and whatever is known (promise 3)."""
THOUGHT_IN_SCHOOL = (
    "{name} left for school at eight as usual",
    "I dropped {name} at the gate myself",
    "{name} is in school, I took her in",
)
"""An urgent alert while we have the child as away."""

KINDS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "ill": (
        10,
        (
            "{name} is ill today",
            "{name} has a temperature and wont be in, back tomorrow",
            "{name} is poorly, sick bug, back on Thursday",
            "{name} has flu, off until Monday",
            "off sick",
            "she's not well",
        ),
    ),
    "appointment": (3, ("{name} is at the dentist this morning, in by 11", "{name} has hospital this afternoon")),
    "late": (3, ("{name} overslept, will be in by 10", "running late, {name} will be 20 mins")),
    "danger": (2, ALWAYS_DANGER),
    "in_school": (2, THOUGHT_IN_SCHOOL),
    "vague": (3, ("{name} is with me but I'd rather not say why", "family reasons", "ok thanks", "yes", "👍", "")),
    "no": (2, ("NO", "no that's wrong", "no, thats not {name}")),
    "onward": (2, ("{name} is with the other parent today, ask them", "wrong number mate", "who is this?")),
    "keyword": (1, ("STOP", "START", "HELP")),
    "change": (
        2,
        (
            "Sorry, {name} is back tomorrow",
            "{name} is better now and coming in after all",
            "{name} still not well, back next Monday",
        ),
    ),
    "leave": (1, ("Can {name} have leave from {later} to {later}, we have a holiday booked",)),
    "noise": (
        2,
        (
            "asdf " * 300,
            "what time is parents evening?",
            "{name} jest dziś chora i nie przyjdzie do szkoły",
            "आज {name} बीमार है",
            "{name} {name} {name}",
        ),
    ),
}


def words(chance: Random, name: str, later: str, kinds: tuple[str, ...] = ()) -> str:
    """One message; of `kinds` where some are named."""
    wanted = {kind: KINDS[kind] for kind in kinds or KINDS}
    kind = chance.choices(list(wanted), [often for often, _ in wanted.values()])[0]
    return chance.choice(wanted[kind][1]).format(name=name, later=later)


def is_danger(text: str) -> bool:
    """True for words that must be an urgent alert from anybody."""
    return any(part in text for part in ("I don't know where", "a man followed her"))


def is_thought_in_school(text: str) -> bool:
    """True for words that must be one while the child is away."""
    return any(part in text for part in ("left for school at eight", "at the gate myself", "is in school, I took"))
