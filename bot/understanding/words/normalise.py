"""From the parent's characters to words: spelling, text-speak, contractions, numbers, pictures.

Every word keeps the span of the original text that it came from, so that staff can be shown what was read.
"""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.understanding.data import table
from bot.understanding.words.salutation import without_titles
from bot.understanding.words.the_back import with_the_body_part

#: Nothing after this many characters is read; the rest of a longer text goes to a person anyway.
LONGEST = 2_000

_PIECE = re.compile(
    r"(?P<mixed>(?i:b4|l8r?|gr8|w8|m8|str8)\b|(?<!\w)[AM]\d{1,4}\b|(?<=\bthe )[am]\d{1,4}\b)"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?![\d/]|\.\d))"
    r"|(?P<number>\d+(?:[/.,]\d+)*)"
    r"|(?P<sign>[\u4e00-\u9fff])"
    r"|(?P<word>(?:(?![\u4e00-\u9fff])[^\W\d_])+(?:['’`´][^\W\d_]+)*['’]?)"
    r"|(?P<stop>[.!?;\n。！？；؟؛۔]+)"
    r"|(?P<mark>[^\s\w])",
)
_ENDINGS: Mapping[str, str] = {
    "'ll": "will",
    "'ve": "have",
    "'re": "are",
    "'m": "am",
    "'d": "would",
}
_IS = frozenset("he she it that there what who where here how this mum dad everyone".split())
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
#: "ill" and "well" are a state or "I'll" and "we'll": with one of these words behind they are the latter.
_DOING = frozenset(
    "be bring text ring call let send pick fetch drop take collect keep see get have come try phone email update make do"
    " also still just probably give tell pop wait need speak go message walk drive hand".split()
)
#: Scots: "he'll no be in", "she's no well".
_SCOTS = frozenset("will is 's are was can be".split())
_SCOTS_NOT = frozenset("be in well coming right back going gannin himself herself too very at".split())
STOPS = frozenset((".", "!", "?", ";"))
_WIDE = {"\n": ".", "。": ".", "！": "!", "？": "?", "；": ";", "؟": "?", "؛": ";", "۔": "."}


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the layers read it. `start` and `end` are offsets in the parent's text; `capital` as it was written."""

    text: str
    start: int
    end: int
    capital: bool
    raw: str


@dataclass(frozen=True)
class Words:
    """A message as words. `line` is the words with single blanks between them, for the date grammar."""

    words: tuple[Word, ...]
    original: str
    cut: bool = False
    offsets: tuple[int, ...] = field(default=(), repr=False)
    line: str = ""

    @cached_property
    def texts(self) -> list[str]:
        """The bare words."""
        return [word.text for word in self.words]

    @cached_property
    def shouting(self) -> bool:
        """True when the writer used capitals for everything, or for nothing: then they say nothing about names."""
        letters = [char for char in self.original[:LONGEST] if char.isalpha()]
        upper = sum(char.isupper() for char in letters)
        return not letters or upper > 0.6 * len(letters) or upper == 0

    def word_at(self, offset: int) -> int:
        """The number of the word that holds `offset` of `line`."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)

    def span(self, first: int, until: int) -> tuple[int, int]:
        """The span in the parent's text of the words `first` up to, not including, `until`."""
        if not self.words or first >= until:
            return (0, 0)
        chosen = self.words[first:until]
        return (min(word.start for word in chosen), max(word.end for word in chosen))


@lru_cache(maxsize=1)
def _spelling() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    data = table("spelling.toml")
    short: dict[str, tuple[str, ...]] = {}
    for part in ("contractions", "textspeak", "numbers"):
        for key, value in data[part].items():
            short[key] = tuple(value.split())
    return short, data["emoji"]


def _counted(piece: str) -> str | None:
    """An English number amid another language: "desculpe o meu ingles, back in two days". "Ten" is Polish for this."""
    number: str | None = table("spelling.toml")["numbers"].get(piece.lower())
    return None if piece.lower() == "ten" else number


