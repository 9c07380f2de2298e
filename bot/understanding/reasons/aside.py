"""Asides: what a reason's words are worth where they stand. "The doctor says it is a virus" is no appointment,
"had his jabs yesterday" is over, "sick of school" is no illness, "gran had her scan" is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.children.named import Who
from bot.understanding.data import table
from bot.understanding.words.normalise import STOPS
from bot.understanding.words.phrases import Hit

#: Full weight, but an aside as soon as an illness of the child's is told as well.
UNLESS_ILL = 0.999
#: What an aside still weighs beside a reason of the child's own.
ASIDE = 0.35
_BREAKS = STOPS | {",", "-", "but"}
#: What a doctor does in a remark. With one of these behind, the doctor is where the advice came from.
_TELLS = frozenset(
    "said says saying say thinks thought reckons reckoned told tells advised advises advice confirmed confirms"
    " diagnosed suspects suspected prescribed gave given rang called phoned wants wanted suggested recommends"
    " recommended cancelled canceled signed agreed believes found".split()
)
_LOCATED = frozenset("right near next opposite by road roundabout roadworks traffic lights hill end corner".split())
_PAST = frozenset("had been saw seen went visited took since after from following recovering recovery because".split())
_PAST_DAYS = frozenset("yesterday last ago saturday sunday weekend overnight".split())
_WORKS = frozenset("work works working job shift shifts nurse".split())
_LUCKY = frozenset(
    "lucky hot cold tired on good easy funny end body leg legs arm arms chuffed sorry keen busy loud quiet sore rough"
    " bad poorly ill weird slow quick nice cute proud happy excited impressed right wrong late early tight long heavy"
    " eyed set against line white pale sick bored battery phone".split()
)
_WEARY = frozenset(("of",))
#: "a cold" is an illness, "a cold morning" is weather.
_COLD_THINGS = frozenset(
    "day days morning weather outside house water night room snap spell walk wind feet shoulder classroom hands air"
    " start bath flannel compress shower drink front".split()
)
#: A festival that was on another day, or is not what it is for: "Eid was yesterday", "nothing to do with Diwali".
_WAS, _IS = frozenset(("was", "were")), frozenset(("is", "was", "'s", "are", "finished"))
_GONE = frozenset("yesterday last over gone finished weekend weeks saturday sunday only weekends".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday".split())
#: Clothes for a wedding are tried on before it; a child who is "dying" of something is ill.
_FITTED = frozenset(("fitting", "fittings", "fitted", "measured", "measuring", "altering", "alterations"))
_CLOTHES = frozenset("dress dresses suit suits kilt bridesmaid bridesmaids pageboy gown outfit waistcoat".split())
_REFUSED, _OF_A_CHILD = ("O",), ("I",)
#: Beside one of these the family travels as well.
_AWAY = frozenset("holiday holidays trip till until away week weeks fortnight days nights".split())
_RIDES = frozenset(("train", "trains", "bus", "tram", "ferry", "coach", "flight", "plane", "connection", "metro"))
_NOT_RUNNING = frozenset(
    "cancelled canceled strike strikes striking snow flood flooding shut closed running suspended landslip".split()
)
_HIS = frozenset(("his", "her", "their", "the"))
_SEEING = frozenset(("see", "sees", "seeing", "seen"))
_APPOINTMENTS = frozenset(("appointment", "appointments"))
_OTHER_APPOINTMENTS = {"kind:errand": ("O",), "kind:formality": ("C", "O")}
_NO_ILLNESS = frozenset("to for laughing laughter boredom hair".split())
_COPES, _WRITERS = frozenset(("cope", "coping")), frozenset(("i", "we"))
#: "The flu jab" is no flu.
JABS = frozenset(
    "jab jabs vaccine vaccines vaccination vaccinations booster boosters injection injections spray".split()
)
_TOLD_TO_STAY = re.compile(
    r"\b(?:hosp|hospital|doctors?|dr|gp|nurse|consultant|paramedics?|111|a and e|pharmacist|clinic) (?:has |have |is )?"
    r"(?:just )?(?:said|says|say|told|advised|advise|advising|saying|wants?|recommend\w*|thinks?|reckons?)"
    r" (?:\w+ ){0,4}?(?:keep\w*|stay\w*|rest\w*|should not go|not to (?:go|come|send)|is not to)\b"
)
_DISTANT = frozenset("friend mate cousin niece nephew".split())
_CLOCK = re.compile(r"\d{1,2}(?:[.:]\d{2})?$|half$|noon$")


def _around(texts: Sequence[str], hit: Hit, back: int, ahead: int) -> tuple[list[str], list[str]]:
    """The words before and behind a phrase in its own part of the sentence."""
    before: list[str] = []
    for number in range(hit.first - 1, max(-1, hit.first - 1 - back), -1):
        if texts[number] in _BREAKS:
            break
        before.insert(0, texts[number])
    behind: list[str] = []
    for number in range(hit.until, min(len(texts), hit.until + ahead)):
        if texts[number] in _BREAKS:
            break
        behind.append(texts[number])
    return before, behind


def worth(texts: Sequence[str], hit: Hit, code: str, kin: frozenset[str]) -> float:
    """1 for a reason in its plain sense, `ASIDE` for a remark, 0 for words that mean something else here."""
    word = texts[hit.first]
    following = texts[hit.until] if hit.until < len(texts) else ""
    if code == "I":
        if texts[hit.until - 1] == "cold" and following in _COLD_THINGS:
            return 0.0
        if _is_the_writer(texts, hit) or following in JABS:
            return 0.0
        if _is_seen_about(texts, hit):
            return ASIDE
        return 0.0 if word in ("sick", "ill", "tired") and following in _WEARY and hit.until - hit.first == 1 else 1.0
    if code == "C" and word in ("dead", "dying", "died", "killed"):
        return _death(texts, hit, kin, following)
    if code == "M":
        return _appointment(texts, hit)
    if code == "G" and word.startswith("holiday"):
        before, _ = _around(texts, hit, 3, 0)
        school = before[-1:] and before[-1] in ("bank", "school", "public", "term", "happy")
        return 0.0 if school or {"after", "before", "until", "since", "over"} & set(before) else 1.0
    return 1.0


def _is_the_writer(texts: Sequence[str], hit: Hit) -> bool:
    """ "I can't cope anymore", "we are not coping": no illness of the child's; it is heard by the layer of danger."""
    coping = not _COPES.isdisjoint(texts[hit.first : hit.until])
    return coping and not _WRITERS.isdisjoint(texts[max(0, hit.first - 2) : hit.first])


