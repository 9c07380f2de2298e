"""Readings that need the words beside: "ill bring him" is "I will", "the morn" tomorrow, "1/2 an hour" half an hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.understanding.words.word import Word

#: "ill" and "well" are a state or "I'll" and "we'll": with one of these words behind they are the latter.
_DOING = frozenset(
    "be bring text ring call let send pick fetch drop take collect keep see get have come try phone email update make"
    " do also still just probably give tell pop wait need speak go message walk drive hand"
    " explain".split()
)
#: Scots: "he'll no be in", "she's no well".
_SCOTS = frozenset("will is 's are was can be".split())
_SCOTS_NOT = frozenset("be in well coming right back going gannin himself herself too very at".split())
_AT_THE_END = frozenset(
    (
        *("", ".", ",", "!", "?", "x", "xx", "hopefully", "morning", "am", "pm", "thanks", "ta"),
        *("when", "if", "once", "as", "after", "all", "or", "but", "maybe", "probably"),
    )
)
_BEHIND_NOT_TOMORROW = frozenset("either monday tuesday wednesday thursday friday its it but more make".split())
_PARTS, _OF_AN_HOUR = ("1/2", "1/4"), ("an", "hour", "of")
_HALVED = ("term", "terms", "day", "days", "a", "his", "her", "the", "their")
_DAYS_OF_MONTH = frozenset(str(dom) for dom in range(1, 32))
SHORT_MONTHS = {
    "jan": "january",
    "feb": "february",
    "mar": "march",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september",
    "sept": "september",
    "oct": "october",
    "nov": "november",
    "dec": "december",
}
_OF_WHAT = ("the", "this", "term", "week")
_STATES = ("is", "not", "was", "very", "really", "still")
_OPENINGS = (".", ",", "so", "and", "but", "", "then")
_WE_OPENINGS = (".", ",", "so", "and", "because", "no", "nope", "yes", "yeah", "sorry", "")
_THEY_WERE = ("you", "they", "the", "there")
_TENS = ("20", "30", "40", "50")


def _scots_day(word: Word, after: str) -> bool:
    """ "the day" and "the morn" at the end of what is said are today and tomorrow."""
    return word.raw.lower() == "morn" or (word.text == "day" and after in ("", ",", ".", "!", "so", "but"))


def _short_month(word: Word, before: str) -> str:
    """ "14 Jan", also where a child of that name is on the list: behind a number of a day it is the month."""
    dom = before.removesuffix("th")
    return SHORT_MONTHS.get(word.text, "") if dom in _DAYS_OF_MONTH else ""


def _short_tomorrow(word: Word, before: str, after: str, named: bool) -> bool:
    """ "back tom", "not tom monday": tomorrow, and no boy of that name (`named`: one of the children is)."""
    if word.raw != "tom":
        return False
    denied = before == "not" and not named and (after in _AT_THE_END or after in _BEHIND_NOT_TOMORROW)
    return denied or (before in ("back", "until", "till", "again", "in") and after in _AT_THE_END)


def _part_of(text: str, after: str) -> tuple[str, ...]:
    """ "1/2 hour", "1/2 an hour", "1/4 of an hour" as they are said; never the first of February."""
    half = text == "1/2"
    if after == "hour":
        return ("half", "an") if half else ("quarter", "of", "an")
    return ("half",) if half else ("quarter",)


@dataclass(frozen=True, slots=True)
class _Place:
    """A word between the last of those that stand already (`out`) and the bare next one. `names`: the children's."""

    word: Word
    after: str
    out: list[Word]
    names: frozenset[str]

    @property
    def text(self) -> str:
        """The bare word."""
        return self.word.text

    @property
    def before(self) -> str:
        """The bare word before it, "" at the beginning."""
        return self.out[-1].text if self.out else ""

    def as_(self, *texts: str) -> list[Word]:
        """Other words in its place; only the first has its capital."""
        word = self.word
        return [Word(text, word.start, word.end, word.capital and not n, word.raw) for n, text in enumerate(texts)]


