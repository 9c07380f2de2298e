"""Whereabouts: does the parent believe that the child is in school, or not know where the child is?"""

from __future__ import annotations

import itertools
import re

from attendance.calendar import local
from bot.understanding.children.names import sex
from bot.understanding.children.sibling_aside import SEX_OF
from bot.understanding.evidence import Reading
from bot.understanding.kinds.ran_off import is_caught
from bot.understanding.places import places_in
from bot.understanding.words.phrases import Hit

#: Phrases of the late list that say so by themselves.
_LATE_SURE = (
    "late", "running", "behind", "way", "nearly", "almost", "just", "only", "overslept", "slept", "through", "missed",
    "traffic", "stuck", "delay", "held up", "can not ~1 find", "run|", "run ~2", "minutes", "flat", "puncture",
    "road", "gone back", "go* back", "walking", "omw", "en route", "diversion", "train", "bus", "alarm", "be there",
    "there by", "looking for", "reckon", "come|comes", "bring|", "with you", "be in by", "in by", "level", "accident",
    "car ~2", "should be there", "in later", "late*", "5|10",
)  # fmt: skip
_PRESENT_WEAK = (
    "set off",
    "set out",
    "left ~1 house",
    "left ~2 school",
    "got|gets",
    "sets off",
    "caught",
    "error",
    "was there",
    "arrived",
    "i|we|he",
    "should be",
    "mistake",
    "been there",
    "came in",
    "is|are in ~1 today",
    "he|she is in",
    "they are in",
    "is there",
    "are there",
    "on the bus",
    "breakfast",
    "he|she is|was ~1 def",
)


_MARKED = frozenset(
    "marked text message absent register registered registration mark letter saying says absence".split()
)


#: Words of a child who did not come, that need no question of ours to be alarming.
_LOST_UNASKED = (
    "not get off",
    "not ~1 come out",
    "not ~2 home yet",
    "not ~2 home ~4",
    "has anyone",
    "was meant|supposed",
    "never ~2 came",
)


#: "Is he ok?", to our question why he is not in: whoever asks that has not got him.
_ASKS_AFTER = re.compile(r"\bis (\w+) (?:ok|okay|alright|all right|safe)\b(?! (?:if|to|for|with me)\b)")


def asks_after(seen: Reading) -> bool:
    """Whether the words ask how a child is whom we asked about."""
    asked, found = seen.message.asked, _ASKS_AFTER.search(seen.words.line)
    if asked is None or asked.kind not in ("absence", "reason") or found is None:
        return False
    place = seen.words.word_at(found.start(1))
    return found[1] in ("he", "she") or any(named.first <= place < named.until for named in seen.who.named)


def is_missing(seen: Reading, strong: bool) -> float:
    told = [hit for hit in seen.danger.hits if hit.tag.startswith("danger:missing")]
    asked = seen.message.asked
    waiting = asked is not None and asked.kind in ("absence", "reason")
    if all(hit.phrase.startswith(("ran", "run")) for hit in told) and is_caught(seen):
        return 0.0
    if told:
        weak = all(hit.phrase.startswith(("where is", "looking for", "bag", "clothes", "ran|run")) for hit in told)
        if not weak or waiting or not strong:
            return 0.9
    if asked is None and not strong and (seen.signals.has("lost", *_LOST_UNASKED) or seeks_it(seen)):
        return 0.8
    if waiting and (_asks_where(seen) or (not strong and asks_after(seen))):
        return 0.85
    if waiting and not strong:
        if any(not _belongs(seen.words.texts, hit) for hit in seen.signals.by.get("lost", ())):
            return 0.85
        if seen.signals.count("missing") > 1 and "?" in seen.words.texts:
            return 0.7
    return 0.0


#: How the phrases begin of whoever cannot reach a child; alone they may be of a child at home, or of us.
_OUT_OF_REACH = ("get|got", "not ~3 answering", "not ~2 replying", "straight to", "going ~1 to", "his|her phone")
_ASKS_IF_THERE = re.compile(
    r"\b(?:(?:did|does|has|have|is|was|are) (?:he|she|they|him)|if (?:he|she|they|him) (?:is|has|got|did|made|was))\b"
    r"(?: \w+){0,3}? (?:in|there|here|with you|to school|at school|in school|turned up|arrived|come in|show\w* up)\b"
)


