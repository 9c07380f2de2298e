"""The words of a label: intents, marks, reports and days, as `training/README.md` describes them.

Days become school days of the calendar that is handed in. What cannot be read raises LabelFault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from attendance.calendar import SchoolCalendar

INTENTS = frozenset(
    "absence leave late present missing return confirm reject cancel other_parent leaver question wrong_number stop"
    " help chat".split()
)
CODES = frozenset("I M R T J1 C1 S C2 C G E Y1 Y2 Y5 Y6 Y7 K B V P W D O N".split())
QUESTIONS = frozenset(("absence", "reason", "return", "child", "confirm"))
SESSIONS = frozenset(("am", "pm", "day"))
#: The letters behind an intent, and the field that each stands for; with a question mark the field is not scored.
FLAGS = {"U": "urgent", "S": "safeguarding"}
DOUBT = "D"

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"({'|'.join(_WEEKDAYS)})(?:\+(\d))?")
_CLOCK = re.compile(r"\d\d:\d\d")
#: From this time on, an absence without a day begins on the next school day.
_AFTER_SCHOOL = time(15, 30)
#: A day that is farther off is nobody's first day or return: it is read as none.
_FAR = timedelta(days=400)

Json = dict[str, Any]


class LabelFault(ValueError):
    """A message that cannot be read as a label; the text says what to mend."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a report's words say. A field is missing when the words do not mention it, which is not the same as none."""

    children: list[str]
    said: Mapping[str, Any]

    def whole(self, start: str) -> Json:
        """All fields of an absence; `start` is the first day of one that names none."""
        unsaid: Json = {"code": None, "first_day": start, "return_day": None, "session": "day", "arrives": None,
                  "leaves": None}  # fmt: skip
        return {"children": self.children, **unsaid, **self.said}

    def spoken(self, start: str) -> Json:
        """Only what was said, as the other intents have it; with a code it is another child's absence beside them."""
        out: Json = {"children": self.children}
        out |= {name: self.said[name] for name in ("first_day", "return_day", "arrives") if name in self.said}
        if self.said.get("code") is not None:
            out = {"first_day": start, "return_day": None, **out, "code": self.said["code"]}
        return out


