"""Times of day as parents write them: "half 2", "9.30", "0845", "quarter to 3", "lunch", "in 20 minutes".

Hours 1 to 6 are afternoon unless the writer says otherwise: a school day has no others.
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_AMPM = r"(?: ?(?P<half>a ?m|p ?m|am|pm)\b)?"
_CLOCK = re.compile(
    r"(?<![\w/.])(?:"
    r"(?P<minutes>in|about|another|be|now|,) (?:about |around |roughly |like )?(?P<in>\d{1,3}|half an|an|a|quarter of an)(?: -? ?(?P<to>\d{1,2}))? (?P<unit>minutes?|hours?)(?: late)?"
    r"|(?P<late>\d{1,3}|half an|an) (?P<lateunit>minutes?|hours?) (?:or so )?late"
    r"|(?P<rel>half past|half|quarter past|quarter to|quarter|1/4 past|1/4 to|1/2 past|\d{1,2} ?(?:minutes )?(?:past|to)) (?P<relh>\d{1,2}|one\b)(?!\d|[./:])(?! (?:days?|weeks?|minutes?|hours?|of))"
    + _AMPM.replace("half", "relhalf")
    + r"|(?P<dot>\d{1,2})[.:h](?P<m>[0-5]\d)(?![\d/])(?! ?(?:degrees|c\b))"
    + _AMPM.replace("half", "dothalf")
    + r"|(?P<four>(?:0[6-9]|1[0-8])[0-5]\d)(?:hours|h)?\b"
    r"|(?P<bare>\d{1,2})(?: - (?=ish))? ?(?P<barehalf>a ?m|p ?m|am|pm|ish)\b(?! off)"
    r"|(?P<wordish>eight|nine|tenn?|eleven|twelve|one|two|three) ?-? ?ish\b"
    r"|(?P<hours>[7-9]|1[0-8]) ?h\b(?! ?\d)"
    r"|(?:(?:there|here|with you|leaving|arriving|arrive) in|give (?:me|us|him|her|it)) (?P<soon>5|10|15|20|25|30|40|45)(?= ?(?:[.,!]|x\b|sorry)| ?$)"
    r"|(?:coming|comes?|arriv\w+|reach|say) (?P<verbed>1[0-2]|[1-9])(?![.:]\d)(?= ?(?:[.,!?]|after\b|please\b|latest\b|today\b|tomorrow\b|x\b|(?<=[89] )for\b|(?<=1[0-2] )for\b)| ?$)"
    r"|(?<!bus )(?<!number )(?<!room )(?P<three>[89][0-5][05])(?![.:]\d)(?= ?(?:[.,!]|ish\b|x\b)| ?$)"
    r"|(?P<tenpast>[89]|1[0-2]) 10(?![.:]\d)(?= ?[.,!]| ?$)"
    r"|(?P<andhalf>1[0-2]|[1-9]) and (?:a )?(?P<andpart>half|quarter)\b(?! (?:a|an|term|day|hour|hours|of))"
    r"|(?P<less>1[0-2]|[1-9]) less (?:a )?(?P<lessby>quarter|5|10|20|25)\b"
    r"|(?:at|until|from|by|about) (?P<athours>[7-9]|1\d) ?hours?\b"
    r"|(?P<sharp>1[0-2]|[1-9]) (?:sharp|prompt|on the dot)\b"
    r"|(?P<oclock>\d{1,2}) (?:o ?'? ?clock|clock|baj\w*|uhr)(?: in the (?P<ohalf>morning|afternoon))?"
    r"|(?P<spaced>\d{1,2}) (?P<spm>15|20|25|30|35|40|45|50|55|05)\b(?! (?:days?|minutes?|children|pounds?))"
    r"|(?P<prep>at|by|@|from|for|until|about|around|more like|nearer|closer to|after|before|before|till|past|gone|-|to|roughly) ?(?P<prepped>1[0-2]|[1-9]|one\b(?! (?:of|point|time|stage|day|more|another|hour|week|minute|and (?:the same|only)|or|child|boy|girl)))(?!\d|[/.:]\d| ?(?:am\b|pm\b|a m\b|p m\b|days?|weeks?|hours?|lads?|boys?|girls?|men|people|kids|minutes?|past|(?:15|20|25|30|35|40|45|50|55|05)\b|more|other|school|th\b|of\b|-? ?year|children|nights?|months?|(?:and|less) (?:a )?(?:half|quarter)\b|-|to (?:\d|one\b|if\b|please\b|[.,!])|to$|until|or|sessions?|times?|lessons?))(?: ish)?"
    r"|(?P<noon>12 noon|noon|midday|mid day)"
    r"|(?P<few>\d{1,3}|half(?: an)?|1/2|quarter of an) (?P<fewunit>minutes?|hours?)\b"
    r"|(?P<past>5|10|20|25|quarter|half) (?P<side>past|to)(?= (?:[.!,?]|latest|hopefully|at|x|tops|max|if|please)\b| [.!,?]| ?$)"
    r"|(?P<alone>[89]|1[0-2])(?= (?:\.|!|,|\?|if (?:lucky|we|all|the)\b|tops\b|max\b|earliest\b|is in\b|comes?\b|coming\b|instead\b|and\b|or\b|then\b|today|tomorrow|latest|hopefully|please|thanks|x\b)| ?$)(?<!\d \d)"
    r")"
)
_NOON = time(12, 30)
_OF_THE_NIGHT = (" in the morning", " this morning", " in the night", " in the early")
_TRIGGER = re.compile(r"\d|noon|mid ?day|half|quarter|hour|ish\b|\bone\b")
_WORDS = {"eight": 8, "nine": 9, "ten": 10, "tenn": 10, "eleven": 11, "twelve": 12, "one": 1, "two": 2, "three": 3}
_RANGE = re.compile(
    r"(?<![\w/.:])(?P<a>\d{1,2}(?:[.:]\d\d)?|\d{4}) ?(?:-|until|to|(?P<and>and)) ?(?P<b>\d{1,2}(?:[.:]\d\d)?|\d{4})(?: ?(?P<half>am|pm))?(?![\w/]| ?(?:days?|hours?|weeks?|th|minutes?))"
)


#: Kinds of times that name their hour; in these hours of the day a time may be told that has just gone by.
_TOLD, _IN_SCHOOL = frozenset(("clock", "loose", "alone")), (time(8, 30), time(15, 30))


@dataclass(slots=True)
class Moment:
    """A time of day found; `start` and `end` are offsets of the line. `until` is the end of a range of times."""

    start: int
    end: int
    at: time
    kind: str = "clock"
    until: time | None = None


def school_time(hour: int, minute: int, half: str | None = None) -> time | None:
    """The time meant: "2" is 14:00, "8" is 08:00, "6 am" is 06:00."""
    half = (half or "").replace(" ", "")
    if hour > 23 or minute > 59:
        return None
    if (half.startswith(("p", "afternoon")) and hour < 12) or (not half and 1 <= hour <= 6):
        hour += 12
    return time(hour, minute)


def _plus(now: time, minutes: int) -> time | None:
    total = now.hour * 60 + now.minute + minutes
    return time(total // 60, total % 60) if 0 <= total < 1440 else None


def _count(word: str) -> int | None:
    return {"half an": 30, "quarter of an": 15}.get(word) if not word.isdigit() else None


def read_times(line: str, now: time, taken: list[tuple[int, int]]) -> list[Moment]:
    """Times of day in the line, left to right, outside the spans in `taken` (dates)."""
    if not _TRIGGER.search(line):
        return []
    found: list[Moment] = []
    for match in _RANGE.finditer(line):
        first, last = _parse(match["a"], match["half"]), _parse(match["b"], match["half"])
        if first is None or last is None or first >= last or _inside(match.span(), taken):
            continue
        if _to_the_hour(match, line) or (match["and"] and not line[: match.start()].endswith("between ")):
            continue
        if (
            "." not in match[0]
            and ":" not in match[0]
            and not match["half"]
            and len(match["a"]) < 3
            and not re.search(
                r"(?:at|from|between|,|@|is|^|appointment|dentist|counselling|day|said|morning|afternoon|tomorrow|today) $",
                line[: match.start()],
            )
        ):
            continue
        found.append(Moment(match.start(), match.end(), first, "range", last))
    spans = [(moment.start, moment.end) for moment in found]
    for match in _CLOCK.finditer(line):
        if _inside(match.span(), taken) or _inside(match.span(), spans):
            continue
        moment = _beside(match, found, now) if match["past"] else _one(match, now)
        if moment is not None:
            if moment.at >= _NOON and line.startswith(_OF_THE_NIGHT, moment.end):
                moment.at = moment.at.replace(hour=moment.at.hour - 12)  # "up till 3 in the morning"
            found.append(moment)
    return sorted(found, key=lambda moment: moment.start)


def _beside(match: re.Match[str], found: list[Moment], now: time) -> Moment | None:
    """ "An eye test at 3, so picking up at quarter to": of the hour that was told before, unless that has gone by."""
    own = next((moment for moment in reversed(found) if moment.kind in _TOLD and moment.at.minute == 0), None)
    minutes = {"quarter": 15, "half": 30}.get(match["past"]) or int(match["past"])
    at = None if own is None else _plus(own.at, minutes if match["side"] == "past" else -minutes)
    if at is None or now <= at or not _IN_SCHOOL[0] <= now <= _IN_SCHOOL[1]:
        return Moment(match.start(), match.end(), at) if at is not None else _one(match, now)
    return _one(match, now)


def _to_the_hour(match: re.Match[str], line: str) -> bool:
    """ "at 10 to 2" is ten minutes before two; "from 10 to 2" and "appointment 10 to 2" are a stretch."""
    return (
        match["a"] in ("5", "10", "20", "25")
        and " to " in match[0]
        and line[: match.start()].endswith(("at ", "about ", "around ", "by "))
    )


def _inside(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _parse(text: str, half: str | None) -> time | None:
    if len(text) == 4 and text.isdigit():
        return school_time(int(text[:2]), int(text[2:]), "am" if text[0] == "0" else None)
    hour, _, minute = text.replace(":", ".").partition(".")
    return school_time(int(hour), int(minute or 0), half if half == "pm" and int(hour) < 8 else None)


def _one(match: re.Match[str], now: time) -> Moment | None:
    found: time | None = None
    kind = "clock"
    if match["in"] or match["late"]:
        word, unit = (match["in"], match["unit"]) if match["in"] else (match["late"], match["lateunit"])
        known = _count(word)
        size = 60 if unit.startswith("hour") else 1
        minutes = known if known is not None and size == 60 else int(word if word.isdigit() else 1) * size
        kind = "late" if match["late"] or "late" in match[0] else "in"
        found = _plus(now, minutes)
        if kind == "late":
            return Moment(match.start(), match.end(), time(minutes // 60 % 24, minutes % 60), "late")
    elif match["rel"]:
        found = _relative(match["rel"], _hour(match["relh"]), match["relhalf"])
    elif match["dot"]:
        found = school_time(int(match["dot"]), int(match["m"]), match["dothalf"])
    elif match["four"]:
        found = time(int(match["four"][:2]), int(match["four"][2:]))
    elif match["bare"]:
        half = None if match["barehalf"] == "ish" else match["barehalf"]
        found = school_time(int(match["bare"]), 0, half) if int(match["bare"]) <= 12 else None
    elif match["soon"]:
        found, kind = _plus(now, int(match["soon"])), "in"
    elif match["three"]:
        found = time(int(match["three"][0]), int(match["three"][1:]))
    elif match["tenpast"]:
        found = school_time(int(match["tenpast"]), 10)
    elif hour := match["wordish"] or match["hours"] or match["verbed"] or match["sharp"]:
        found = school_time(_hour(hour), 0)
    elif match["andhalf"]:
        found = school_time(int(match["andhalf"]), 30 if match["andpart"] == "half" else 15)
    elif match["less"]:
        found = _relative(f"{match['lessby']} to", int(match["less"]), None)
    elif match["athours"]:
        found = school_time(int(match["athours"]), 0)
    elif match["oclock"]:
        found = school_time(int(match["oclock"]), 0, match["ohalf"])
    elif match["spaced"]:
        hour = int(match["spaced"])
        found = school_time(hour, int(match["spm"])) if 1 <= hour <= 18 else None
    elif match["prepped"]:
        found, kind = school_time(_hour(match["prepped"]), 0), "loose"
        return Moment(match.start(), match.end(), found, kind) if found is not None else None
    elif match["noon"]:
        found = time(12)
    elif match["few"]:
        found, kind = _plus(now, _stretch(match["few"], match["fewunit"])), "stretch"
    elif match["past"]:
        minutes = {"quarter": 15, "half": 30}.get(match["past"]) or int(match["past"])
        found = _next_past(minutes if match["side"] == "past" else 60 - minutes, now)
    elif match["alone"]:
        found, kind = school_time(int(match["alone"]), 0), "alone"
    return Moment(match.start(), match.end(), found, kind) if found is not None else None


def _hour(word: str) -> int:
    """ "1", "one"."""
    return int(word) if word.isdigit() else _WORDS[word]


def _stretch(word: str, unit: str) -> int:
    """The minutes of "20 minutes", "2 hours", "half an hour", "quarter of an hour"."""
    if not word.isdigit():
        return 15 if "quarter" in word else 30
    return int(word) * (60 if unit.startswith("hour") else 1)


def _next_past(minutes: int, now: time) -> time | None:
    """ "Ten past": of the hour that runs, or of the next one if that is gone."""
    hour = now.hour + (minutes <= now.minute)
    return time(hour, minutes) if hour < 24 else None


def _relative(word: str, hour: int, half: str | None) -> time | None:
    if hour > 12:
        return None
    minutes = (
        30
        if "half" in word or "1/2" in word
        else 15
        if "quarter" in word or "1/4" in word
        else int(word.split(maxsplit=1)[0])
    )
    if word.endswith("to"):
        before = school_time(hour, 0, half)
        return before and _plus(before, -minutes)
    return school_time(hour, minutes, half)