def _is_seen_about(texts: Sequence[str], hit: Hit) -> bool:
    """ "Seeing the nurse about his asthma": what the appointment is for."""
    if texts[hit.first - 2 : hit.first - 1] != ["about"] or texts[hit.first - 1] not in _HIS:
        return False
    return not _SEEING.isdisjoint(_around(texts, hit, 9, 0)[0])


def not_so_meant(texts: Sequence[str], hits: Sequence[Hit], who: Who, code: str) -> tuple[str, ...] | None:
    """The reasons among which it is, where words that stand for `code` mean something else here."""
    if code == "R":
        festivals = [hit for hit in hits if hit.tag.startswith("why:R:") and not hit.tag.endswith(":weak")]
        return ("O", "C", "G") if festivals and all(_another_day(texts, hit) for hit in festivals) else None
    if code in ("C", "G") and any(
        text in _FITTED and not _CLOTHES.isdisjoint(texts[max(0, at - 4) : at + 5]) for at, text in enumerate(texts)
    ):
        return _REFUSED
    if code == "G" and any(hit.tag == "kind:met" for hit in hits):
        return _REFUSED if _AWAY.isdisjoint(texts) else None
    if code == "Y2":
        return ("O",) if _missed_it(texts) else None
    if code == "M":
        return ("I",) if is_told_to_stay(texts) else _no_medical_one(texts, hits)
    if code == "I":
        return ("O",) if _heat_of_the_day(hits) else ("M",) if _only_a_jab(texts, hits) else None
    if code == "O" and any(hit.tag == "kind:last_days" for hit in hits):
        return ("C",)
    return _OF_A_CHILD if code in ("C", "O", "N") and _dies_of_a_cold(texts, who) else None


def is_told_to_stay(texts: Sequence[str]) -> bool:
    """ "The hospital said to keep him home": what the doctor says of an illness is no appointment."""
    line = " ".join(texts)
    return _TOLD_TO_STAY.search(line) is not None and _APPOINTMENTS.isdisjoint(texts)


def _no_medical_one(texts: Sequence[str], hits: Sequence[Hit]) -> tuple[str, ...] | None:
    """ "Hair appointment at 10", "an appointment at the bank", and no word of a doctor beside it."""
    kinds = [hit for hit in hits if hit.tag in _OTHER_APPOINTMENTS]
    medical = (hit for hit in hits if hit.tag.startswith("why:M:") and not hit.tag.endswith(":weak"))
    if not kinds or not all(_APPOINTMENTS & set(texts[hit.first : hit.until]) for hit in medical):
        return None
    return _OTHER_APPOINTMENTS[kinds[0].tag]


def _heat_of_the_day(hits: Sequence[Hit]) -> bool:
    """ "Too hot for him in that classroom", "31 degrees in there yesterday", and no word of an illness."""
    hot = any(hit.tag == "kind:heat" for hit in hits)
    return hot and not any(hit.tag.startswith("why:I:") and not hit.tag.endswith(":weak") for hit in hits)


def _only_a_jab(texts: Sequence[str], hits: Sequence[Hit]) -> bool:
    """ "Off for his flu jab": what the jab is for is no illness, and no other is told."""
    ill = [hit for hit in hits if hit.tag.startswith("why:I:")]
    jabs = {at for at, text in enumerate(texts) if text in JABS}
    return bool(ill) and all(not jabs.isdisjoint(range(hit.first, hit.until + 1)) for hit in ill)