def plain(text: str) -> str:
    """Lower case without accents: "Zoë" and "zoe" are one name."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    return "".join(char for char in folded if not unicodedata.combining(char))


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe"})
_SIGN = re.compile(r"[\u4e00-\u9fff]")


def apart(text: str) -> str:
    """Chinese, which writes no blanks, with one after every sign."""
    return text if text.isascii() else " ".join(_SIGN.sub(lambda found: f" {found.group()} ", text).split())


_MAIL = re.compile(
    r"^(?:>.*|(?:From|Sent|To|Cc|Date|Subject):.*|On .{5,60} wrote:.*|-+ ?(?:Original|Forwarded) [Mm]essage.*)$",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"\n[^\S\n]*(?:(?:(?:kind|best|warm|many) )?(?:regards|wishes|thanks)[,.!]?[^\S\n]*\n|yours (?:sincerely|faithfully)|--|sent from my)",
    re.IGNORECASE,
)


#: The line of a signature that tells when the writer is at work: none of its days is the child's.
_AT_WORK = re.compile(
    r"\n[^\n]{0,60}\b(?:working|office|work) (?:days|hours|pattern)\b(?: ?[:=-]| (?:are|is)\b|[^\n]{0,40}\d)[^\n]*",
    re.IGNORECASE,
)


def without_mail_parts(text: str) -> str:
    """An e-mail without its header lines, quoted text and signature: they become blanks, so that spans stay true."""
    if "\n" in text:
        text = _AT_WORK.sub(lambda match: "\n" + " " * (len(match.group()) - 1), text)
    if text.count("\n") < 3:
        return text
    text = _MAIL.sub(lambda match: " " * len(match.group()), text)
    signed = _SIGNED.search(text)
    return text[: signed.start()] if signed is not None and signed.start() > 20 else text


#: Arabic in Latin letters writes some sounds as digits ("7arara", "ma3 3ando"): letters of the same length, so spans stay true.
_SOUNDS = str.maketrans({"2": "q", "3": "a", "5": "x", "6": "t", "7": "h", "8": "g", "9": "s"})
_SOUNDING = re.compile(
    r"(?<![\w.:/])(?=[a-z]*[235679][a-z])[a-z235679]{3,14}(?![\w])|(?<![\w.:/])[a-z]{2,12}[237](?![\w])", re.IGNORECASE
)
_ARABIC_SIGNS = re.compile(
    r"(?<!\w)(?:3a?nd\w*|[37][a-z]{3,}|[a-z]+[37][a-z]+|ra7|sa7|mare+[dy]\w*|mari[dy]a?|salam\w*)(?!\w)", re.IGNORECASE
)
_UNITS = re.compile(
    r"(?:\d+(?:st|nd|rd|th|am|pm|ish|h|hrs?|hours?|mins?|minutes?|days?|dys|weeks?|wks?|yrs?|years?|yo|m|p|x|k|kg|mg|ml|c|f|s|d|pt|xs|on|day|nite|morrow|moro|mos?|mro|much|late|die|i|l|g|y|[a-f])|[a-z]*8r?|(?:y|yr|k|ks|p|s|c|q|b|l|m|w|gr|f|g|r|x)\d[a-z]?|(?:year|yr|class|form|set|room|group|week|covid|ks)\d+)$",
    re.IGNORECASE,
)


def sounded(word: str) -> str:
    """A word of Arabic in Latin letters with its digits as letters."""
    return word.translate(_SOUNDS)


def _sounded(match: re.Match[str]) -> str:
    return match.group() if _UNITS.match(match.group()) else sounded(match.group())


def read_words(text: str, foreign: bool = False, names: frozenset[str] = frozenset()) -> Words:
    """Cut a text into words. Never raises; reads at most `LONGEST` characters.

    `foreign`: the text is not in English, so that nothing in it is an English contraction or text-speak ("il", "yr").
    `names`: the children's, which are never text-speak for something else (Tomos is no tomorrow).
    """
    short, pictures = _spelling()
    if foreign:
        short = {}
    elif not names.isdisjoint(short):
        short = {written: meant for written, meant in short.items() if written not in names}
    spoken = _SOUNDING.sub(_sounded, text[:LONGEST]) if _ARABIC_SIGNS.search(text) else text
    found: list[Word] = []

    def add(value: str, match: re.Match[str], capital: bool = False) -> None:
        found.append(Word(value, match.start(), match.end(), capital, match.group()))

    spoken = _WALK_IN.sub(_place, _HOURS.sub(":", spoken))
    for match in _PIECE.finditer(with_the_body_part(without_titles(without_mail_parts(spoken[:LONGEST]), names))):
        kind, piece = match.lastgroup, match.group()
        if foreign and kind == "word":
            if (number := _counted(piece)) is not None:
                add(number, match)
            else:
                _foreign_word(piece, match, add)
        elif kind in ("word", "mixed"):
            _word(piece, match, short, add, found)
        elif kind == "stop":
            for char in dict.fromkeys(piece):
                add(_WIDE.get(char, char), match)
        elif kind == "mark":
            meaning = pictures.get(piece)
            if meaning:
                add(meaning, match)
            elif piece in "-–—":
                add("-", match)
            elif piece in ",&:/()+@%\"'’":
                add({"&": "and", "’": "'"}.get(piece, piece), match)
            elif piece in "，、：،":
                add(",", match)
            elif (
                unicodedata.category(piece) in ("So", "Sk")
                and piece not in "\u200d\ufe0f"
                and not ("\U0001f3fb" <= piece <= "\U0001f3ff")
            ):
                add("emoji", match)
        else:
            add(piece, match)
    return of_words(found if foreign else _mend(found, names), text, len(text) > LONGEST)


@lru_cache(maxsize=64)
def line_of(text: str) -> str:
    """The line of a text's words; the last ones are remembered, since a dozen questions are asked of each message."""
    return read_words(text).line