@dataclass(frozen=True, slots=True)
class Label:
    """Reads the words of one message's context and label. `ids` are the children by the names of the head."""

    sent: datetime
    calendar: SchoolCalendar
    ids: Mapping[str, str]

    def asked(self, text: str) -> Json:
        """Our open question: `kind Child+Child`, with the draft's words behind the children if we hold one."""
        kind, _, rest = text.partition(" ")
        if kind not in QUESTIONS:
            raise LabelFault(f"asked {kind!r}: write one of {', '.join(sorted(QUESTIONS))}")
        words = rest.split()
        ids = self._children(words[0]) if words else []
        today = self.sent.date()
        out: Json = {"kind": kind, "child": ids[0] if ids else None, "day": self._onward(today), "draft": None}
        if len(ids) > 1:
            out["children"] = ids
        if len(words) > 1 or (kind == "confirm" and words):
            out["draft"] = self.draft(rest)
            first = out["draft"]["first_day"]
            if kind != "absence" and first and first <= today.isoformat():
                out["day"] = first
        return out

    def draft(self, text: str) -> Json:
        """A report with all its fields, as we hold it."""
        out = self._fields(text).whole(self._day("start"))
        if open_ := [field for field, value in out.items() if isinstance(value, dict)]:
            raise LabelFault(f"{open_[0]} of what we hold already: write one value, alternatives belong to labels")
        return out

    def gold(self, text: str) -> Json:
        """The label: intents and marks, then the reports, whole alternatives parted by `||`."""
        left, _, right = text.partition(":")
        intents, *marks = left.split()
        kinds = intents.split("/")
        if unknown := set(kinds) - INTENTS:
            raise LabelFault(f"intent {min(unknown)!r}: the contract has {', '.join(sorted(INTENTS))}")
        known = {DOUBT, *FLAGS, *(f"{letter}?" for letter in FLAGS)}
        if strange := [mark for mark in marks if mark not in known]:
            raise LabelFault(f"marks {strange}: write {', '.join(sorted(known))}")
        ways = [
            [self._report(report, kinds[min(number, len(kinds) - 1)]) for report in way.split(";") if report.strip()]
            for number, way in enumerate(right.split("||"))
        ]
        out: Json = {"intent": _any_of(kinds), "reports": ways[0] if len(ways) == 1 else {"any_of": ways}}
        out |= {name: letter in marks for letter, name in FLAGS.items() if f"{letter}?" not in marks}
        return out | ({"sender_doubt": True} if DOUBT in marks else {})

    def _report(self, text: str, intent: str) -> Json:
        fields = self._fields(text)
        if intent not in ("absence", "leave"):
            return fields.spoken(self._day("start"))
        if "code" not in fields.said:
            raise LabelFault(f"report {text.strip()!r}: an absence needs a code (or - for a late child)")
        return fields.whole(self._day("start"))

    def _fields(self, text: str) -> _Fields:
        """The words of one report: children, code, first day, `> return`, session, `in` and `out` with times."""
        words = text.split()
        if not words:
            raise LabelFault("an empty report")
        children = self._children(words.pop(0))
        said: Json = {}
        if words and (words[0] == "-" or set(words[0].split("/")) <= CODES):
            code = words.pop(0)
            said["code"] = None if code == "-" else _any_of(code.split("/"))
        if words and words[0] not in (">", "in", "out", *SESSIONS):
            said["first_day"] = _any_of([self._day(word) for word in words.pop(0).split("/")])
        first = options(said.get("first_day"))[0]
        while words:
            word = words.pop(0)
            if word == ">":
                said["return_day"] = _any_of([self._day(one, first) for one in _behind(word, words)])
            elif set(word.split("/")) <= SESSIONS:
                said["session"] = _any_of(word.split("/"))
            elif word in ("in", "out"):
                said["arrives" if word == "in" else "leaves"] = _any_of(
                    [_clock(one) for one in words.pop(0).split("/")]
                )
            else:
                raise LabelFault(f"cannot read {word!r} in report {text.strip()!r}")
        first_days, returns = options(said.get("first_day")), options(said.get("return_day"))
        if None not in (*first_days, *returns) and min(returns) < min(first_days):
            raise LabelFault(
                f"back on {min(returns)}, before the first day {min(first_days)}: write the return as a date"
            )
        return _Fields(children, said)

    def _children(self, names: str) -> list[str]:
        named = [] if names == "-" else names.split("+")
        if strange := [name for name in named if name not in self.ids]:
            raise LabelFault(f"child {strange[0]!r}: the head has {', '.join(self.ids)}")
        return [self.ids[name] for name in named]

    def _day(self, word: str, first: str | None = None) -> Any:
        """A day's word as an ISO date that is a school day, or None. `first` is the day that `+N` counts from."""
        today = self.sent.date()
        if word in ("null", "-", "?"):
            return None
        if word == "today":
            return self._onward(today)
        if word == "start":
            late = self.calendar.is_school_day(today) and self.sent.time() >= _AFTER_SCHOOL
            return self.calendar.after(today).isoformat() if late else self._onward(today)
        if word == "tom":
            return self.calendar.after(today).isoformat()
        if word == "yest":
            return self.calendar.before(today).isoformat()
        if re.fullmatch(r"\+\d+", word):
            if first is None:
                raise LabelFault(f"{word} counts from a first day, which the report does not say")
            return self.calendar.after(date.fromisoformat(first), int(word)).isoformat()
        if found := _WEEKDAY.fullmatch(word):
            ahead = (_WEEKDAYS.index(found[1]) - today.weekday() - 1) % 7 + 1
            return self._onward(today + timedelta(days=ahead + 7 * int(found[2] or 0)))
        try:
            day = date.fromisoformat(word)
        except ValueError:
            raise LabelFault(
                f"day {word!r}: write YYYY-MM-DD, today, start, tom, yest, mon to sun, +N or null"
            ) from None
        return self._onward(day) if abs(day - today) < _FAR else None

    def _onward(self, day: date) -> str:
        return self.calendar.on_or_after(day).isoformat()


def options(value: Any) -> list[Any]:
    """All values that a label's field allows."""
    return list(value["any_of"]) if isinstance(value, dict) and set(value) == {"any_of"} else [value]


def _any_of(values: Iterable[Any]) -> Any:
    """One value as it is, several as the contract's alternatives."""
    different = list(dict.fromkeys(values))
    return different[0] if len(different) == 1 else {"any_of": different}


def _behind(word: str, words: list[str]) -> list[str]:
    """Take the alternatives that must follow `>`, `in` or `out`."""
    if not words:
        raise LabelFault(f"nothing behind {word!r}")
    return words.pop(0).split("/")


def _clock(word: str) -> str | None:
    if word == "null":
        return None
    if not _CLOCK.fullmatch(word):
        raise LabelFault(f"time {word!r}: write HH:MM")
    return word
