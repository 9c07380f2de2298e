"""Evidence: all that the layers saw of one message, and the small questions that the kinds of message ask of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.understanding.danger import Danger
from bot.understanding.normalise import Words
from bot.understanding.phrases import Hit
from bot.understanding.roles import Days, Times
from bot.understanding.values import Message
from bot.understanding.who import Who
from bot.understanding.why import Why

_LATE_SURE = (
    "late",
    "running",
    "behind",
    "way",
    "nearly",
    "almost",
    "just",
    "only",
    "overslept",
    "slept",
    "through",
    "missed",
    "traffic",
    "stuck",
    "delay",
    "held up",
    "can not ~1 find",
    "run|",
    "run ~2",
    "minutes",
    "flat",
    "puncture",
    "road",
    "gone back",
    "go* back",
    "walking",
    "omw",
    "en route",
    "diversion",
    "train",
    "bus",
    "alarm",
    "be there",
    "there by",
    "looking for",
    "reckon",
    "come|comes",
    "bring|",
    "with you",
    "be in by",
    "in by",
    "level",
    "accident",
    "car ~2",
    "should be there",
    "in later",
    "late*",
    "5|10",
)


@dataclass(slots=True)
class Signals:
    """Hits by signal name, and the helper questions that the rules ask."""

    by: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> Signals:
        """Group the hits of the kinds list."""
        out = cls()
        for hit in hits:
            if hit.tag.startswith("kind:"):
                out.by[hit.tag[5:]].append(hit)
        return out

    def has(self, name: str, *starts: str) -> bool:
        """True when a phrase of `name` was found (one that begins with one of `starts`, if given)."""
        found = self.by.get(name, ())
        return any(not starts or hit.phrase.startswith(starts) for hit in found)

    def count(self, name: str) -> int:
        """How many phrases of `name` were found."""
        return len(self.by.get(name, ()))

    def covers(self, name: str, total: int) -> bool:
        """True when phrases of `name` fill most of a text of `total` words."""
        filled = {n for hit in self.by.get(name, ()) for n in range(hit.first, hit.until)}
        return total > 0 and len(filled) >= 0.6 * total


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the layers saw of one message."""

    message: Message
    words: Words
    hits: tuple[Hit, ...]
    signals: Signals
    who: Who
    why: Why
    days: Days
    times: Times
    danger: Danger
    language: str


def bare_words(words: Words) -> list[str]:
    return [
        text
        for text in words.texts
        if text
        not in (".", ",", "!", "emoji", "-", "x", "xx", "xxx", ":", ")", "(", "please", "thanks", "thank", "you")
    ]


def surely_late(seen: Reading) -> bool:
    signals = seen.signals
    return signals.has("late", *_LATE_SURE)


def asks_to_pass_on(seen: Reading, strong: bool) -> bool:
    """ "Could you tell Joel that his nan will pick him up": something for staff to pass on, nobody is away."""
    texts = [
        text
        for text in seen.words.texts[:9]
        if text not in ("please", "hi", "hello", ",", ".", "good", "morning", "afternoon", "just")
    ]
    asks = texts[:1] and (
        texts[0] in ("tell", "remind", "ask")
        or (
            texts[0] in ("can", "could", "would")
            and len(texts) > 2
            and texts[1] == "you"
            and texts[2] in ("tell", "let", "remind", "ask", "give", "pass", "make", "check", "get")
        )
    )
    return (
        bool(asks)
        and not strong
        and not seen.signals.has("absent", "not ~1 be ~2 in", "not ~1 come", "not ~1 coming", "keep|", "off", "absent")
        and not seen.times.leaves
    )


_ASKS = frozenset(
    "is are does do did can could will would what when where which who why how has have should may am was".split()
)


_SURE_AWAY = (
    "not ~1 be ~2 in", "will not ~2 be", "not ~1 in", "not in", "not ~1 coming", "not ~1 come", "keep|", "off",
    "stay|", "absent", "not ~1 attend", "at home today", "with me today", "still off", "can not ~1 come", "no school",
    "take|", "taking|", "out ", "leave ",
    "pick*", "collect*", "needs to leave", "leave*", "finish*", "day|days", "time off", "miss", "away", "kept",
)  # fmt: skip