def _foreign_word(piece, match, add) -> None:  # type: ignore[no-untyped-def]
    """A word of another language: "l'ecole" and "Emir'in" are two, "п'ятниця" is one."""
    low = plain(piece.replace("’", "'").replace("`", "'").replace("´", "'"))
    capital = piece[:1].isupper()
    if not low.isascii():
        add(low.replace("'", ""), match, capital)
        return
    for part in low.split("'"):
        if part:
            add(part, match, capital)


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
_HOURS = re.compile(r"(?<=\d)h(?=\d\d\b)", re.IGNORECASE)
#: A place of that name, and nobody who walks in: of the same length, so that every word stays in its place.
_WALK_IN = re.compile(
    r"\bwalk[ -]in (?:centre|center|clinic)\b"
    r"|(?<= the )walk[ -]in(?! to\b| the\b| with\b| late\b)|(?<= at )walk[ -]in(?! to\b| the\b|\W*\d)"
    r"|(?<=way to )walk[ -]in(?! to\b| the\b)|(?<=(?:him|her) to )walk[ -]in(?! to\b| the\b| with\b| late\b| on\b| by\b)",
    re.IGNORECASE,
)


def _place(found: re.Match[str]) -> str:
    length = len(found[0])
    return ("hospital" if length > len("hospital") else "clinic").ljust(length)


def of_words(words: Sequence[Word], original: str, cut: bool = False) -> Words:
    """Words with their line and offsets."""
    offsets, at = [], 0
    for word in words:
        offsets.append(at)
        at += len(word.text) + 1
    return Words(tuple(words), original, cut, tuple(offsets), " ".join(word.text for word in words))