def _missed_it(texts: Sequence[str]) -> bool:
    """ "Missed the last train": it ran, and without the child."""
    missed = any(text in _RIDES and "missed" in texts[max(0, at - 4) : at] for at, text in enumerate(texts))
    return missed and _NOT_RUNNING.isdisjoint(texts)


def _another_day(texts: Sequence[str], hit: Hit) -> bool:
    before, behind = _around(texts, hit, 5, 5)
    if before[-2:] in (["not", "for"], ["do", "with"], ["not", "about"]):
        return True
    if not behind or behind[0] not in _IS:
        return False
    return not _GONE.isdisjoint(behind) or (behind[0] in _WAS and not _DAYS.isdisjoint(behind[:3]))


def _dies_of_a_cold(texts: Sequence[str], who: Who) -> bool:
    """ "He has his mocks and he's dying": the child itself, and nobody whom it mourns."""
    people = table("people.toml")["sets"]
    if "dying" not in texts or not {*people["kin"], *people["mourned"]}.isdisjoint(texts):
        return False
    at = list(texts).index("dying")
    child = {named.until for named in who.named}
    it_is = texts[at - 1 : at] in (["is"], ["'s"]) and (texts[at - 2 : at - 1] in (["he"], ["she"]) or at - 1 in child)
    return it_is and _NO_ILLNESS.isdisjoint(texts[at + 1 : at + 3])


def specific(hits: Sequence[Hit]) -> list[Hit]:
    """Without the words inside a longer phrase of another reason: "passport appointment" is no medical one."""
    over: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.until - hit.first > 1 and hit.tag.endswith(":strong"):
            for number in range(hit.first, hit.until):
                over.setdefault(number, []).append(hit)
    return [hit for hit in hits if not any(_inside(hit, other) for other in over.get(hit.first, ()))]


def _inside(hit: Hit, other: Hit) -> bool:
    longer = other.until - other.first > hit.until - hit.first
    return longer and hit.until <= other.until and other.tag.split(":")[1] != hit.tag.split(":")[1]


def _death(texts: Sequence[str], hit: Hit, kin: frozenset[str], following: str) -> float:
    """ "dead lucky", "dying of man flu": a death needs somebody who died."""
    before, behind = _around(texts, hit, 8, 6)
    mourned = kin | frozenset(table("people.toml")["sets"]["mourned"])
    if following in _LUCKY or (
        texts[hit.first] == "dying" and following in ("of", "to", "for") and not kin & set(before)
    ):
        return 0.0
    return 1.0 if mourned & {*before, *behind} or hit.until - hit.first > 1 else ASIDE


def _appointment(texts: Sequence[str], hit: Hit) -> float:
    before, behind = _around(texts, hit, 5, 5)
    if _TELLS & set(behind[:3]) and not {"appointment", "appointments"} & set(behind[:2]):
        return UNLESS_ILL if timed(texts, hit) else ASIDE
    if {"is", "are", "was", "'s"} & set(behind[:3]) and _LOCATED & set(behind[:5]):
        return ASIDE
    if "at" in behind[:1] and "school" in behind[1:2]:
        return ASIDE
    if _WORKS & set(before[-4:]) or {"shift", "where"} & set(behind[:1]):
        return ASIDE
    past = _PAST & set(before)
    if past and (_PAST_DAYS & {*before, *behind} or {"since", "after", "from", "following"} & set(before[-3:])):
        return UNLESS_ILL
    if {"yesterday", "last"} & set(behind[:3]):
        return UNLESS_ILL
    if {"recovering", "recovery", "recuperating", "healing"} & set(before):
        return ASIDE
    return 1.0


def timed(texts: Sequence[str], hit: Hit) -> bool:
    """True when a clock time stands beside an appointment's words: "doctors at 9.30", "9.30 nurse"."""
    before, behind = _around(texts, hit, 2, 6)
    return any(_CLOCK.match(word) for word in (*before, *texts[hit.first : hit.until], *behind))


def wedding_away(texts: Sequence[str], close: bool) -> bool:
    """A wedding abroad is a journey, unless it is that of a parent, sibling, aunt or uncle."""
    words = set(texts)
    sets = table("people.toml")["sets"]
    return bool(words & {"wedding", "married", "marries"} and words & frozenset(sets["abroad"])) and not close


def close_wedding(texts: Sequence[str]) -> bool:
    """ "my brother's wedding", "his auntie is getting married": whose wedding it is, among close relatives."""
    close = frozenset(table("people.toml")["sets"]["close"])
    for number, text in enumerate(texts):
        if text not in ("wedding", "married", "marries", "marry", "marrying"):
            continue
        further = _DISTANT & set(texts[max(0, number - 3) : number])
        if close & set(texts[max(0, number - 5) : number]) and not further:
            return True
    return False
