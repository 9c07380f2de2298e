"""A time in words, as figures: "half past instead", "more like ten", "make that quarter to".

Where no hour is said it is that of the time which was told: after "in at 10", "quarter to" is 9.45 and
"half past" 10.30.
"""

from __future__ import annotations

import re
from datetime import time

_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR = rf"(?P<hour>\d{{1,2}}(?![\d.:])|{'|'.join(_HOURS)})"
_PARTS = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}
_PART = r"(?:a )?(?P<part>half|quarter|twenty[ -]five|twenty|ten|five)"
_OF_AN_HOUR = re.compile(
    rf"\b{_PART} (?P<way>past|to) {_HOUR}\b"
    rf"|\bhalf (?P<half>\d{{1,2}}(?![\d.:])|{'|'.join(_HOURS)})\b",
    re.IGNORECASE,
)
_OF_NO_HOUR = re.compile(rf"\b{_PART} (?P<way>past|to)\b(?! ?\d)", re.IGNORECASE)
_BARE = re.compile(rf"\b(?:{'|'.join(_HOURS)})\b(?: o'?clock)?", re.IGNORECASE)
_QUARTERS = 15


def in_figures(text: str, told: time | None) -> str:
    """The words with their times in figures. `told`: the time that they may change."""
    text = _OF_AN_HOUR.sub(_figures, text.replace("\u2019", "'"))
    if told is not None:
        text = _OF_NO_HOUR.sub(lambda found: _beside(found, told) or found[0], text)
    return _BARE.sub(lambda found: str(_number(found[0].split()[0])), text)


def _figures(found: re.Match[str]) -> str:
    if found["half"]:
        return f"{_number(found['half'])}.30"
    return _written(_number(found["hour"]), _minutes(found), found["way"])


def _beside(found: re.Match[str], told: time) -> str:
    """The hour of what was told; "quarter to" is the nearest one, and nobody's guess half way between two."""
    if found["way"].casefold() == "past":
        return _written(told.hour, _minutes(found), "past")
    if told.minute == _QUARTERS:
        return ""
    return _written(told.hour if told.minute < _QUARTERS else told.hour + 1, _minutes(found), "to")


def _written(hour: int, minutes: int, way: str) -> str:
    return f"{hour}.{minutes:02}" if way.casefold() == "past" else f"{hour - 1 or 12}.{60 - minutes:02}"


def _minutes(found: re.Match[str]) -> int:
    return _PARTS[found["part"].casefold().replace("-", " ")]


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS.index(word.casefold()) + 1
