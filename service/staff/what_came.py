"""A member of staff answers an alert with what came of the child: recorded at once, read back, and taken back by UNDO.

Only of a child of whom they were told, and only in words that say nothing else (bot/for_staff/staff_news.py). Where it
may be one of several children, nothing is recorded: they are asked which one, by initials and group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from attendance.alarms import is_of_where
from attendance.calendar import local
from attendance.codes import has_arrived
from attendance.effects import RaiseAlert
from attendance.events import StaffTookBack
from attendance.ladder import Alert, matter
from attendance.people import Pupil, StaffMember
from bot.for_staff.staff_news import StaffNews, TakesBack, read_staff_news, read_undo
from messaging.wording import Words
from service.errors import CannotDo
from service.staff import staffing, taking
from service.turns.turn import Turn
from service.turns.words import OF_A_CHILD_WHO_IS_NOT_HERE, initials_of
from storage import audit
from storage.outbox import OutboxRow

SETTLED = "settled"
"""Under this key the answer to a member of staff keeps what was recorded, so that it can be taken back."""
OF_A_CHILD = OF_A_CHILD_WHO_IS_NOT_HERE | {"unaccounted"}
UNDONE_WITHIN = timedelta(hours=12)
MOST_ASKED = 5
"""Children named at most where we ask which one is meant."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one child, by the number under which its alert was told; or, without a `pupil`, which child is meant
    has to be asked (`which`: those whom it may be about, each with its number)."""

    outcome: str
    pupil: str = ""
    number: str = ""
    which: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    """What is to be taken back: the child, what was recorded of it, and which alerts ended with that."""

    pupil: str
    outcome: str
    number: str
    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A child of whom the writer was told, under the newest number."""

    pupil: str
    number: str


def sought(number: str, alerts: Iterable[Alert]) -> list[Sought]:
    """The children of one message to staff who are still looked for."""
    live = [one for one in alerts if one.live and is_of_a_child(one)]
    return [Sought(pupil, number) for pupil in dict.fromkeys(pupil for one in live for pupil in one.pupils)]


def is_of_a_child(alert: Alert) -> bool:
    """About where a child is; no harm, and nothing that somebody must read."""
    return matter(alert) in OF_A_CHILD and not is_of_where(alert)


def read_came(
    text: str, told: Sequence[Sought], named: str | None, roll: Mapping[str, Pupil], signature: Iterable[str]
) -> Came | None:
    """What these words say of one of the children whom the writer was told of (`told`, the newest first); None when
    they are not clear. `named`: the number of the alert whose own message was answered.
    """
    children = {one.pupil: roll[one.pupil] for one in told if one.pupil in roll}
    news = read_staff_news(text, children, signature) if children else None
    if news is None:
        return None
    numbers = set(news.numbers or ((named,) if named and not news.named else ()))
    meant = _meant(news, [one for one in told if not numbers or one.number in numbers])
    if len(meant) == 1:
        return Came(news.outcome, meant[0].pupil, meant[0].number)
    which = meant or _newest(told)
    return Came(news.outcome, which=tuple((one.number, one.pupil) for one in which))


def _meant(news: StaffNews, told: Sequence[Sought]) -> list[Sought]:
    return [one for one in _newest(told) if all(one.pupil in fits for fits in news.named)]


def _newest(told: Sequence[Sought]) -> list[Sought]:
    seen: dict[str, Sought] = {}
    for one in told:
        seen.setdefault(one.pupil, one)
    return list(seen.values())


def read_taken_back(
    text: str, sent: Sequence[OutboxRow], last: OutboxRow | None, roll: Mapping[str, Pupil]
) -> Undo | None:
    """What the writer takes back, of what they were told was recorded. `sent`: what they were sent, the newest first.

    Without a number or a name it is the `last` that we said there, or what is answered; never one of several.
    """
    rows = [one for one in sent if SETTLED in one.about]
    of = {one.about[SETTLED]["pupil"]: roll[one.about[SETTLED]["pupil"]] for one in rows if one.pupils[0] in roll}
    undo = read_undo(text, of) if of else None
    if undo is None:
        return None
    meant = _as_said(undo, rows, last)
    if len({one.about[SETTLED]["pupil"] for one in meant}) != 1:
        return None
    was = meant[0].about[SETTLED]
    return Undo(was["pupil"], was["outcome"], was["number"], tuple(was["alerts"]))