def _scots_not(place: _Place) -> list[Word] | None:
    """ "He'll no be in"."""
    return place.as_("not") if place.text == "no" and place.before in _SCOTS and place.after in _SCOTS_NOT else None


def _of(place: _Place) -> list[Word] | None:
    """ "The start o' the week"."""
    return place.as_("of") if place.text in ("o", "o'") and place.after in _OF_WHAT else None


def _part(place: _Place) -> list[Word] | None:
    """ "1/2 hour", "1/4 of an hour", "1/2 term"."""
    if place.text not in _PARTS:
        return None
    said = place.after in _OF_AN_HOUR or (place.text == "1/2" and place.after in _HALVED)
    return place.as_(*_part_of(place.text, place.after)) if said else None


def _month(place: _Place) -> list[Word] | None:
    month = _short_month(place.word, place.before)
    return place.as_(month) if month else None


def _about(place: _Place) -> list[Word] | None:
    """ "Bout 10", "bout hour"."""
    if place.text != "bout" or not (place.after.isdecimal() or place.after in ("an", "half", "hour")):
        return None
    return place.as_("about", "an") if place.after == "hour" else place.as_("about")


def _tomorrow(place: _Place) -> list[Word] | None:
    named = "tom" in place.names
    return place.as_("tomorrow") if _short_tomorrow(place.word, place.before, place.after, named) else None


def _today(place: _Place) -> list[Word] | None:
    """ "The day" and "the morn" are one word each, which begins where "the" did."""
    all_the_day = [word.text for word in place.out[-2:]] == ["all", "the"]
    if place.before != "the" or all_the_day or not _scots_day(place.word, place.after):
        return None
    word, the = place.word, place.out.pop()
    return [Word("today" if place.text == "day" else "tomorrow", the.start, word.end, False, word.raw)]


def _will(place: _Place) -> list[Word] | None:
    """ "Ill bring him", "shell be late", "well ring": a pronoun and what will be done. "Il" alone is ill."""
    text, does = place.text, place.after in _DOING
    if text in ("ill", "il") and does and place.before not in _STATES:
        return place.as_("i", "will")
    if text == "il":
        return place.as_("ill")
    if text in ("shell", "hell") and does and place.before not in ("the", "like", "bloody", "to"):
        return place.as_(text[:-2], "will")
    return place.as_("we", "will") if text == "well" and does and place.before in _OPENINGS else None


def _we_are(place: _Place) -> list[Word] | None:
    """ "Were running late"."""
    opens = place.text == "were" and place.before in _WE_OPENINGS and place.after not in _THEY_WERE
    return place.as_("we", "are") if opens else None


def _twenty_three(place: _Place) -> list[Word] | None:
    word = place.word
    if place.before not in _TENS or not (word.text.isdigit() and len(word.text) == 1):
        return None
    if not (place.out[-1].raw.isalpha() and word.raw.isalpha()):
        return None
    tens = place.out.pop()
    return [Word(str(int(tens.text) + int(word.text)), tens.start, word.end, False, tens.raw)]


#: By the bare word that is read; without a reading, and where it answers None, the word stays as it is.
_READINGS: Mapping[str, Callable[[_Place], list[Word] | None]] = {
    "no": _scots_not,
    **dict.fromkeys(("o", "o'"), _of),
    **dict.fromkeys(_PARTS, _part),
    **dict.fromkeys(SHORT_MONTHS, _month),
    "bout": _about,
    "tom": _tomorrow,
    **dict.fromkeys(("day", "morn", "morning"), _today),
    **dict.fromkeys(("ill", "il", "shell", "hell", "well"), _will),
    "were": _we_are,
    **dict.fromkeys("0123456789", _twenty_three),
}


def mend(found: list[Word], names: frozenset[str] = frozenset()) -> list[Word]:
    """The words with those put right that the words beside them make something else. `names`: the children's."""
    out: list[Word] = []
    for number, word in enumerate(found):
        reading = _READINGS.get(word.text)
        after = found[number + 1].text if number + 1 < len(found) else ""
        read = reading(_Place(word, after, out, names)) if reading is not None else None
        out += (word,) if read is None else read
    return out
