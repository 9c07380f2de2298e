"""The two flags: a matter of minutes, and harm disclosed. Lists of danger, weights and network, weighed together."""

from __future__ import annotations

from attendance.policy.certainty import Certainty
from bot.understanding.at_play import only_hides_in_play
from bot.understanding.evidence import Reading
from bot.understanding.judging import Told
from bot.understanding.kinds.fetched import is_taken_out
from bot.understanding.kinds.has_left import has_plainly_left
from bot.understanding.kinds.help_now import is_sent_for_help
from bot.understanding.kinds.home_again import came_home
from bot.understanding.kinds.idle import asks_of_another, is_with_me
from bot.understanding.kinds.in_its_room import is_in_its_room
from bot.understanding.kinds.on_the_way import is_on_the_way
from bot.understanding.kinds.ran_off import is_caught
from bot.understanding.kinds.whereabouts import is_of_a_sibling

#: Somebody who tells that a child is on the way is calm: alone the weights must be surer of danger there.
_WITHOUT_DANGER, _CALM = frozenset(("late", "return", "wrong_number", "other_parent", "chat")), 0.6
#: Above every probability: only plain words of danger raise the flag.
_BY_THE_LISTS = 1.1
#: What the danger layer heard raises a flag unless weights and network are as sure as this of the contrary: a matter of
#: minutes unless they are all but certain, but for somebody who is looked for ("ringing round"), of whom much is told.
_NOW, _LOOKED_FOR, _HARM = 0.0015, 0.03, 0.02


def flags(told: Told, kind: str, intent: str, certainty: Certainty) -> tuple[bool, bool]:
    """Whether it is a matter of minutes, and whether harm is disclosed."""
    seen, judged, danger = told.seen, told.judged, told.seen.danger
    least = max(certainty.urgent, _CALM) if kind in _WITHOUT_DANGER else certainty.urgent
    held = is_with_me(seen) or came_home(seen) or is_taken_out(seen) or is_caught(seen) or is_of_a_sibling(seen)
    held = held or is_in_its_room(seen) or (kind == "leaver" and has_plainly_left(seen))
    if asks_of_another(seen) or held or kind == "other_parent":
        least = _BY_THE_LISTS  # somebody else has to be asked, or the child is safe: not urgent by itself (contract)
    by_place = intent in ("present", "missing")
    if kind == "late" and is_on_the_way(seen):
        return False, False
    if only_hides_in_play(seen):
        return by_place, False
    urgent = by_place or _raised(judged.yes["urgent"], least, seen, danger.now, _NOW)
    urgent = urgent or is_sent_for_help(seen, told.calendar)
    return urgent, _raised(judged.yes["safeguarding"], certainty.safeguarding, seen, danger.safeguarding, _HARM)


def _raised(chance: float, least: float, seen: Reading, heard: bool, unless: float) -> bool:
    """A flag is raised by the weights, or by the danger layer unless the weights find it less likely than `unless`.

    Words that are plain by themselves ("wants to kill himself") are not weighed: nobody shall be missed for a sum.
    """
    plainly = any(hit.tag.endswith((":sure", ":now")) for hit in seen.danger.hits)
    sought = all(hit.tag.startswith("danger:missing:") for hit in seen.danger.hits)
    return chance >= least or (heard and (plainly or chance >= (max(unless, _LOOKED_FOR) if sought else unless)))
