"""Anger at our asking: "haven't you got anything better to do", "oh here we go again", "I'm not answering this".

So is "third text this week", whose week is that of our texts. Nothing in it says why a child is away or where it is,
whatever its words say elsewhere: a person reads it, and the chase goes on.
"""

from __future__ import annotations

from bot.understanding.evidence import Reading

#: Lists whose words, outside of the anger, tell of a child.
_TELLS = (
    "kind:absent", "kind:late", "kind:back", "kind:not_back", "kind:present", "kind:weak_present", "kind:missing",
    "kind:lost", "kind:with_me", "kind:other_parent", "kind:cancel", "kind:leaver", "kind:same", "kind:fine",
    "kind:wrong_number", "kind:stop", "kind:unknown_return", "kind:writes_home", "kind:disbelief", "why:",
)  # fmt: skip


def only_scolds(seen: Reading) -> bool:
    """In answer to our question: anger at it, and no word beside it of a child, a reason, a day or a time."""
    asked, angry = seen.message.asked, seen.signals.by.get("scolds", ())
    if asked is None or asked.kind not in ("absence", "reason") or not angry or seen.danger.hits:
        return False
    spans = (*angry, *seen.signals.by.get("of_our_texts", ()))
    said = {number for hit in spans for number in range(hit.first, hit.until)}
    others = (hit for hit in seen.hits if hit.tag.startswith(_TELLS))
    if any(said.isdisjoint(range(hit.first, hit.until)) for hit in others):
        return False
    places = {seen.words.offsets[number] for number in said}
    times = [moment for moment, _ in seen.times.roles if places.isdisjoint(range(moment.start, moment.end))]
    days = [day for day, _ in seen.days.roles if places.isdisjoint(range(day.start, day.end))]
    return not times and not days and not seen.who.named


def wants_no_texts(seen: Reading) -> bool:
    """ "And don't text me again today", to our question when the child is back: no day of it, and no other word of
    the child.
    """
    told = seen.signals.has_any("back", "unknown_return", "fine", "cancel", "not_back") or seen.why.code is not None
    return seen.signals.has("stop") and not told and not seen.times.roles