def only_asks(seen: Reading, strong: bool, waiting: bool) -> bool:
    """A question about school, PE, trips or lunch: it names a child and a day, and nobody is away."""
    texts = [
        text
        for text in seen.words.texts
        if text not in ("hi", "hello", "please", "morning", "good", ",", "afternoon", "sorry")
    ]
    away = seen.signals.has("absent", *_SURE_AWAY)
    if seen.message.asked is not None or not texts or seen.times.leaves:
        return False
    if texts[0] in ("what", "how", "do", "does", "is", "are") and not seen.who.named and not seen.days.said_first:
        return not away or "?" in texts
    if (
        {"pe", "swimming", "games", "sports", "sport"} & set(texts)
        and {"sit", "excused", "miss", "do", "part"} & set(texts)
        and not away
    ):
        return True
    if away or (strong and seen.why.code in ("I", "M", "E", "C", "G", "R")):
        return False
    wants = {"have", "take"} & set(texts[:6]) and any(
        role == "absent" and m.form != "today" for m, role in seen.days.roles
    )
    if wants:
        return False
    shaped = (texts[0] in _ASKS and texts[1:2] != ["not"]) or ("?" in texts and any(a in _ASKS for a in texts[:6]))
    about = {
        "form",
        "lunch",
        "kit",
        "money",
        "letter",
        "homework",
        "coat",
        "bag",
        "club",
        "phone",
        "trip",
        "uniform",
        "photo",
    } & set(texts)
    return shaped or (
        bool(about) and bool({"can", "could", "lost", "forgot", "drop", "let"} & set(texts)) and not surely_late(seen)
    )


def told_of_danger(seen: Reading, waiting: bool) -> bool:
    """A disclosure without a word of being away is for a person to answer, and reports nothing."""
    away = seen.signals.has(
        "absent",
        "not ~1 be",
        "will not ~2 be",
        "not ~1 in",
        "not in",
        "not ~1 coming",
        "not ~1 come",
        "keep|",
        "off",
        "stay|",
        "absent",
        "is home",
        "not ~1 attend",
        "at home today",
        "with me",
        "here with me",
        "in hospital",
        "not setting",
        "on the ward",
        "not until",
        "will not ~1 leave",
        "asleep ~2",
        "not waking",
        "let him",
        "still asleep",
        "still off",
        "can not ~1 come",
        "no school",
    )
    travels = seen.why.code in ("G", "C") and seen.days.said_first
    return seen.danger.safeguarding and not waiting and not away and not travels


def better_and_back(seen: Reading, waiting: bool) -> bool:
    """ "The temperature is gone, happy for him to come in at 12.30?": better, and a time or day to come in."""
    sign = bool({"better", "perked", "recovered", "cleared", "improved", "mended"} & set(seen.words.texts)) or is_gone(
        seen.words.texts
    )
    still = any(word in seen.words.texts for word in ("still", "worse")) or seen.signals.has(
        "absent", "no better", "not ~1 be ~2 in", "keep|", "off"
    )
    coming = (
        seen.times.arrives is not None
        or seen.days.said_return
        or seen.signals.has("fine", "coming in", "in today", "going in")
    )
    return sign and not still and not waiting and coming


_PLAIN = frozenset(
    "will with from this that they have been about just should hopefully thanks thank please school morning there then"
    " when your would could back return returning again really much very today tomorrow hello dear kind regards normal"
    " usual instead after before until week weekend term definitely probably think know fine better feeling well mum"
    " dad".split()
)


def tells_more(seen: Reading) -> bool:
    """Words beyond the return itself, of a child whom we do not have absent: then something has happened."""
    if (
        seen.message.known
        or seen.message.asked is not None
        or is_better(seen)
        or seen.signals.has("fine", "as normal", "in as")
    ):
        return False
    taken = {n for named in seen.who.named for n in range(named.first, named.until)}
    for hits in (seen.signals.by.get("back", ()), seen.signals.by.get("hedge", ())):
        taken |= {n for hit in hits for n in range(hit.first, hit.until)}
    for mention, _ in seen.days.roles:
        taken |= set(
            range(seen.words.word_at(mention.start), seen.words.word_at(max(mention.start, mention.end - 1)) + 1)
        )
    rest = [
        t for n, t in enumerate(seen.words.texts) if n not in taken and t.isalpha() and len(t) > 3 and t not in _PLAIN
    ]
    return len(rest) >= 2


def newly_ill(seen: Reading) -> bool:
    strong = any(hit.tag.startswith("why:") and hit.tag.endswith("strong") for hit in seen.why.hits)
    return strong and not is_better(seen)


_GONE_ELSEWHERE = frozenset("to away down off out into in up over with septic for on home".split())
_BETTER = frozenset(
    "better perked recovered fine improved mended stopped normal cleared bored himself herself scabbed".split()
)


def is_gone(texts: list[str]) -> bool:
    """ "The temperature has gone", and not "gone to the seaside"."""
    return any(
        text == "gone" and not _GONE_ELSEWHERE & set(texts[number + 1 : number + 2])
        for number, text in enumerate(texts)
    )


def is_better(seen: Reading) -> bool:
    """Words of a child who is well again."""
    return bool(_BETTER & set(seen.words.texts)) or is_gone(seen.words.texts)


def only_these(signals: Signals, name: str, phrases: tuple[str, ...]) -> bool:
    return all(hit.phrase in phrases for hit in signals.by.get(name, ()))


def ill_now(seen: Reading) -> bool:
    return max((score for code, score in seen.why.scores.items() if code == "I"), default=0.0) >= 3.0


def asks_something(seen: Reading, bare: list[str]) -> bool:
    return "?" in seen.words.texts or seen.signals.has("question", "please", "any chance", "want", "need to")