def _as_said(undo: TakesBack, rows: Sequence[OutboxRow], last: OutboxRow | None) -> list[OutboxRow]:
    if not undo.number and not undo.named:
        return [last] if last is not None and SETTLED in last.about else []
    return [
        one
        for one in rows
        if undo.number in ("", one.about[SETTLED]["number"])
        and all(one.about[SETTLED]["pupil"] in fits for fits in undo.named)
    ]


async def record(turn: Turn, member: StaffMember, came: Came, channel: str) -> tuple[Words, dict[str, object]]:
    """Settle the child's day with it, and say so; the second part is what UNDO needs. Raises CannotDo."""
    await taking.check(turn, member, [came.pupil])
    before = {one.key for one in await turn.live_alerts() if one.pupils == (came.pupil,)}
    await staffing.settle(turn, member.id, came.pupil, came.outcome)
    left = {one.key for one in await turn.live_alerts()}
    detail = {"outcome": came.outcome, "by": channel}
    deed = audit.Deed(turn.now, member.id, "answered_settle", f"pupil/{came.pupil}", detail)
    await audit.append(turn.db, turn.school.id, [deed])
    words = turn.wording.say(
        "staff.settled",
        school=turn.school.policy.short_name,
        at=local(turn.now).time(),
        who=initials_of((came.pupil,), turn.school),
        outcome=came.outcome,
        number=came.number,
    )
    kept = {"pupil": came.pupil, "outcome": came.outcome, "number": came.number, "alerts": sorted(before - left)}
    return words, {SETTLED: kept}


async def take_back(turn: Turn, member: StaffMember, undo: Undo, message: str, channel: str) -> Words:
    """The child is sought again as before. Raises CannotDo where something newer is known of it."""
    await taking.check(turn, member, [undo.pupil])
    turn.actor = member.id
    cases = await turn.cases_of(local(turn.now).date(), [undo.pupil])
    mine = [one for one in cases if one.stage == "settled" and one.outcome == undo.outcome]
    if any(has_arrived(one.mark) for one in cases) or (cases and not mine):
        raise CannotDo("Something newer is known of this child; look at the board.")
    for case in mine:
        await turn.move(case, StaffTookBack(f"took-back/{message}", member.name))
    if not cases:
        await _raise_again(turn, member, undo, message)
    turn.note("taken_back", (undo.pupil,), pupil=undo.pupil, by=member.name, position=member.position)
    deed = audit.Deed(turn.now, member.id, "answered_undo", f"pupil/{undo.pupil}", {"by": channel})
    await audit.append(turn.db, turn.school.id, [deed])
    return turn.wording.say(
        "staff.undone",
        school=turn.school.policy.short_name,
        at=local(turn.now).time(),
        who=initials_of((undo.pupil,), turn.school),
    )


async def _raise_again(turn: Turn, member: StaffMember, undo: Undo, message: str) -> None:
    """A child without a case: its alerts are raised anew."""
    for key in undo.alerts:
        was = await turn.alert_by_key(key)
        if was is None or was.live or not is_of_a_child(was):
            continue
        because = f"{member.name} took back what was recorded. {was.because}"
        again = RaiseAlert(f"{key}/again/{message}", matter(was), was.urgent, was.pupils, because, session=was.session)
        await turn.raise_alert(again)
        return


def ask_which(turn: Turn, came: Came) -> Words:
    """Which of these children is meant: nothing was recorded."""
    return turn.wording.say(
        "staff.whose",
        school=turn.school.policy.short_name,
        children=[
            {"number": number, "who": initials_of((pupil,), turn.school)} for number, pupil in came.which[:MOST_ASKED]
        ],
        more=max(0, len(came.which) - MOST_ASKED),
    )
