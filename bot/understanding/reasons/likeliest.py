"""The likeliest reason of an absence: weights, network and words together, and what none of them may say."""

from __future__ import annotations

from bot.understanding.evidence import Reading
from bot.understanding.learned.messages import Judged
from bot.understanding.reasons.aside import not_so_meant
from bot.understanding.reasons.at_length import told_in_its_sentence
from bot.understanding.reasons.held import reason_held, reasons_held
from bot.understanding.reasons.seldom import ALL_BUT_CERTAIN, is_seldom
from bot.understanding.reasons.why import Why
from bot.understanding.words.openings import only_opens

#: Below this probability the weights hardly know a reason; from this certainty on words stand for one by themselves.
_HARDLY, PLAIN_WORDS = 0.5, 0.6
#: Words that stand for a reason as surely as the first are believed where weights and network are less sure than this.
_PLAINER, _NOT_SURE = 0.8, 0.7
#: As plain as words get; an illness of which they say nothing is believed from this certainty on.
_PLAINEST, _ILL = 0.9, 0.9
#: In a question that says no word of why, a holiday less sure than this is a guess.
_GUESSED = 0.8
#: Dangers for which a child stays away from school itself.
_FEARED = ("danger:bullying:", "danger:fear:", "danger:violence:", "danger:self_harm:", "danger:exploitation:")


def code_of(judged: Judged, why: Why, seen: Reading) -> str:
    """The likeliest reason, unless its words mean something else where they stand."""
    code = _likeliest(judged, why, seen)
    if code == "I" and why.anothers and why.code in ("O", "C") and not seen.who.strangers:
        code = why.code  # "I've been sick all night so can't bring her"
    if code == "O" and is_afraid(seen):
        return "N"  # who is afraid, bullied or hurt does not stay away for nothing (contract)
    code = told_in_its_sentence(seen, code)
    meant = not_so_meant(seen.words.texts, seen.hits, seen.who, code)
    return code if meant is None else max(meant, key=lambda other: judged.several["reason"].get(other, 0.0))


def is_afraid(seen: Reading) -> bool:
    """Whether a danger is told for which a child stays away: that is the reason, whatever code it has."""
    feared = any(hit.tag.startswith(_FEARED) and not hit.tag.endswith(":hint") for hit in seen.danger.hits)
    return feared or seen.signals.has("shamed")


def _likeliest(judged: Judged, why: Why, seen: Reading) -> str:
    """The likeliest reason; where the weights hardly know, or know only what we hold, that of the words."""
    code, sure = judged.best("reason")
    if (kept := reason_held(seen, why, code, sure)) is not None:
        return kept
    if why.code is None and only_opens(seen):
        return "N"  # "its Nora": who it is, and not why
    if code == "I" and "I" not in why.scores and seen.signals.has("weary"):
        return why.code or "N"  # "not coming, sick of it": nobody said that the child is ill
    if code == "I" and _is_another_reason(why, sure):
        return "O"
    if seen.language and why.code is not None and why.certainty >= _PLAINER and "I" not in why.scores:
        return why.code  # most foreign words that weights and network know are of illnesses
    if why.code is None and code == "G" and sure < _GUESSED and seen.signals.has("question"):
        return "N"  # "may they have the week of 7 December off?": days without a word of why are no holiday yet
    if is_seldom(why) and code not in why.scores and sure < ALL_BUT_CERTAIN:
        return why.code or code  # "the police have cordoned off our road"
    only_held = code in reasons_held(seen.message) and code not in why.scores
    unsure = sure < (_NOT_SURE if why.certainty >= _PLAINER else _HARDLY)
    plain = why.code is not None and why.certainty >= PLAIN_WORDS and (unsure or only_held)
    return why.code if plain and why.code is not None else code


def _is_another_reason(why: Why, sure: float) -> bool:
    """ "She is joining the climate strike": plain words of what a school refuses, and none of an illness."""
    return why.code == "O" and "I" not in why.scores and not why.anothers and why.certainty >= _PLAINEST and sure < _ILL