def seeks_it(seen: Reading) -> bool:
    """ "I can't get hold of him, did he get to school ok?", "can't find her anywhere": before anybody asked."""
    lost = [hit for hit in seen.signals.by.get("lost", ()) if not _belongs(seen.words.texts, hit)]
    line = seen.line_of_him()
    if re.search(r"\bcan not find (?:him|her|them)(?: anywhere| at all)?(?= ?(?:$|[,.!]|and|has|is|did))", line):
        return True
    return any(hit.phrase.startswith(_OUT_OF_REACH) for hit in lost) and _ASKS_IF_THERE.search(line) is not None


_MINE = frozenset("son daughter boy girl child lad lass eldest oldest youngest middle little big kids children".split())


_PLACES = frozenset(
    "school class lesson breakfast registration reg form tutor assembly reception gate gates there".split()
)
#: After one of these the child who had gone is back home, or somebody else has come.
_UNDONE = (("came", "back"), ("turned", "back"), ("came", "home"), ("sent", "home"), ("felt", "sick"), ("come", "back"))


_ONWARD = frozenset(
    "school bus walk walks walking walked take takes taking took drive drives driving drove drop drops dropping dropped"
    " gate gates in registration".split()
)


def _with_family(texts: list[str], hit: Hit) -> bool:
    """ "I dropped her at my mum's at 7, she's ill": not at school; unless they are said to bring her there."""
    left = next((one for one in places_in(" ".join(texts)).left_with() if one.first >= hit.first), None)
    return left is not None and _ONWARD.isdisjoint(texts[left.until :])


def _elsewhere(texts: list[str], hit: Hit) -> bool:
    """ "went to the zoo", "left at 8 but came back", "dropped home", "will drop him Monday": not to school today. "He
    is home, walked out at lunch" was in school until then.
    """
    if _with_family(texts, hit):
        return True
    after = texts[hit.until : hit.until + 9]
    said = texts[hit.first : hit.until + 3]
    if said[0] in ("went", "gone") and "to" in said[: hit.until + 1 - hit.first] and not _PLACES & set(said):
        return True
    if texts[hit.first] in ("left", "went", "set", "sent") and any(
        pair in itertools.pairwise(after) for pair in _UNDONE
    ):
        return True
    if texts[hit.first] == "walked" and texts[hit.until - 1] == "out" and "home" in texts:
        return True
    if texts[hit.first] == "left" and ("early" in after[:2] or "yesterday" in after[:4]):
        return True
    if "other" in texts[hit.first : hit.until] or "home" in texts[hit.first + 1 : hit.until + 1]:
        return True
    if {"yesterday", "friday"} & set(texts[hit.until : hit.until + 2]):
        return True
    before = texts[max(0, hit.first - 3) : hit.first]
    if texts[hit.first] == "sent" and ("would" in before or "should" in before or "could" in before):
        return True
    coming = "will" in before[-2:] or "will" in texts[hit.first : hit.until]
    return coming and hit.phrase.startswith(("drop", "took", "put", "i|we|dad"))


def _there_now(seen: Reading, hits: list[Hit]) -> bool:
    """ "his dentist is tomorrow, he's in school": the reason is of another day."""
    ahead = seen.days.first is not None and seen.days.first > local(seen.message.sent_at).date()
    return ahead and any(hit.phrase.startswith("is") for hit in hits)


def _asks_where(seen: Reading) -> bool:
    """ "So where is he?" with no answer behind it."""
    texts = seen.words.texts
    return any(
        hit.phrase.startswith("where is") and not any(text.isalpha() for text in texts[hit.until :])
        for hit in seen.signals.by.get("lost", ())
    )


def _belongs(texts: list[str], hit: Hit) -> bool:
    """ "can't find Ella's blazer", "my keys": a thing is lost, and not a child."""
    after = texts[hit.until] if hit.until < len(texts) else ""
    return after == "'s" or (texts[hit.until - 1] == "my" and bool(after) and after not in _MINE)


#: "I'm dropping her in now": not there yet, and with the writer.
_UNDER_WAY = frozenset(("dropping", "bringing", "driving"))


