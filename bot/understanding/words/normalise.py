"""From the parent's characters to words: spelling, text-speak, contractions, numbers, pictures.

Every word keeps the span of the original text that it came from, so that staff can be shown what was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.understanding.data import table
from bot.understanding.words.mended import mend
from bot.understanding.words.salutation import without_titles
from bot.understanding.words.senses import with_senses
from bot.understanding.words.sounds import with_letters
from bot.understanding.words.without_mail import without_mail_parts
from bot.understanding.words.word import Word

#: Nothing after this many characters is read; the rest of a longer text goes to a person anyway.
LONGEST = 2_000

_PIECE = re.compile(
    r"(?P<mixed>(?i:b4|l8r?|gr8|w8|m8|str8)\b|(?<!\w)[AM]\d{1,4}\b|(?<=\bthe )[am]\d{1,4}\b)"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?![\d/]|\.\d))"
    r"|(?P<number>\d+(?:[/.,]\d+)*)"
    r"|(?P<sign>[\u4e00-\u9fff])"
    r"|(?P<word>(?:(?![\u4e00-\u9fff])[^\W\d_]|[\u0900-\u0963\u0970-\u0dff])+(?:['’`´][^\W\d_]+)*['’]?)"
    r"|(?P<stop>[.!?;\n。！？；؟؛۔।]+)"
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
STOPS = frozenset((".", "!", "?", ";"))
_WIDE = {"\n": ".", "。": ".", "！": "!", "？": "?", "；": ";", "؟": "?", "؛": ";", "۔": ".", "।": "."}


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


_BOLD = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")
"""Letters and digits of mathematics or of full width, as phones write bold or large; each stands for one of ours."""
_PART = re.compile(r"\A\s*[(\[]\s*(\d)\s?(?:/|of)\s?([2-9])\s*[)\]]")
"""Which part of a long text this is: "(2/2)", at its very beginning."""


def _as_written(text: str) -> str:
    """The same characters in plain letters and without the number of a part, each in its place."""
    if not text.isascii():
        text = _BOLD.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    part = _PART.match(text)
    return " " * part.end() + text[part.end() :] if part and "1" <= part[1] <= part[2] else text


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe"})
_SIGN = re.compile(r"[\u4e00-\u9fff]")


def apart(text: str) -> str:
    """Chinese, which writes no blanks, with one after every sign."""
    return text if text.isascii() else " ".join(_SIGN.sub(lambda found: f" {found.group()} ", text).split())


def read_words(text: str, foreign: bool = False, names: frozenset[str] = frozenset()) -> Words:
    """Cut a text into words. Never raises; reads at most `LONGEST` characters.

    `foreign`: the text is not in English, so that nothing in it is an English contraction or text-speak ("il", "yr").
    `names`: the children's, which are never text-speak for something else (Tomos is no tomorrow).
    """
    text = _as_written(text)
    short, pictures = _spelling()
    if foreign:
        short = {}
    elif not names.isdisjoint(short):
        short = {written: meant for written, meant in short.items() if written not in names}
    spoken = with_letters(text[:LONGEST])
    found: list[Word] = []

    def add(value: str, match: re.Match[str], capital: bool = False) -> None:
        found.append(Word(value, match.start(), match.end(), capital, match.group()))

    spoken = _WALK_IN.sub(_place, _HOURS.sub(":", spoken))
    for match in _PIECE.finditer(without_titles(without_mail_parts(spoken[:LONGEST]), names)):
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
    return of_words(found if foreign else with_senses(mend(found, names)), text, len(text) > LONGEST)


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


_HOURS = re.compile(r"(?<=\d)h(?=\d\d\b)", re.IGNORECASE)
#: A place of that name, and nobody who walks in: of the same length, so that every word stays in its place.
_WALK_IN = re.compile(
    r"\bwalk[ -]in (?:centre|center|clinic)\b"
    r"|(?<= the )walk[ -]in(?! to\b| the\b| with\b| late\b)|(?<= at )walk[ -]in(?! to\b| the\b|\W*\d)"
    r"|(?<=way to )walk[ -]in(?! to\b| the\b)"
    r"|(?<=(?:him|her) to )walk[ -]in(?! to\b| the\b| with\b| late\b| on\b| by\b)",
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