def _word(piece, match, short, add, found) -> None:  # type: ignore[no-untyped-def]
    raw = piece.replace("’", "'").replace("`", "'").replace("´", "'")
    capital = raw[:1].isupper()
    low = plain(raw).strip("'")
    previous = found[-1] if found else None
    if previous and previous.end == match.start() and previous.text.isdigit():
        if low in _ORDINAL:
            found[-1] = Word(previous.text + "th", previous.start, match.end(), False, previous.raw + raw)
            return
        joined = short.get(previous.text + low)
        if joined:
            found.pop()
            for part in joined:
                found.append(Word(part, previous.start, match.end(), False, previous.raw + raw))
            return
    bare = low.replace("'", "")
    if low in ("i'll", "we'll", "he'll", "she'll"):
        for part in (low[:-3], "will"):
            add(part, match, capital)
        return
    if bare in short and ("'" not in low or len(short[bare]) > 1 or low.endswith("'")):
        for part in short[bare]:
            add(part, match, capital)
        return
    if low.endswith("n't") and len(low) > 3:
        add(low[:-3], match, capital)
        add("not", match)
        return
    for ending, verb in _ENDINGS.items():
        if low.endswith(ending):
            add(low[: -len(ending)], match, capital)
            add(verb, match)
            return
    if low.endswith("'s"):
        head = low[:-2]
        add(head, match, capital)
        add("is" if head in _IS else "'s", match)
        return
    for part in bare.split() or ():
        add(part, match, capital)


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


def _mend(found: list[Word], names: frozenset[str] = frozenset()) -> list[Word]:
    """Readings that need the next word: "ill bring him" is "I will", "9 am" after a split, "twenty three"."""
    out: list[Word] = []
    for number, word in enumerate(found):
        after = found[number + 1].text if number + 1 < len(found) else ""
        before = out[-1].text if out else ""
        if word.text == "no" and before in _SCOTS and after in _SCOTS_NOT:
            out.append(Word("not", word.start, word.end, word.capital, word.raw))
        elif word.text in ("o", "o'") and after in ("the", "this", "term", "week"):
            out.append(Word("of", word.start, word.end, word.capital, word.raw))
        elif word.text in _PARTS and (after in _OF_AN_HOUR or (word.text == "1/2" and after in _HALVED)):
            out += [Word(text, word.start, word.end, word.capital, word.raw) for text in _part_of(word.text, after)]
        elif month := _short_month(word, before):
            out.append(Word(month, word.start, word.end, word.capital, word.raw))
        elif word.text == "bout" and (after.isdecimal() or after in ("an", "half", "hour")):
            out.append(Word("about", word.start, word.end, word.capital, word.raw))
            if after == "hour":
                out.append(Word("an", word.start, word.end, False, word.raw))
        elif _short_tomorrow(word, before, after, "tom" in names):
            out.append(Word("tomorrow", word.start, word.end, False, word.raw))
        elif before == "the" and _scots_day(word, after):
            out[-1] = Word("today" if word.text == "day" else "tomorrow", out[-1].start, word.end, False, word.raw)
        elif (
            word.text in ("ill", "il")
            and after in _DOING
            and before not in ("is", "not", "was", "very", "really", "still")
        ):
            out.append(Word("i", word.start, word.end, word.capital, word.raw))
            out.append(Word("will", word.start, word.end, False, word.raw))
        elif word.text == "il":
            out.append(Word("ill", word.start, word.end, word.capital, word.raw))
        elif word.text in ("shell", "hell") and after in _DOING and before not in ("the", "like", "bloody", "to"):
            out.append(Word(word.text[:-2], word.start, word.end, word.capital, word.raw))
            out.append(Word("will", word.start, word.end, False, word.raw))
        elif word.text == "well" and after in _DOING and before in (".", ",", "so", "and", "but", "", "then"):
            out.append(Word("we", word.start, word.end, word.capital, word.raw))
            out.append(Word("will", word.start, word.end, False, word.raw))
        elif (
            word.text == "were"
            and (before in (".", ",", "so", "and", "because", "") or number == 0)
            and after
            not in (
                "you",
                "they",
                "the",
                "there",
            )
        ):
            out.append(Word("we", word.start, word.end, word.capital, word.raw))
            out.append(Word("are", word.start, word.end, False, word.raw))
        elif (
            before in ("20", "30", "40", "50")
            and word.text.isdigit()
            and len(word.text) == 1
            and out[-1].raw.isalpha()
            and word.raw.isalpha()
        ):
            last = out.pop()
            out.append(Word(str(int(before) + int(word.text)), last.start, word.end, False, last.raw))
        else:
            out.append(word)
    return out