def of_school(seen: Reading) -> list[Hit]:
    """The words that say a child is at school or set off, and not in bed, in hospital, or somewhere else."""
    texts = seen.words.texts
    return [
        hit
        for hit in seen.signals.by.get("present", ())
        if texts[hit.first] not in _UNDER_WAY
        and "what" not in texts[max(0, hit.first - 2) : hit.first]
        and not _in_something(seen, hit)
        and not _elsewhere(texts, hit)
        and not _of_a_sibling(seen, hit)
    ]


_IS_IN = frozenset(("is", "'s", "was", "in", "at", "there", "went"))
_WHOSE = frozenset(("his", "her", "their", "the", "little", "big", "older", "younger", "twin"))


def is_of_a_sibling(seen: Reading) -> bool:
    """Whether all that is said of school is of a sibling of whom we did not ask."""
    hits = seen.signals.by.get("present", ())
    return bool(hits) and all(_of_a_sibling(seen, hit) for hit in hits)


def _of_a_sibling(seen: Reading, hit: Hit) -> bool:
    """ "Her brother is in", to why she is away: of a child who can be none of those we asked about."""
    asked, texts, children = seen.message.asked, seen.words.texts, seen.message.children
    if asked is None or not asked.about or hit.first < 2:
        return False
    who, whose = texts[hit.first - 1], texts[hit.first - 2]
    if who not in SEX_OF or whose not in _WHOSE or texts[hit.first] not in _IS_IN:  # "his sister dropped him"
        return False
    return all(sex(child) not in (SEX_OF[who], "") for child in children if child.id in asked.about)


#: How the phrases begin that tell of a child who set off though something ailed it.
_ALL_THE_SAME = (
    "sent", "made|let", "insisted", "gone in", "went in", "took ~1 him", "<kin> ~1 took", "dropped", "walked ~2",
    "got|caught", "put", "got|gets", "told", "packed",
)  # fmt: skip
#: With one of these it came home, or went somewhere else than to school.
_NOT_THERE = frozenset(
    "home fetch collect fetched collected hospital ambulance surgery theatre doctor doctors gp dentist clinic"
    " appointment nan nans gran car bed a&e rang phoned checked medicine calpol temperature still".split()
)


def set_off_all_the_same(seen: Reading) -> bool:
    """ "I sent him in with a cough", "gone in with a headache": whatever ails the child, it set off, and the parent
    believes it in school. Nothing else may be told of today: "sent him in and had to fetch him back".
    """
    children = {child for one in seen.who.named for child in one.children}
    if len(children) > 1 or (not children and len(seen.message.children) > 1) or _told_of_another_day(seen):
        return False
    texts, signals = seen.words.texts, seen.signals
    sent = [hit for hit in of_school(seen) if hit.phrase.startswith(_ALL_THE_SAME) and not _denied(texts, hit)]
    away = [hit for kind in ("absent", "with_me", "not_back", "back") for hit in signals.by.get(kind, ())]
    beside = any(hit.until <= one.first or hit.first >= one.until for one in sent for hit in away)
    return bool(sent) and seen.why.code == "I" and not beside and _NOT_THERE.isdisjoint(texts)


