"""The values that go into and come out of the reader, and their JSON shape.

The JSON is the corpus contract: days as YYYY-MM-DD, times as HH:MM (London wall clock), children as ids.
"""

# ruff: noqa: E501 - a few sentences and word sets are longer than a line.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Literal, Self

Part = Literal["day", "am", "pm"]

#: Intents whose reports carry children and the days and arrival that were said, and nothing else.
SHORT_REPORTS = frozenset({"late", "return", "present", "missing", "cancel"})


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _clock(value: object) -> time | None:
    return time.fromisoformat(str(value)) if value else None


@dataclass(frozen=True, slots=True)
class Child:
    """A child for whom the sender is a listed contact. `year` is the year group: nursery -1, Reception 0, then 1 to 13."""

    id: str
    given: str
    family: str = ""
    known_as: tuple[str, ...] = ()
    year: int = 0
    group: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build from one entry of `children`."""
        return cls(
            id=str(data["id"]),
            given=str(data.get("given") or ""),
            family=str(data.get("family") or ""),
            known_as=tuple(str(name) for name in data.get("known_as") or ()),
            year=int(data.get("year") or 0),
            group=str(data.get("group") or ""),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """One reason with its days for one group of children. `return_day` is the school day on which they are expected back."""

    children: tuple[str, ...] = ()
    code: str | None = None
    first_day: date | None = None
    return_day: date | None = None
    session: Part | None = None
    arrives: time | None = None
    leaves: time | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build from the contract's report; fields that are missing are None."""
        session = data.get("session")
        return cls(
            children=tuple(str(child) for child in data.get("children") or ()),
            code=data.get("code"),
            first_day=_day(data.get("first_day")),
            return_day=_day(data.get("return_day")),
            session=session if session in ("day", "am", "pm") else None,
            arrives=_clock(data.get("arrives")),
            leaves=_clock(data.get("leaves")),
        )

    def to_json(self) -> dict[str, Any]:
        """Every field of the contract's report."""
        return {
            "children": list(self.children),
            "code": self.code,
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "return_day": self.return_day.isoformat() if self.return_day else None,
            "session": self.session,
            "arrives": f"{self.arrives:%H:%M}" if self.arrives else None,
            "leaves": f"{self.leaves:%H:%M}" if self.leaves else None,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """Our question that is still open: absence, reason, return, child or confirm. `day` is the day asked about."""

    kind: str
    child: str | None = None
    children: tuple[str, ...] = ()
    day: date | None = None
    draft: Report | None = None
    only_missed: bool = False
    """Nobody asked: the children are missed, or were reported away, and the words may be about that."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build from the contract's `asked`."""
        draft = data.get("draft")
        return cls(
            kind=str(data.get("kind") or ""),
            child=str(data["child"]) if data.get("child") else None,
            children=tuple(str(child) for child in data.get("children") or ()),
            day=_day(data.get("day")),
            draft=Report.from_json(draft) if draft else None,
        )

    @property
    def about(self) -> tuple[str, ...]:
        """The ids of the children that the question named; empty when it asked which child."""
        if self.children:
            return self.children
        if self.child:
            return (self.child,)
        return self.draft.children if self.draft else ()


@dataclass(frozen=True, slots=True)
class Message:
    """A parent's message with the context it has to be read in. `sent_at` is aware."""

    sent_at: datetime
    children: tuple[Child, ...]
    asked: Asked | None
    known: tuple[Report, ...]
    text: str

    @property
    def is_unasked(self) -> bool:
        """Whether no question waits for these words; when a child is back is asked only beside a read-back."""
        return self.asked is None or (self.asked.kind == "return" and self.asked.draft is None)

    @property
    def read_back(self) -> Report | None:
        """What we read back and asked to be confirmed or put right, if these words may answer that."""
        return self.asked.draft if self.asked is not None and self.asked.kind == "confirm" else None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build from one line of the contract (its `in` part). Raises KeyError or ValueError for another shape."""
        sent_at = datetime.fromisoformat(str(data["sent_at"]))
        asked = data.get("asked")
        return cls(
            sent_at=sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC),
            children=tuple(Child.from_json(child) for child in data.get("children") or ()),
            asked=Asked.from_json(asked) if asked else None,
            known=tuple(Report.from_json(report) for report in data.get("known") or ()),
            text=str(data.get("text") or ""),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that one layer saw: where in the parent's text, what it took it for, how sure it is (0 to 1)."""

    layer: str
    span: tuple[int, int]
    what: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message says. `ask` names the fields to ask about before anything is recorded."""

    intent: str
    reports: tuple[Report, ...] = ()
    urgent: bool = False
    safeguarding: bool = False
    ask: tuple[str, ...] = ()
    sender_doubt: bool = False
    began: date | None = None
    """A past day since which the child is said to be ill, or on which it is said to have been away, though the report
    begins later: whether it was in school in between, the register knows. No part of the contract."""
    tells: bool = field(default=True, compare=False)
    """A word of it is of the child: why or when it is away, or where it is. No part of the contract."""
    trace: tuple[Seen, ...] = field(default=(), compare=False)

    def to_json(self) -> dict[str, Any]:
        """The contract's answer, without the `id` of the line and without the trace."""
        return {
            "intent": self.intent,
            "reports": [self._report(report) for report in self.reports],
            "urgent": self.urgent,
            "safeguarding": self.safeguarding,
            "ask": list(self.ask),
            "sender_doubt": self.sender_doubt,
        }

    def _report(self, report: Report) -> dict[str, Any]:
        whole = report.to_json()
        if self.intent not in SHORT_REPORTS or report.code is not None:
            return whole
        said = {"children": whole["children"]}
        said.update({key: whole[key] for key in ("first_day", "return_day", "arrives") if whole[key] is not None})
        return said
