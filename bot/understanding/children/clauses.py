"""Clauses: who each part of the message is about, so that "Mo is ill, Ella will be in" makes one report and not two."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.children.named import Named, Who, ids_of
from bot.understanding.words.normalise import STOPS, Words
from bot.understanding.words.phrases import Hit

_OBJECT = frozenset("with of from by to after like for than about and or".split())
_LINKS = frozenset(
    (
        "and",
        "an",
        ",",
        "&",
        "/",
        "+",
        "or",
        "both",
        "my",
        "my",
        "our",
        "the",
        "'s",
        "his",
        "her",
        "with",
        "plus",
        "child",
        "son",
        "daughter",
        "brother",
        "sister",
        "too",
    )
)
_SIBLINGS = frozenset("brother sister twin brothers sisters stepbrother stepsister cousin friend mate".split())
_SIZES = frozenset("big little older younger twin baby eldest step".split())
_BELONGINGS = frozenset(
    "car bus bike phone bag coat lunch kit teacher friend mate class school book shoes laptop".split()
)
_SO_TOO = (
    ["so", "is"], ["so", "has"], ["so", "are"], ["so", "does"], ["so", "was"], ["so", "did"], ["so", "had"],
    ["same", "for"], ["same", "with"], ["ditto", "for"],
)  # fmt: skip
#: What may stand between a name and the word with which one thing is told of two children; with an open question about
#: the first of them, that the other one is away as well.
_OF_BOTH = frozenset("is has 's got caught it the all exactly feeling".split())
_AWAY_TOO = _OF_BOTH | frozenset("off home ill sick poorly unwell down with".split())
_LIKEWISE = frozenset("too also likewise same ditto".split())
#: What may follow "and so did Hattie" at once, of both: when they come.
_OF_THEM = frozenset("there in will be they both should coming at by about arriving on running late hopefully".split())
_GOES_ON = frozenset(", - and i sorry thanks thank ta cheers please x xx".split())
#: How a text ends.
_ENDS = frozenset("x xx xxx thanks thank ta cheers please today sorry many kind regards".split())
_SPARED = frozenset(("except", "apart", "bar", "excluding", "besides"))
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday mon tue tues wed weds thu thur thurs fri tomorrow tom".split()
)
OTHERS = frozenset(("other", "others", "rest"))
_STAYS = frozenset("stay stays staying stop stops stopping remain remaining".split())
_FETCHED = frozenset("collected fetched collecting fetching".split())
#: Where others stay who are not in school ("home time" is when they leave it).
_NOT_IN_SCHOOL = frozenset(
    "off away bed house with me us nan nans grandma aunt auntie dad dads mum mums too not".split()
)
_NO_SCHOOL = frozenset("hospital bed agony pain tears bits plaster theatre surgery a&e resus isolation".split())
_WHERE_ONE_IS_SEEN = frozenset(
    "hospital doctor doctors docs gp dentist dentists a&e optician opticians orthodontist clinic surgery".split()
)
#: "Not" in other languages, right before what is said of a child that is well or comes, or behind it.
_NOT_ABROAD = frozenset(
    "nie nu nao nunca non ne nicht kein keine nem ma ddim pas degil nahi nahin nai na tampoco ei niet не няма ні"
    " ليس ليست مو مش لن لا ما نہیں না নাই 不 沒 没".split()
)
TURNS = frozenset("but while whereas although however though".split())


@dataclass(slots=True)
class Clause:
    """Words `first` up to `until`; `children` are those it names (all of a list), empty when it names nobody."""

    first: int
    until: int
    children: tuple[str, ...] = ()
    well: bool = False


def read_clauses(words: Words, who: Who, hits: Sequence[Hit]) -> list[Clause]:
    """Cut at sentence ends, at "but", and where another child becomes the subject."""
    texts = words.texts
    bounds = {0}
    for number, text in enumerate(texts):
        if text in STOPS or text in TURNS:
            bounds.add(number + (1 if text in STOPS else 0))
    previous: Named | None = None
    for named in who.named:
        if previous is not None and set(named.children) != set(previous.children):
            between = without_the_class(texts[previous.until : named.first])
            own_day = _day_for(texts, previous.first) and not _DAYS.isdisjoint(texts[named.until : named.until + 1])
            linked = all(t in _LINKS for t in between) and len(between) < 5 and not own_day
            spared = next((n for n in range(previous.until, named.first) if texts[n] in _SPARED), None)
            if spared is not None:
                bounds.add(spared)
            elif (day := _day_for(texts, named.first)) > previous.until:
                bounds.add(day)
            elif texts[max(0, named.first - 2) : named.first] == ["late", "with"]:
                # "Tess is ill, I'll be late with Vic"
                bounds.add(_where_it_begins(texts, named.first, previous.until))
            elif (
                not linked
                and not so_too(texts, previous.until, named)
                and not (named.first and texts[named.first - 1] in _OBJECT - {"and", "or"})
            ):
                start = named.first
                while start > previous.until and texts[start - 1] in (
                    "and",
                    ",",
                    "-",
                    "my",
                    "our",
                    "the",
                    "so",
                    "or",
                    "his",
                    "her",
                ):
                    start -= 1
                bounds.add(_with_what_is_not_known(texts, start, previous.until))
        previous = named
    if who.strangers:  # "Jack is ill, Tom is fine": one clause about each
        bounds.update(number for number, _ in who.strangers)
        bounds.update(named.first for named in who.named)
    edges = [*sorted(bound for bound in bounds if bound < len(texts)), len(texts)]
    clauses = [Clause(a, b) for a, b in itertools.pairwise(edges) if b > a]
    several = len(ids_of(who.named)) > 1
    for clause in clauses:
        inside = [
            named
            for named in who.named
            if clause.first <= named.first < clause.until and not only_owner(texts, named, several)
        ]
        clause.children = ids_of([named for named in inside if named.certainty >= 0.5])
    _mark_well(clauses, hits, texts)
    return clauses


def without_the_class(between: Sequence[str]) -> list[str]:
    """ "Ann in year 2 and Bo": what stands between two names, but for the year of the first."""
    if between[:2] in (["in", "year"], ["in", "y"], ["in", "yr"]) and between[2:3] and between[2].isdigit():
        return list(between[3:])
    return list(between)


def _day_for(texts: Sequence[str], name: int) -> int:
    """ "Both off. Thursday for Ann, Friday for Bo": where the day stands that is for whom `name` names; else 0."""
    if name < 2 or texts[name - 1] != "for" or texts[name - 2] not in _DAYS:
        return 0
    return name - 2


def so_too(texts: Sequence[str], since: int, named: Named) -> bool:
    """ "Kate is ill and so is Liam", "Kate is ill, Liam too", "Liam same": one thing is told of both."""
    alike = list(texts[max(since, named.first - 2) : named.first]) in _SO_TOO
    end = named.until if alike else _likewise(texts, named.until, _OF_BOTH)
    ends = bool(end) and (end == len(texts) or texts[end] in STOPS | _GOES_ON | _ENDS)
    return ends or (alike and texts[end] in _OF_THEM)


def is_off_too(texts: Sequence[str], named: Named) -> bool:
    """ "He has a temp and so does his sister", "and his sister", "his sister is off too", of a child asked about."""
    ends = named.until == len(texts) or texts[named.until] in STOPS
    beside = ends and named.first > 1 and texts[named.first - 1] in ("and", "&", "+", "plus")
    if beside or so_too(texts, 0, named):
        return True
    end = _likewise(texts, named.until, _AWAY_TOO)
    return bool(end) and (end == len(texts) or texts[end] in STOPS | _GOES_ON | _ENDS or texts[end] == "so")


def _likewise(texts: Sequence[str], at: int, between: frozenset[str]) -> int:
    """Where the word ends that says "as well" of the child named before; 0 where there is none."""
    for number in range(at, min(len(texts), at + 6)):
        if texts[number] in _LIKEWISE:
            return number + 1
        if texts[number : number + 2] == ["as", "well"]:
            return number + 2
        if texts[number] == "now" and "it" in texts[at:number]:
            return number + 1
        if texts[number] not in between:
            return 0
    return 0


def _with_what_is_not_known(texts: Sequence[str], start: int, floor: int) -> int:
    """ "Tess is ill, not sure where Vic is": what is not known of Vic is said before his name."""
    if texts[start - 1 : start] != ["where"]:
        return start
    return _where_it_begins(texts, start, floor)


def _where_it_begins(texts: Sequence[str], start: int, floor: int) -> int:
    """Back to the comma, or the "and", before what is said there."""
    while start > floor and texts[start - 1] not in (",", "-", "and", "but", "so") and texts[start - 1] not in STOPS:
        start -= 1
    return start


def only_owner(texts: Sequence[str], named: Named, others: bool) -> bool:
    """ "Sam's brother is ill", "Rob's car broke down but Nell ...": the name only says whose it is."""
    if texts[named.until : named.until + 1] != ["'s"]:
        return False
    owned = list(texts[named.until + 1 : named.until + 3])
    if owned and owned[0] in _SIZES:
        del owned[0]
    if owned[:1] == ["bus"] and owned[1:] != ["pass"]:
        return False  # "Ella's bus broke down": it is Ella who is not here
    return bool(owned) and (owned[0] in _SIBLINGS or (others and owned[0] in _BELONGINGS))


def _goes_elsewhere(texts: Sequence[str], until: int) -> bool:
    """ "Ivy is in hospital", "is in bed", "is going to the doctors", "is coming down with it": no word of school."""
    if texts[until - 1] == "in":
        return not _NO_SCHOOL.isdisjoint(texts[until : until + 1])
    if texts[until - 1] in ("going", "coming"):
        behind = texts[until : until + 4]
        return behind[:2] in (["down", "with"], ["out", "in"]) or (
            behind[:1] == ["to"] and not _WHERE_ONE_IS_SEEN.isdisjoint(behind[1:])
        )
    return False


def is_seen_to(texts: Sequence[str], named: Named) -> bool:
    """ "Ivy is in hospital", "Ivy's at the doctors", "Ivy is going to the dentist"."""
    at = named.until
    if texts[at : at + 1] not in (["is"], ["'s"]):
        return False
    at += 1 + (texts[at + 1 : at + 2] in (["going"], ["still"], ["now"]))
    behind = [text for text in texts[at : at + 3] if text not in ("the", "to", "at", "in", "a")]
    return texts[at : at + 1] in (["in"], ["at"], ["to"]) and not _WHERE_ONE_IS_SEEN.isdisjoint(behind[:1])


def _stays_on(clause: Clause, texts: Sequence[str]) -> bool:
    """ "The other two are staying", and "Jude is staying" where another one was fetched: in school, where nobody says
    at home.
    """
    own = texts[clause.first : clause.until]
    others = next((at for at, text in enumerate(own) if text in OTHERS), None)
    stays = next((at for at, text in enumerate(own) if text in _STAYS), 0)
    first = others if others is not None else 0 if clause.children and _is_fetched(texts[: clause.first]) else stays
    home = any(text == "home" and own[at + 1 : at + 2] != ["time"] for at, text in enumerate(own))
    return first < stays and not home and _NOT_IN_SCHOOL.isdisjoint(own)


def _is_fetched(before: Sequence[str]) -> bool:
    return not _FETCHED.isdisjoint(before) or ("picked" in before and "up" in before)


def _mark_well(clauses: list[Clause], hits: Sequence[Hit], texts: Sequence[str]) -> None:
    for clause in clauses:
        inside = [hit for hit in hits if clause.first <= hit.first and hit.until <= clause.until]
        fine = any(
            hit.tag == "kind:fine"
            and not {"none", "neither", "nobody"} & set(texts[clause.first : hit.first])
            and not _goes_elsewhere(texts, hit.until)
            and _NOT_ABROAD.isdisjoint((*texts[max(0, hit.first - 2) : hit.first], *texts[hit.until : hit.until + 1]))
            for hit in inside
        )
        away = any(
            hit.tag in ("kind:absent", "kind:late") or (hit.tag.startswith("why:") and hit.tag.endswith(":strong"))
            for hit in inside
            if not (fine and hit.tag == "kind:late" and hit.phrase.startswith(("on ~1 way", "on my", "en route")))
            and not (hit.phrase.startswith("on ~1 way") and OTHERS & set(texts[clause.first : clause.until]))
            and not (hit.until - hit.first == 1 and hit.phrase in ("away", "out", "soon", "leave"))
        )
        fine = fine or _stays_on(clause, texts)
        coming = any(hit.phrase.startswith("on ~1 way") for hit in inside)
        clause.well = (fine or (coming and bool(OTHERS & set(texts[clause.first : clause.until])))) and not away
