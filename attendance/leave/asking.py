"""What the school's policy wants to know of a request, and which of it the family has said. One thing at a time.

Dates, reason and child are the reader's own questions; here is what a policy wants besides: where the journey goes,
the address of the stay, the tickets. Evidence is invited and not demanded: no blanket rule asks for it (statute notes,
section 6). Source: the policies' `leave.fields` (Blue Coat 6.1.3; St Joseph & St Bede 5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

Detail = Literal["travel_places", "stay_address", "tickets"]
DETAILS: tuple[Detail, ...] = ("travel_places", "stay_address", "tickets")
"""In the order in which they are asked for. Tickets say when the journey begins and ends."""
INVITED = "evidence"
JOURNEYS = frozenset({"G", "C", "T", "N"})
"""Codes under which a family may travel; an interview, an examination and a holy day are asked no tickets."""
OF_A_NIGHT: frozenset[str] = frozenset({"stay_address", "tickets"})
_ONE_DAY = timedelta(days=1)
_NIGHT = re.compile(
    r"\b(?:overnight|nights?|stay\w*|hotel|fly\w*|flights?|ferry|eurotunnel|eurostar|airport|abroad|overseas|holidays?)\b",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\b(?:not|n't|no) (?:travel|go(?:ing)? (?:away|abroad|anywhere)|fly)\w*"
    r"|\bno (?:travel|tickets?|flights?|journey)\b"
    r"|\bstay(?:ing)? (?:at home|home|local|in (?:the )?(?:town|city))\b|\blocal(?:ly)?\b",
    re.IGNORECASE,
)
_NOT_BOOKED = re.compile(
    r"(?:n['’]?t|\bnot|\bnothing)\b[^.!?]{0,20}\b(?:booked|bought|purchased|reserved)\b"
    r"|\b(?:not|nothing) (?:yet )?booked\b",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT = [word[:3] for word in (*_MONTHS, *_WEEKDAYS)]
_NO_PLACE = frozenset(
    word.casefold()
    for word in (*_MONTHS, *_WEEKDAYS, *_SHORT, "Year", "School", "Mr", "Mrs", "Miss", "Ms", "Dr", "The", "I")
)
_ADDRESS = re.compile(
    r"\bstay(?:ing)? (?:at|with|in)\s+([^.!?;\n]*\b(?:hotel|street|road|avenue|avenida|calle|rue|lane|villa|"
    r"apartments?|resort|campsite|hostel|lodge|inn|travelodge|guest ?house|airbnb|cottage"
    r"|(?:holiday|caravan) park)\b[^.!?;\n]*)",
    re.IGNORECASE,
)
_NO_STREET = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Year|Class|Form|Terminal|Gate|Flight"
    r"|Platform|Room|Stage|Day|Week|Adult|Child|School)"
)
_HOUSE = (
    rf"(?:\d{{1,4}}[a-z]?,? (?!{_NO_STREET})[A-Z][a-z]+(?: [A-Z][a-z]+)*"
    rf"|(?:[a-z]{{2,4}}\. )?(?:[A-Z][a-z]+ )?(?!{_NO_STREET})[A-Z][a-z]{{3,}} \d{{1,4}}[a-z]?"
    r"(?![\d:.]\d|(?:st|nd|rd|th)\b))"
)
_NUMBERED = re.compile(
    rf"\b(?:[Ss]tay(?:ing)?|[Aa]ddress|[Hh]ouse|[Hh]ome|[Pp]lace|[Mm]eets?|at|with)\b[^.!?;\n]{{0,40}}?(?<!\w)"
    rf"({_HOUSE}(?:, ?[A-Z][a-z]+(?: [A-Z][a-z]+)*)*)"
)
"""A house with its number beside a word of staying: "at my mum's, 4 Bryn Teg, Llanelli", "Via Roma 12"."""
_JOURNEY = re.compile(
    r"[^.!?;\n]*\b(?:fly|flying|flights?|ferry|eurotunnel|eurostar|depart\w*|tickets?"
    r"|(?:we|they|i)(?:['’]?(?:re|ll|m)| are| am| will)?"
    r" (?:leav(?:e|ing)|driv(?:e|ing)|set(?:ting)? off|travel(?:ling)?)"
    r"(?=[^.!?;\n]*\b(?:back|home|return\w*)\b))\b(?:[^.!?;\n]|\.(?=\d))*",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY_OR_TIME = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{'|'.join(_SHORT[:12])})[a-z]*\b"
    rf"|\b{_WEEKDAY}(?: the)?(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?![.:]?\d)\b|\b\d{{1,2}}(?:st|nd|rd|th)\b"
    r"|\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:am|pm)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|to|at|visit(?:ing)?|fly(?:ing)? to)\s+((?:[A-Z][a-z]+(?:['-][A-Za-z]+)?)(?:\s+[A-Z][a-z]+)?)"
)


def said_place(text: str, names: Iterable[str]) -> str | None:
    """A place that the words name ("a wedding in Ireland"), or None. `names` are the family's own, which are none."""
    own = {part.casefold() for name in names for part in name.split()}
    for found in _PLACE.finditer(text):
        first = found[1].split()[0].casefold()
        if first not in _NO_PLACE and first not in own:
            return found[1]
    return None


def said_details(text: str, names: Iterable[str]) -> dict[str, str]:
    """What the words say of a journey, by name of the policy's field, unasked: place, address of the stay, tickets."""
    if no_journey(text):
        return {}
    place = said_place(text, names)
    stay, tickets = _ADDRESS.search(text) or _NUMBERED.search(text), _when_they_travel(text)
    said = {"travel_places": place, "stay_address": stay[1].strip() if stay else None, "tickets": tickets}
    return {field: words for field, words in said.items() if words}


def _when_they_travel(text: str) -> str | None:
    """The sentence on the journey, where it says at least two days or times: one day alone is half an answer."""
    for found in _JOURNEY.finditer(text):
        if len(_DAY_OR_TIME.findall(found[0])) >= 2:
            return found[0].strip()
    return None


def no_journey(text: str) -> bool:
    """The words say that nobody travels: then nothing more is asked about the journey."""
    return _STAYS.search(text) is not None


def not_booked(text: str) -> bool:
    """The words say that nothing is booked yet: there are no tickets, and no address, to be asked for."""
    return _NOT_BOOKED.search(text) is not None


def no_night_away(text: str, first_day: date, return_day: date | None) -> bool:
    """A day between two days of school, and no word of a night or a flight: there is no stay to ask after (A96)."""
    there_and_back = return_day is not None and return_day - first_day <= _ONE_DAY
    return there_and_back and _NIGHT.search(text) is None


def wanted(fields: Iterable[str], code: str, known: Iterable[str], a_night: bool = True) -> tuple[str, ...]:
    """The details that the policy wants of a request under `code` and that are not `known` yet, the next first;
    without `a_night` away, only the place."""
    if code not in JOURNEYS:
        return ()
    have, asked = set(known), set(fields) if a_night else set(fields) - OF_A_NIGHT
    return tuple(one for one in DETAILS if one in asked and one not in have)


def invites_evidence(fields: Iterable[str]) -> bool:
    """The family is told that it may send evidence."""
    return INVITED in set(fields)