def is_present(seen: Reading, strong: bool) -> float:
    signals, asked = seen.signals, seen.message.asked
    hits = of_school(seen)
    if not hits:
        return 0.0
    sure = [hit for hit in hits if not hit.phrase.startswith(_PRESENT_WEAK)]
    late = _surely_late(seen)
    marked = bool(_MARKED & set(seen.words.texts))
    waiting = asked is not None and asked.kind in ("absence", "reason", "return", "child")
    if asked is not None and asked.kind == "confirm":
        plainly = signals.has("reject") or (
            any(h.phrase == "is ~1 at school" for h in sure) and not signals.has("confirm")
        )
        return 0.85 if sure and plainly and not seen.days.said_return and _school_word(seen) else 0.0
    negative = any(_denied(seen.words.texts, hit) for hit in hits)
    told = seen.times.arrives is not None and seen.times.arrives <= local(seen.message.sent_at).time()
    if waiting and not negative:
        if late or (seen.times.arrives and not told) or seen.times.late_by is not None:
            return (
                0.8
                if sure
                and (told or not seen.times.arrives)
                and not signals.has("late", "late", "missed", "overslept", "traffic", "slept", "stuck")
                and not _future(seen)
                else 0.0
            )
        if seen.days.said_return and not sure:
            return 0.0
        if strong and seen.why.code in ("C2", "M", "E") and not _there_now(seen, hits):
            return 0.0
        if strong and not sure and signals.has("absent"):
            return 0.0
        if (
            asked is not None
            and asked.kind == "return"
            and seen.days.said_return
            and not signals.has("present", "dropped", "is|are|was", "went", "is she|he")
        ):
            return 0.0
        if (
            strong
            and signals.has("absent")
            and not signals.has("present", "dropped", "went in", "walked", "saw", "watched")
        ):
            return 0.0
        return 0.92 if sure else 0.8
    if asked is None and not negative and _claimed(seen, hits) and not _told_of_another_day(seen):
        return 0.85
    if (
        marked
        and (sure or hits)
        and not strong
        and not late
        and not negative
        and not signals.has("absent", "not ~1 be ~2 in", "not ~1 coming", "keep|")
    ):
        asking = "?" in seen.words.texts or signals.has(
            "present", "why", "mistake", "wrong", "error", "marked", "check"
        )
        return 0.85 if asking else 0.0
    return 0.0


_NOT_SCHOOL = frozenset(
    "pieces bed hospital pain bits tears agony a no her his my our isolation trouble plaster the shock mourning bath"
    " intensive resus spain isolation surgery theatre custody care labour tatters".split()
)


_TITLES = frozenset("mrs mr miss ms year reception maths english".split())


def _in_something(seen: Reading, hit: Hit) -> bool:
    """ "she is in pieces", "he is in hospital", "in Scotland", "in the school play": in, but not in school."""
    texts, words = seen.words.texts, seen.words
    after = texts[hit.until] if hit.until < len(texts) else ""
    if texts[hit.until - 1] in ("school", "class"):
        return after in ("play", "team", "choir", "band", "holidays", "production", "show", "nativity")
    if texts[hit.until - 1] != "in" or not after:
        return False
    place = words.words[hit.until].capital and not words.shouting and after not in _TITLES and after.isalpha()
    return place or after in _NOT_SCHOOL


_CLAIM = frozenset("told text texted message app says saying email marked register call called letter rang".split())


def is_claimed(seen: Reading) -> bool:
    """Whether we, or an app of ours, said that a child is away which its parent says is there."""
    hits = [hit for hit in of_school(seen) if not _denied(seen.words.texts, hit)]
    return _claimed(seen, hits) and not _told_of_another_day(seen)


def _claimed(seen: Reading, hits: list[Hit]) -> bool:
    """ "I've been told he isn't in. I dropped him at 8.40": the school's claim, and after it the parent's word."""
    texts = seen.words.texts
    told = next((n for n, text in enumerate(texts) if text in _CLAIM), None)
    if told is None:
        return False
    away = next(
        (n for n in range(told, min(told + 9, len(texts))) if texts[n] in ("absent", "off", "not", "missing")), 0
    )
    return bool(away) and any(hit.first > away for hit in hits)


def _told_of_another_day(seen: Reading) -> bool:
    """Today's register is a matter of minutes; last week's is a complaint."""
    today = local(seen.message.sent_at).date()
    return any(mention.first is not None and mention.first != today for mention, _ in seen.days.roles)


def _future(seen: Reading) -> bool:
    return bool(seen.times.roles) and any(role == "arrives" for _, role in seen.times.roles)


def _school_word(seen: Reading) -> bool:
    return any(word in seen.words.texts for word in ("school", "dropped", "class", "registration", "in", "there"))


def _denied(texts: list[str], hit: Hit) -> bool:
    if "not" in hit.phrase or "?" in texts[hit.until : hit.until + 6]:
        return False
    before = texts[max(0, hit.first - 2) : hit.first]
    for mark in (",", ".", "!", "?"):
        if mark in before:
            before = before[len(before) - before[::-1].index(mark) :]
    if before[-1:] in (["we"], ["i"]) and texts[hit.first] in ("are", "am"):
        return True
    return "not" in before or "if" in before or "never" in before or "when" in before or "to" in before[-1:]


def _surely_late(seen: Reading) -> bool:
    signals = seen.signals
    return signals.has("late", *_LATE_SURE)
