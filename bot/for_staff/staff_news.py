"""What a member of staff answers to an alert beyond "I have it": what came of the child. Strict: it ends a search.

Every word must be one that is known here: "found her in the library", "she's in class, I've seen her", "spoke to mum,
she is ill at home". Whatever says more or less ("found out she is ill", "found her brother", "not found", "she should
be in class", "found her crying in the toilets") is unclear: it records nothing, is asked about, and a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from attendance.people import Pupil

REACHED: Final = "reached"
"""No outcome: the family was spoken to, and of the child nothing was said."""
_KID: Final = "kid"
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class StaffNews:
    """The `outcome` (a word of the vocabulary, or REACHED), the `numbers` of alerts, and the children who are `named`:
    one set for each name or initials, with all whom it fits."""

    outcome: str
    numbers: tuple[str, ...] = ()
    named: tuple[frozenset[str], ...] = ()


def _any(*words: str) -> str:
    return "(?:" + "|".join(word.strip() for word in " | ".join(words).split(" | ")) + ")"


_S: Final = r"(?:she|he|they|kid|the (?:child|girl|boy|pupil|student))"
_K: Final = r"(?:her|him|them|kid|the (?:child|girl|boy|pupil|student))"
_HERS: Final = r"(?:the|her|his|their|my|our|a|another|kids?)"
_IS: Final = rf"(?:{_S} (?:is|are)|(?:she|he|kid)s|theyre|{_S} s)"
_I_HAVE: Final = r"(?:(?:i have|ive|we have|weve|i|we|have|just|now|finally|then) )*"
_ROOM: Final = (
    "(?:library|lrc|class|classroom|form|form room|tutor|tutor room|lessons?|room \\w+|room|hall|gym|sports hall"
    "|yard|canteen|dinner hall|lunch hall|dining room|dining hall|corridor|playground|field|medical"
    "|medical room|first aid|sick bay|first aid room|office|reception|toilets?|loos?|cloakroom|changing rooms?"
    "|music|music room|art|art room|science|science block|science lab|maths|maths block|english|history"
    "|geography|french|spanish|german|drama|computing|dt|it suite|it room|tech|food tech|pe|re|textiles|block"
    "|hub|nurture|nurture room|inclusion|inclusion room|isolation|learning support|base|assembly|detention"
    "|common room|sixth form|chapel|theatre|studio|workshop|lab|choir|exam|exam hall|student services|pastoral"
    "|pastoral office|school office|heads office)"
)
_STILL: Final = (
    "(?:(?:sat|sitting|stood|working|waiting|reading|safe|safely|well|fine|ok|back|still|up|down|over"
    "|on (?:her|his|their) own|here|now|actually) )*"
)
_AT: Final = (
    rf"{_STILL}(?:(?:in|inside|down in|up in|over in) (?:{_HERS} )?(?:wrong |other |different |whole |main )?{_ROOM}"
    r"|at (?:the )?(?:main )?(?:reception|office|school office)|(?:in|at) (?:school|assembly)"
    r"|(?:here )?with (?:me|us|the nurse|matron|the senco)|right here|here|present|in)"
    r"(?: with (?:me|us|the nurse|(?:mr|mrs|ms|miss|dr) \w+))?"
)
_WELL: Final = (
    r"(?: (?:and )?(?:(?:is|she is|he is|they are|shes|hes|theyre|all) )?(?:now|just now|here|safe|well|fine|ok|okay"
    r"|safe and well|safe and sound|safely|in school|all along|all the time|the whole time|all morning|today|myself"
    r"|right now))*"
)
_MARKED: Final = (
    rf"(?: (?:and )?(?:(?:i|we|will|am|have|ive|ill|im|please) )*(?:marked|mark|marking|signed|signing) {_K}"
    r" (?:in|present|as present)"
    r"| (?:the )?register (?:(?:is|was|being|is being) )*(?:wrong|updated|corrected|put right)"
    rf"| (?:the )?teacher (?:missed|forgot) {_K})"
)
_FOUND: Final = _any(
    rf"{_I_HAVE}(?:found|located) {_K}{_WELL}(?: {_AT})?",
    rf"(?:found|located) (?:safe|safe and well|{_AT})",
    rf"{_IS} (?:been )?found(?: {_AT})?",
    rf"{_I_HAVE}(?:got|have) {_K} {_AT}",
    rf"i have {_K} {_AT}",
    rf"{_I_HAVE}seen {_K} {_AT}",
    rf"(?:i )?(?:can see|just saw|just seen|have just seen|ive just seen) {_K}(?: {_AT})?",
    rf"{_I_HAVE}seen {_K} (?:now|just now)",
    rf"{_IS} {_AT}",
)
_SEEN_TOO: Final = rf"(?: (?:and )?(?:{_I_HAVE}(?:seen|checked|found)(?: {_K})?|i can see {_K}))?"
_ARRIVED: Final = (
    _any(
        rf"(?:{_IS}|{_S} has|{_S}) (?:just |now )*(?:arrived|come in|came in|walked in|turned up|signed in"
        "|got (?:here|in))",
        r"just (?:arrived|come in|walked in|turned up|signed in)",
    )
    + r"(?: (?:now|just now|late|to school|in school|at reception|at the office|with me))*"
)

_PERSON: Final = _any(
    "mum | mom | mam | mummy | mother | dad | daddy | father | parents? | gran | nan | nana | granny | grandma",
    "grandad | grandmother | grandfather | stepmum | stepdad | carer | foster carer | foster mum | family | home",
    "aunt | auntie | uncle",
)
_FAMILY: Final = rf"(?:(?:her|his|their|the|kids?) )?{_PERSON}(?: (?:on the phone|by phone|now|just now|back))*"
_SPOKE: Final = (
    rf"{_I_HAVE}(?:(?:spoke|spoken|talked|speaking) (?:to|with)|got hold of|got through to|reached) {_FAMILY}"
)
_RANG: Final = rf"{_I_HAVE}(?:rang|rung|called|phoned|telephoned) {_FAMILY}"
_SAYS: Final = (
    r"(?: (?:and|who|she|he|they))*(?: has| have)?(?: (?:says|said|say|confirms|confirmed|told me|tells me))(?: that)?"
)
_FAMILY_SAYS: Final = (
    rf"{_FAMILY}(?:{_SAYS}|(?: has| just| has just)? (?:rang|rung|called|phoned|answered|picked up)(?: back| in)?)"
)
_ILL: Final = _any(
    "ill | sick | poorly | unwell | not well | not very well | not feeling well | under the weather | been sick",
    "(?:(?:got|has|with) )?(?:a )?(?:bad |high )?(?:temperature|temp|fever|cold|cough|headache|migraine|tummy ache"
    "|stomach ache|stomach bug|tummy bug|bug|sore throat|sickness bug|flu|chickenpox|chicken pox|covid|infection"
    "|ear infection|chest infection|tonsillitis)",
)
_WITH: Final = r"(?: with (?:her|him|them))?"
_HOME: Final = rf"(?:off school|off|at home|home|in bed|not in|staying (?:at )?home){_WITH}"
_TODAY: Final = rf"(?: (?:and )?(?:today|this morning|{_HOME}|at the moment))*"
_STATES: Final = {
    "answered_ill": (rf"(?:{_HOME} )?(?:and |with |(?:because |as )(?:she is|shes|he is|hes) )?{_ILL}{_TODAY}"),
    "answered_other": (
        r"at (?:(?:the|a|an|her|his|their) )?(?:dentists?|doctors?|gp|orthodontist|opticians?|(?:(?:dental|medical"
        rf"|hospital|doctors|gp|dentists?|eye|orthodontist) )?appointment){_TODAY}"
    ),
}
_OR_THE_CHILD: Final = {
    "no_reason_given": rf"(?:safe |fine |ok |safe and well )?(?:at home|home){_WITH}{_TODAY}",
    "late_on_the_way": (
        r"(?:just )?(?:on (?:her|his|their|the) way|coming|running late)(?: (?:in|to school|late|now|soon))*"
    ),
}
"""What may as well be said of whoever was spoken to: "spoke to mum, she is at home". """
_CERTAIN: Final = re.compile(rf"{_SAYS} |\bkid\b|\bsafe\b|\bwith (?:her|him|them)\b|\bin school\b")
_HE_OF: Final = {"mum": "she", "mom": "she", "mother": "she", "gran": "she", "nan": "she", "dad": "he", "father": "he"}
_BEFORE: Final = re.compile(
    r"(?:(?:ok|okay|yes|yep|hi|hello|hiya|update|good news|panic over|all good|all ok|all fine|sorted|now|and) )+"
)
_AFTER: Final = re.compile(
    r"(?: (?:thanks|thank you|ta|cheers|all good|all ok|all fine|sorted|panic over|phew|so all good|no worries))+$"
)
_NUMBER: Final = re.compile(r"(?:(?:alert|number|no|re|for) )?(\d{2,4})")


def _of_the_family(state: str) -> re.Pattern[str]:
    said = rf"(?:(?:{_IS}|is|has|{_S} has) )?{state}"
    after = rf"(?:{_SPOKE}(?:{_SAYS})?|{_RANG}(?:{_SAYS})?|{_FAMILY_SAYS}) (?:and )?{said}"
    before = rf"{said} (?:{_SPOKE}|{_FAMILY_SAYS})"
    return re.compile(f"(?:{after}|{before})")


_READ: Final = (
    *(("arrived_late", re.compile(one)) for one in (_ARRIVED,)),
    ("present_after_all", re.compile(rf"(?:(?:yes|no) )?{_FOUND}{_SEEN_TOO}{_WELL}{_MARKED}?")),
    ("present_after_all", re.compile(rf"{_I_HAVE}(?:seen|found) {_K} {_IS} {_AT}{_WELL}{_MARKED}?")),
    *((outcome, _of_the_family(state)) for outcome, state in _STATES.items()),
    *((outcome, _of_the_family(state)) for outcome, state in _OR_THE_CHILD.items()),
    (REACHED, re.compile(_SPOKE)),
)


def read_staff_news(text: str, children: Mapping[str, Pupil], signature: Iterable[str] = ()) -> StaffNews | None:
    """What came of a child, or None when that is not clear. `children`: whom the answer may be about, by id.

    `signature`: lines that only say who writes. A name that is none of these children's is a word that is not known.
    """
    own = {plain(one) for one in signature}
    lines = [line for line in text.splitlines() if plain(line) and plain(line) not in own]
    if not lines or len(text) > _LONGEST or "?" in text:
        return None
    words, named = _with_children("\n".join(lines), children)
    for said, numbers in _without_numbers(words):
        bare = _AFTER.sub("", _BEFORE.sub("", f"{said} ", count=1).strip() if _BEFORE.match(f"{said} ") else said)
        for outcome, pattern in _READ:
            if pattern.fullmatch(bare) and not (outcome in _OR_THE_CHILD and _may_be_of_the_family(bare)):
                return StaffNews(outcome, numbers, named)
    return None


def _without_numbers(words: str) -> list[tuple[str, tuple[str, ...]]]:
    """As it stands, and without the number of an alert at the beginning or the end."""
    ways: list[tuple[str, tuple[str, ...]]] = [(words, ())]
    bare = re.sub(r"^(?:ok|okay|re) ", "", words)
    if (found := re.match(rf"{_NUMBER.pattern} ", bare)) is not None:
        ways.append((bare[found.end() :], (found[1],)))
    if (found := re.search(rf" {_NUMBER.pattern}$", words)) is not None:
        ways.append((words[: found.start()], (found[1],)))
    return ways


def _may_be_of_the_family(said: str) -> bool:
    """ "Spoke to mum, she is at home": who is?"""
    if _CERTAIN.search(said):
        return False
    person = next((he for word, he in _HE_OF.items() if re.search(rf"\b{word}\b", said)), None)
    other = {"she": r"\b(?:he|hes|his)\b", "he": r"\b(?:she|shes|her)\b"}.get(person or "")
    return other is None or re.search(other, said) is None


def _with_children(text: str, children: Mapping[str, Pupil]) -> tuple[str, tuple[frozenset[str], ...]]:
    """The plain words, with `kid` where a child is named by name or by initials and group, and who fits each."""
    known: dict[str, set[str]] = {}
    for id, pupil in children.items():
        for name in {pupil.given, pupil.called, f"{pupil.given} {pupil.family}", f"{pupil.called} {pupil.family}"}:
            known.setdefault(plain(name), set()).add(id)
        letters = [letter for letter in pupil.initials if letter.isalpha()]
        mark = r"\.?\s?".join(map(re.escape, letters)) + r"\b\.?"
        group = rf"(?:\s+{re.escape(pupil.group)}\b)?"
        text = re.sub(rf"\b{mark}{group}", f" initials{len(letters)}{''.join(letters)} ", text)
        known.setdefault(plain(f"initials{len(letters)}{''.join(letters)}"), set()).add(id)
    words, named = plain(text), []
    for name in sorted(known, key=len, reverse=True):
        at = re.compile(rf"\b{re.escape(name)}(s?)\b")
        if name and at.search(words):
            words = at.sub(rf"{_KID}\1", words)
            named.append(frozenset(known[name]))
    return words, tuple(named)


def plain(line: str) -> str:
    """Small letters, no signs but letters and digits."""
    line = line.casefold().replace("’", "").replace("'", "")
    return " ".join(re.sub(r"[^\w\s]|_", " ", line).split())


_UNDO: Final = re.compile(
    r"(?:ok |sorry |please )*(?:undo|take (?:it|that) back|no(?: thats wrong| not (?:her|him|them))?|thats wrong|wrong"
    r"(?: child| one)?|my mistake|not (?:her|him|them) after all)(?: (?:it|that|number|alert|sorry|please))*"
    rf"(?: (\d{{2,4}}))?(?: {_KID})?"
)


@dataclass(frozen=True, slots=True)
class TakesBack:
    """What a member of staff recorded of a child is wrong: under this number, or of a child who is `named`."""

    number: str = ""
    named: tuple[frozenset[str], ...] = ()


def read_undo(text: str, children: Mapping[str, Pupil]) -> TakesBack | None:
    """Words that take back what their writer has recorded, or None. `children`: of whom they recorded something."""
    words, named = _with_children(text, children) if len(text) <= _LONGEST else ("", ())
    found = _UNDO.fullmatch(words)
    return None if found is None or "?" in text else TakesBack(found[1] or "", named)
