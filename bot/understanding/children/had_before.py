"""Had it before: "Zofia has caught Tom's cold", "Tom was ill last week, now it's Zofia's turn".

Of the one who had it nothing is told of today: taken for a report, nobody would look for that child if it never came.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_WORD = r"(?: \S+)"
_ILLNESS = r"(?:cold|colds|bug|virus|flu|cough|chickenpox|tonsillitis|conjunctivitis|germs?|illness|lurgy|infection)"
_ILL = r"(?:ill|off|sick|poorly|unwell|bad|rough)"
_BEFORE = r"(?:last|on|yesterday|before|earlier|at the weekend|over the weekend|all weekend)"
#: Each with the name of the one who had it as `HAD`, and `NOW` that of another one.
_TOLD = re.compile(
    r"(?<!\S)(?:(?:has|have|got|caught|catching|down with|getting|with) (?P<a>@\d+) 's"
    rf"{_WORD}{{0,2}}? {_ILLNESS}\b"
    rf"|(?:(?:what|like|thing|as|bug|one|that|after) (?P<b>@\d+) (?:has )?(?:had|did)\b)"
    rf"|(?P<c>@\d+) (?:was|were) {_ILL} {_BEFORE}\b[^.@]*,?[^.@]* (?:now|today) (?:, )?(?:it is |it 's )?@\d+"
    r"|(?P<d>@\d+) (?:is|'s) (?:all |much )?(?:better|fine|over it|recovered)(?: now)? (?:but|and) (?:now )?@\d+"
    r" (?:has|'s got|is down with|has got|has caught) (?:it|the same)\b)"
)
#: Both had it, and of one of them more is told behind it: "Amina and Tobi had the flu jab yesterday, Amina is off".
_JABBED = re.compile(
    r"(?<!\S)(?P<e>@\d+) (?:and|&|,|\+) (?P<f>@\d+) (?:both )?(?:have |'ve )?(?:had|got|went for)"
    rf"{_WORD}{{0,4}}? (?:jabs?|vaccin\w*|injections?|immunisations?|boosters?|flu spray|nasal spray)\b"
)
_BOTH = re.compile(r"\b(?:both|too|also|as well|neither|either|still|again|they|all of them)\b")


def had_before(seen: Reading) -> set[str]:
    """The children of whom only what they had before is told, beside another one who has it."""
    line, names = _with_marks(seen)
    jabbed = _JABBED.search(line)
    if jabbed is not None and _BOTH.search(line, jabbed.end()) is None:
        again = {child for mark in re.findall(r"@\d+", line[jabbed.end() :]) for child in names[mark]}
        both = {child for group in "ef" for child in names[jabbed[group]]}
        return both - again if again & both else set()
    if _BOTH.search(line) is not None or "?" in line:
        return set()
    had = {found[group] for found in _TOLD.finditer(line) for group in "abcd" if found[group]}
    had = {child for mark in had for child in names[mark]}
    others = {child for children in names.values() for child in children} - had
    return had if others else set()


def _with_marks(seen: Reading) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The words, with a mark for each name of a child of the list, and whom it means."""
    texts, names = list(seen.words.texts), dict[str, tuple[str, ...]]()
    for number, one in reversed(list(enumerate(seen.who.named))):
        if one.how == "name" and len(one.children) == 1:
            texts[one.first : one.until] = [f"@{number}"]
            names[f"@{number}"] = one.children
    return " ".join(texts), names
