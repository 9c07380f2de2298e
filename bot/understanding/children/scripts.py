"""Names in Cyrillic letters: "Олена" is the Olena of the school's list, in whatever case she stands."""

from __future__ import annotations

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
