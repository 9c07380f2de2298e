"""A jab that was had: "Tom had the flu jab yesterday" says neither that he is ill nor that he stays away."""

from __future__ import annotations

import re

from attendance.calendar import local
from bot.understanding.evidence import Reading

_JAB = (
    r"(?:jabs?|vaccin\w*|injections?|immunis\w*|boosters?|flu spray|nasal spray|hpv|mmr"
    r"|men ?acwy|(?:3|4|6) in (?:1|one))"
)
_HAD = re.compile(
    rf"\b(?:had|given|having had|after)(?: (?!not\b)\w+){{0,5}} {_JAB}\b|\b{_JAB} (?:was|were) (?:yesterday|on|last)\b"
    rf"|\b(?:was|were|been) (?:vaccinated|immunised|jabbed)\b"
)
_OF_A_JAB = re.compile(rf"\b{_JAB}")
#: Unwell after it, or away: then it is told as the reason.
_UNWELL = re.compile(
    r"\b(?:feel\w*|felt|side effects?|reaction|react\w*|arm|sore|rough|temp\w*|hot|fever\w*|ache\w*|achy|tired|groggy"
    r"|wiped|knocked|poorly|ill|unwell|sick|under the weather"
    r"|not (?:well|great|good|right|himself|herself)|swollen|rash"
    r"|sleep\w*|bed|home|off|because|so)\b"
)
_AWAY = ("absent", "not_back", "with_me", "late", "back", "unknown_return", "present", "missing", "lost", "cancel")


def only_had_a_jab(seen: Reading) -> bool:
    """True when the words tell of a jab that is over, and nothing of how the child is or where."""
    line = seen.words.line
    if _HAD.search(line) is None or _UNWELL.search(line) or seen.danger.hits or seen.signals.has_any(*_AWAY):
        return False
    today = local(seen.message.sent_at).date()
    ahead = any(day.first is not None and day.first > today for day, _ in seen.days.roles)
    if ahead or seen.times.roles:
        return False
    jabs = [seen.words.word_at(found.start()) for found in _OF_A_JAB.finditer(line)]
    ill = (hit for hit in seen.hits if hit.tag.startswith("why:I:"))
    return all(any(hit.first <= at <= hit.until for at in jabs) for hit in ill)
