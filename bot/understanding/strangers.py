"""Messages that report nobody: a machine, an advert, another family, a complaint; decided before any report is."""

from __future__ import annotations

from bot.understanding.evidence import Reading, Signals
from bot.understanding.phrases import Hit

#: Words of being away that say so of now: a complaint about last week has none of them.
_AWAY_NOW = (
    "not ~1 be ~2 in",
    "not ~1 be ~2 at",
    "will not ~2 be",
    "not ~1 in",
    "not in",
    "not ~1 coming",
    "not ~1 come",
    "keep|",
    "stay|",
    "at home today",
    "with me today",
    "is home",
    "in bed",
    "still off",
    "off school",
    "no school",
)
_NOW = frozenset(("today", "tomorrow", "tonight", "now"))


def without_report(seen: Reading, bare: list[str], strong: bool) -> tuple[str, float] | None:
    """chat (machines, adverts), question (injections, complaints) or wrong_number; None when a report is possible."""
    signals = seen.signals
    strong = strong and not _inside(seen)
    if signals.has("inject") and not (strong and seen.who.named):
        return "question", 0.85
    if signals.has("markup") and not (seen.who.named and (strong or seen.times.arrives or signals.has("absent"))):
        return "question", 0.8
    if _machine(seen, strong):
        return "chat", 0.9
    if _wrong_number(seen, strong, bare):
        return "wrong_number", 0.9
    if (
        signals.has("wrong_number", "new number", "this is my new", "changed")
        and not strong
        and not signals.has("absent")
    ):
        return "question", 0.75
    if _complains(seen):
        return "question", 0.8
    return None


def _inside(seen: Reading) -> bool:
    """True when all that sounds like a reason is part of what a machine or a stranger says ("can't talk right now")."""
    own = [hit for name in ("auto", "wrong_number", "advert") for hit in seen.signals.by.get(name, ())]
    reasons = seen.why.hits
    return bool(reasons and own) and all(
        any(hit.first < reason.until and reason.first < hit.until for hit in own) for reason in reasons
    )


def _machine(seen: Reading, strong: bool) -> bool:
    """An automatic reply or an advert: nobody of this family speaks."""
    signals = seen.signals
    told = strong and (bool(seen.who.named) or seen.message.asked is not None)
    if signals.has("auto") and not told:
        return True
    adverts = _distinct(signals.by.get("advert", ()))
    return (adverts >= 2 and not (told and signals.has("absent"))) or (
        adverts == 1
        and not strong
        and not seen.who.named
        and not signals.has("absent")
        and ("/" in seen.words.texts or "%" in seen.message.text)
    )


def _distinct(hits: list[Hit] | tuple[Hit, ...]) -> int:
    """How many places of the message these phrases fill; phrases over the same words count once."""
    count, end = 0, -1
    for hit in hits:
        if hit.first >= end:
            count += 1
        end = max(end, hit.until)
    return count


def _wrong_number(seen: Reading, strong: bool, bare: list[str]) -> bool:
    """The writer says to be somebody else, and neither the child's family nor that a child is ill."""
    signals = seen.signals
    if not signals.has("wrong_number") or _claims_family(seen.words.texts, signals):
        return False
    if signals.has("wrong_number", "wrong number"):
        return True
    return not strong and signals.count("absent") < 2 and not (seen.who.named and signals.has("absent", *_AWAY_NOW))


def _claims_family(texts: list[str], signals: Signals) -> bool:
    """ "I'm not his mum, I'm his nan": somebody of the family after all. "I'm not his mum" alone claims nothing."""
    return any("not" not in texts[max(0, hit.first - 2) : hit.until] for hit in signals.by.get("kin_claim", ()))


def _complains(seen: Reading) -> bool:
    """Anger about a fine, a letter or a register, without a word that the child is away now."""
    signals = seen.signals
    if not signals.has("complains") or seen.message.asked is not None or seen.danger.safeguarding:
        return False
    if signals.has("absent", *_AWAY_NOW) or _NOW & set(seen.words.texts) or seen.days.said_return:
        return False
    ahead = any(
        role == "absent" and mention.first is not None and mention.first >= seen.message.sent_at.date()
        for mention, role in seen.days.roles
    )
    loud = _distinct(signals.by.get("complains", ())) > 1 or signals.has("question") or "?" in seen.words.texts
    return loud and not ahead
