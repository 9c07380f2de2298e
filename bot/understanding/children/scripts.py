"""Names in other letters: "Олена" is the Olena of the school's list, in whatever case she stands; "مريم" is Mariam."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.children.named import Named, Who
from bot.understanding.values import Child
from bot.understanding.words.normalise import plain

#: Letters as the list may write them; the second way where there are two (Bohdan and Bogdan, Mykhailo and Mihail).
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "i",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i",
        "ь": "", "э": "e", "ю": "iu", "я": "ia", "ё": "io", "'": "",
    }
)  # fmt: skip
_OTHERWISE = (("г", "g"), ("х", "h"))
_VOWELS = "aeiou"
#: Common words that sound like a name in some case: "тому" is "therefore" before it is Tom's.
_WORDS = frozenset("тому дома рано наша наш сама сам мама мами маму тато тата папа папы сама вона они".split())


#: What a letter of the list may be in Arabic letters (of Persian and Urdu as well); of two letters the pair first.
_ARABIC = {
    "kh": "خ", "sh": "ش", "gh": "غ", "th": "ثتط", "dh": "ذضظ", "ch": "چتش", "zh": "ژز", "ph": "ف", "ck": "ك", "b": "ب",
    "c": "كقس", "d": "دضذ", "f": "ف", "g": "جغگق", "h": "حهة", "j": "جژ", "k": "كقک", "l": "ل", "m": "م", "n": "نں",
    "p": "بپ", "q": "قک", "r": "ر", "s": "سصش", "t": "تطة", "v": "فوڤ", "w": "و", "x": "كس", "y": "يیى", "z": "زذضظ",
}  # fmt: skip
_LONG = {"a": "اىهةعء", "e": "يیىاهةع", "i": "يیىاع", "o": "وعا", "u": "وعا", "y": "يیى", "h": "هةح"}
"""The letters of a long vowel; a short one is not written."""
_BEFORE = "[ولبفك]?"
"""And, for, with: they are written together with the name."""
#: Common words that a name may look like: "على" is "on", and "ليلة" a night.
_ARABIC_WORDS = frozenset(
    "على الى في من عن مع لا ما هو هي هم انا نحن لن لم قد ان او ام اب ابي امي اخ اخت بنت بنتي ابن ابني ولد يوم ليل ليلة"
    " سلام صباح مساء خير مدرسة بيت معه معها لها له كان كانت هذا هذه ذلك نعم كل عند تم".split()
)


def written_in_arabic(names: list[str], children: tuple[Child, ...], seen: Who) -> None:
    """Every child whose name stands among the words in Arabic letters. Of one child alone the words are anyway."""
    if len(children) < 2:
        return
    taken = {number for named in seen.named for number in range(named.first, named.until)}
    for at, text in enumerate(names):
        if at in taken or text in _ARABIC_WORDS or len(text) < 2 or not "\u0600" <= text[0] <= "\u06ff":
            continue
        fits = tuple(
            child.id
            for child in children
            if any(
                in_arabic(plain(part)).fullmatch(text)
                for name in (child.given, *child.known_as)
                for part in name.split()[:1]
            )
        )
        if fits:
            seen.named.append(Named(at, at + 1, fits, 0.95 if len(fits) == 1 else 0.4, "name"))
    seen.named.sort(key=lambda named: named.first)


@lru_cache(maxsize=512)
def in_arabic(name: str) -> re.Pattern[str]:
    """How Arabic letters may write a name: all of its consonants, and of its vowels the long ones."""
    letters = re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", name))
    parts = re.findall(r"kh|sh|gh|th|dh|ch|zh|ph|ck|[aeiou]+h?$|[aeiou]+|.", letters)
    ways = []
    for number, part in enumerate(parts):
        if part[0] in _VOWELS:
            long = "".join(_LONG[letter] for letter in part)
            begins, ends = number == 0, number == len(parts) - 1
            ways.append(f"[اع{long}]{{1,3}}" if begins else f"[{long}]{{1,2}}" if ends else f"[{long}]{{0,2}}")
        else:
            ways.append(f"[{_ARABIC[part]}]")
    return re.compile(_BEFORE + "".join(ways)) if any(part in _ARABIC for part in parts) else _NOBODY


_NOBODY = re.compile(r"(?!)")


def written_in_cyrillic(names: list[str], children: tuple[Child, ...], seen: Who) -> None:
    """Every child whose name stands among the words in Cyrillic letters, beside those who are named in Latin ones."""
    taken = {number for named in seen.named for number in range(named.first, named.until)}
    for at, text in enumerate(names):
        if at in taken or text.isascii() or text in _WORDS or not "\u0400" <= text[0] <= "\u04ff":
            continue
        stems = _stems(text)
        fits = tuple(
            child.id
            for child in children
            if any(_stem(plain(part)) in stems for name in (child.given, *child.known_as) for part in name.split()[:1])
        )
        if fits:
            seen.named.append(Named(at, at + 1, fits, 0.95 if len(fits) == 1 else 0.4, "name"))
    seen.named.sort(key=lambda named: named.first)


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    ways = {text, *(text.replace(letter, latin) for letter, latin in _OTHERWISE)}
    return frozenset(_stem(way.translate(_LATIN)) for way in ways)


@lru_cache(maxsize=512)
def _stem(name: str) -> str:
    """A name without what its spellings, and its endings, differ in: Юлію, Julia and Yuliia are one."""
    for written, heard in (("x", "ks"), ("w", "v"), ("j", "i"), ("y", "i"), ("ck", "k"), ("ph", "f")):
        name = name.replace(written, heard)
    name = "".join(letter for at, letter in enumerate(name) if letter != name[at - 1 : at])
    stem = name.rstrip(_VOWELS)
    return stem if len(stem) > 2 else name
