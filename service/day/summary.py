"""The morning's summary, by mail, ten minutes after the first round. If it does not come: the call sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attendance.calendar import Session
from attendance.case import Case
from attendance.people import StaffMember
from service.turns.turn import Turn
from service.turns.words import EMAIL, WordsToSend, school_values
from storage import outbox, register
from storage.outbox import OutboxRow

LEFT = frozenset({"accepted", "sent", "delivered", "undelivered"})


async def morning_summary(turn: Turn, session: Session) -> None:
    """Say how the first round went: cases, words that left or are held, classes not in (promise 10)."""
    today = [case for case in await turn.cases_of(session.day) if case.session == session]
    cases = [case for case in today if case.attempts or case.reason == "none"]  # not: waited for, with a reason
    rows = await outbox.with_key(turn.db, turn.school.id, f"ask/{session}/")
    first = _first_words(rows, cases)
    taken = await register.classes_taken(turn.db, turn.school.id, session)
    words = turn.wording.say(
        "staff.summary",
        half=session.half,
        day=session.day,
        cases=len(cases),
        due=len(first),
        sent=sum(row.state in LEFT for row in first),
        held=sum(case.held for case in cases),
        nobody=sum(case.stage == "handed_over" and not case.attempts for case in cases),
        not_in=tuple(group for group in turn.school.roll.groups if group not in taken),
        link=turn.link,
        **school_values(turn),
    )
    for member in _office(turn):
        channel, address = (EMAIL, member.email) if member.email and EMAIL in turn.ours else ("sms", member.phone)
        if address is None or channel not in turn.ours:
            continue
        turn.send(
            WordsToSend(
                key=f"summary/{session}/{member.id}/{turn.now:%H%M}",
                channel=channel,
                address=address,
                words=words,
                pupils=(),
                staff=member.id,
            )
        )
        turn.note(
            "alert",
            (),
            to=member.id,
            role=member.roles[0],
            reason="morning_summary",
            urgent=False,
            channel=channel,
            because=words.text,
            key=f"summary/{session}",
            session=session.half,
        )


def _first_words(rows: Sequence[OutboxRow], cases: Iterable[Case]) -> list[OutboxRow]:
    """The messages that were the first about one of their children, in whichever round somebody could be asked."""
    began = {case.pupil: min(attempt.round for attempt in case.attempts) for case in cases if case.attempts}
    return [
        row for row in rows if any(about["round"] == began.get(about["pupil"]) for about in row.about.get("cases", ()))
    ]


def _office(turn: Turn) -> list[StaffMember]:
    """Who looks after attendance today."""
    found: dict[str, StaffMember] = {}
    for role in ("attendance_officer", "office"):
        for member in turn.school.roll.staff_for(role):
            found.setdefault(member.id, member)
    return list(found.values()) or _whoever_is_here(turn)


def _whoever_is_here(turn: Turn) -> list[StaffMember]:
    """The office is away: the first of the ladder who is not, else everybody who is not, else everybody."""
    for rung in turn.school.policy.firstday.ladder:
        if holders := turn.school.roll.staff_for(rung.role):
            return list(holders[:1])
    staff = turn.school.roll.staff
    return [member for member in staff if not member.away] or list(staff)
