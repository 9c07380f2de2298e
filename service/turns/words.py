"""From decisions to rows of the outbox: siblings in one text, each row under a key that says what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from attendance.calendar import Session, instant
from attendance.effects import Ask, Tell
from attendance.ladder import Alert, TellStaff
from attendance.leave.people import may_decide
from attendance.leave.request import id_in_alert
from attendance.people import StaffMember
from attendance.school import School
from bot.conversation import Question
from messaging.wording import Wording, Words
from office.leave.links import DecisionLink, Links
from service.staff.alert_numbers import AlertNumbers
from storage.outbox import OutboxRow

EMAIL, SMS, TELEGRAM = "email", "sms", "telegram"
REPLY_LIVES = timedelta(hours=12)
ALERT_LIVES = timedelta(hours=24)
ACTS = {
    "ack": "I have it",
    "ring": "I ring",
    "safe": "Found safe",
    "visit": "Home visit",
    "grant": "Grant all days",
    "some": "Only some days",
    "not_exceptional": "Refuse: not exceptional",
    "refuse_why": "Refuse, with a reason",
    "more": "Ask for more",
}
"""What a member of staff can press under an alert, and the label of each."""
LEAVE_ACTS = ("grant", "some", "not_exceptional", "refuse_why", "more")
LEAVE_TO_DECIDE = frozenset({"leave_to_decide", "leave_overdue"})
OF_A_CHILD_WHO_IS_NOT_HERE = frozenset(
    "not_reached no_contact believed_in_school missing contradicted vulnerable_absent afternoon_absence not_settled "
    "not_returned".split()
)
"""Alerts that end when somebody has the child in front of them."""


class Speaker(Protocol):
    """What words need of the turn that says them: the school as it stands, the time, and our own addresses."""

    school: School
    now: datetime
    wording: Wording
    ours: dict[str, str]
    link: str
    seen: dict[str, str]
    links: Links | None
    hears: frozenset[str]
    numbers: AlertNumbers


@dataclass(frozen=True)
class WordsToSend:
    """Words with an address and a purpose, before they are a row."""

    key: str
    channel: str
    address: str
    words: Words
    pupils: tuple[str, ...]
    contact: str | None = None
    staff: str | None = None
    about: tuple[dict[str, Any], ...] = ()
    not_before: datetime | None = None
    not_after: datetime | None = None
    question: Question | None = field(default=None, compare=False)
    answers: Mapping[str, Any] | None = field(default=None, compare=False)
    """The e-mail that these words answer: `message_id` and `references`."""
    chat: Mapping[str, Any] = field(default_factory=dict)
    """What only a chat can do: `acts` (the buttons), `labels` (of buttons that have none in ACTS), `of` (whose message
    they belong to), `edits`, `share`, `answer` (ask the reader to answer this very message), and `seen`.
    On every channel: the `alerts` that words to staff are about, and the `number` that an answer names them by."""

    def row(self, now: datetime, message_id: str) -> OutboxRow:
        """The row that the relay leases. Its id goes along to the provider, so that receipts find their way back."""
        start = max(now, self.not_before) if self.not_before else now
        return OutboxRow(
            message_id=message_id,
            key=self.key,
            channel=self.channel,
            address=self.address,
            contact_id=self.contact,
            staff_id=self.staff,
            template=self.words.template,
            text=self.words.text,
            subject=self.words.subject,
            segments=self.words.segments,
            pupils=self.pupils,
            about={
                **({"cases": list(self.about)} if self.about else {}),
                **({"answers": dict(self.answers)} if self.answers else {}),
                **self.chat,
            },
            state="queued",
            not_before=start,
            not_after=self.not_after,
            try_at=start,
            created_at=now,
        )


def asks_in_words(asks: Sequence[Ask], turn: Speaker) -> list[WordsToSend]:
    """One text a contact, channel and session: siblings share it."""
    merged: dict[tuple[str, str, str, Session, bool, int], list[Ask]] = {}
    for ask in asks:
        merged.setdefault((ask.contact, ask.channel, ask.address, ask.session, ask.parent, ask.again), []).append(ask)
    return [_ask(group, turn) for group in merged.values()]


def _ask(group: Sequence[Ask], turn: Speaker) -> WordsToSend:
    first = group[0]
    pupils = tuple(ask.pupil for ask in group)
    names = tuple(turn.school.roll.pupils[pupil].called for pupil in pupils)
    language = turn.school.roll.contacts[first.contact].language
    if first.parent:
        template = "absence.ask_siblings" if len(pupils) > 1 else "absence.ask"
    else:
        template = "absence.ask_other_contact"
    day, told_on = first.session.day, first.told_on if template == "absence.ask" else None
    words = turn.wording.say(
        template, language, names=names, half=first.session.half, day=day,
        **({"told_on": told_on} if told_on is not None else {}), **school_values(turn),
    )  # fmt: skip
    again = f"/again/{first.again}" if first.again else ""
    return WordsToSend(
        key=f"ask/{first.session}/{first.contact}/{first.channel}/{first.round}/{','.join(sorted(pupils))}{again}",
        channel=first.channel,
        address=first.address,
        words=words,
        pupils=pupils,
        contact=first.contact,
        about=tuple(_about(ask) for ask in group),
        not_before=turn.school.words_may_leave(turn.now),
        not_after=max(turn.school.end_of_day(day), turn.now + timedelta(minutes=30)),
        question=Question("absence", pupils, day, turn.now),
    )


def _about(ask: Ask) -> dict[str, Any]:
    return {
        "kind": "ask",
        "pupil": ask.pupil,
        "day": ask.session.day.isoformat(),
        "half": ask.session.half,
        "contact": ask.contact,
        "round": ask.round,
        "parent": ask.parent,
        **({"told_on": ask.told_on.isoformat()} if ask.told_on is not None else {}),
    }


def tells_in_words(tells: Sequence[Tell], turn: Speaker) -> list[WordsToSend]:
    """All-clears and "settled" words: siblings of one contact together, and the sessions of one day."""
    merged: dict[tuple[object, ...], list[Tell]] = {}
    for tell in sorted(tells, key=lambda tell: tell.session, reverse=True):
        key = (tell.contact, tell.channel, tell.address, tell.template, tell.purpose, tell.session.day, tell.how)
        merged.setdefault(key, []).append(tell)
    return [_tell(group, turn) for group in merged.values()]


def _tell(group: Sequence[Tell], turn: Speaker) -> WordsToSend:
    first = group[0]
    pupils = tuple(dict.fromkeys(pupil for tell in group for pupil in tell.pupils))
    names = tuple(turn.school.roll.pupils[pupil].called for pupil in pupils)
    language = turn.school.roll.contacts[first.contact].language
    told_now = set(pupils)
    still = tuple(turn.school.roll.pupils[one].called for one in first.still if one not in told_now)
    how = {
        "still": still,
        "present": first.how != "explained",
        "late": first.how == "late",
        "found": first.how == "found",
    }
    words = turn.wording.say(first.template, language, names=names, **how, **school_values(turn))
    return WordsToSend(
        key=f"tell/{first.purpose}/{first.session}/{first.contact}/{','.join(sorted(pupils))}",
        channel=first.channel,
        address=first.address,
        words=words,
        pupils=pupils,
        contact=first.contact,
        not_before=turn.school.words_may_leave(turn.now),
        not_after=instant(first.session.day, turn.school.policy.quiet_hours.from_),
        chat={"how": first.how},
    )


def staff_in_words(told: Sequence[tuple[Alert, TellStaff]], turn: Speaker) -> list[WordsToSend]:
    """Alerts on every route that each member of staff has; several children of one matter share the words.

    As little about a child as serves: initials and group.
    """
    merged: dict[tuple[str, str, bool], list[tuple[Alert, TellStaff]]] = {}
    for alert, one in told:
        merged.setdefault((one.staff.id, one.reason, alert.urgent), []).append((alert, one))
    return [words for group in merged.values() for words in _alert(group, turn)]


def _alert(group: Sequence[tuple[Alert, TellStaff]], turn: Speaker) -> list[WordsToSend]:
    alert, first = group[0]
    pupils = tuple(dict.fromkeys(pupil for one, _ in group for pupil in one.pupils))
    of_one = all(set(one.pupils) == set(alert.pupils) for one, _ in group)
    keys = tuple(one.key for one, _ in group)
    about = {"alerts": list(keys), "number": turn.numbers.of(keys)}
    purpose = "+".join(f"{one.key}/{told.number}" for one, told in group)

    def say(channel: str) -> Words:
        return turn.wording.say(
            "staff.alert",
            reason=first.reason,
            who=initials_of(pupils, turn.school),
            urgent=alert.urgent,
            detail=" ".join(dict.fromkeys(one.because for one, _ in group)) if of_one else "",
            number=about["number"] if channel in turn.hears else "",
            link=_link(group, first.staff, channel, turn),
            **school_values(turn),
        )

    return [
        WordsToSend(
            key=f"staff/{first.staff.id}/{channel}/{purpose}",
            channel=channel,
            address=address,
            words=say(channel),
            pupils=pupils,
            staff=first.staff.id,
            not_after=turn.now + ALERT_LIVES,
            chat={**about, **_buttons(group, pupils, turn)} if channel == TELEGRAM else about,
        )
        for channel, address in routes_to(alert, first.staff, turn.ours)
    ]


def _buttons(group: Sequence[tuple[Alert, TellStaff]], pupils: tuple[str, ...], turn: Speaker) -> dict[str, Any]:
    """What can be pressed under an alert. Only about one child can anybody say that it is found."""
    if (request := _request_of(group)) is not None and f"leave/{request}" in turn.seen:
        acts = ["ack", *(LEAVE_ACTS if may_decide(group[0][1].staff, turn.school) else ())]
        return {"acts": acts, "seen": None, "leave": f"{request}@{turn.seen[f'leave/{request}']}"}
    alone = len(pupils) == 1 and pupils[0] in turn.seen
    acts = ["ack"]
    if alone:
        acts += ["ring"]
    if alone and all(one.reason in OF_A_CHILD_WHO_IS_NOT_HERE for one, _ in group):
        acts += ["safe", "visit"]
    return {"acts": acts, "seen": turn.seen[pupils[0]] if alone else None}


def _request_of(group: Sequence[tuple[Alert, TellStaff]]) -> str | None:
    """The one request for leave that these words ask somebody to decide, or None."""
    if len(group) != 1 or group[0][1].reason not in LEAVE_TO_DECIDE:
        return None
    return id_in_alert(group[0][0].key)


def _link(group: Sequence[tuple[Alert, TellStaff]], member: StaffMember, channel: str, turn: Speaker) -> str:
    """The board; in an e-mail to whoever decides on leave, a link of their own to that one decision."""
    request = _request_of(group) if channel == EMAIL else None
    if request is None or turn.links is None or not may_decide(member, turn.school):
        return turn.link
    return turn.links.decision(DecisionLink(turn.school.id, request, member.id), turn.now)


def routes_to(alert: Alert, member: StaffMember, ours: Mapping[str, str]) -> list[tuple[str, str]]:
    """Mail when the member has an address, Telegram when their chat is linked; a text too when it is urgent, or when
    there is neither.

    News that a channel is not working never goes by that channel.
    """
    routes: list[tuple[str, str]] = []
    if member.email and EMAIL in ours and alert.key != f"outage/{EMAIL}":
        routes.append((EMAIL, member.email))
    if member.telegram and TELEGRAM in ours and alert.key != f"outage/{TELEGRAM}":
        routes.append((TELEGRAM, member.telegram))
    by_text = alert.key != f"outage/{SMS}" and (alert.urgent or not routes)
    if by_text and member.phone and SMS in ours:
        routes.append((SMS, member.phone))
    return routes


def initials_of(pupils: Iterable[str], school: School) -> str:
    """Initials and group: as much as words to staff say of a child."""
    shown = [school.roll.pupils[pupil] for pupil in pupils if pupil in school.roll.pupils]
    if len(shown) > 3:
        return f"{len(shown)} children"
    return ", ".join(f"{pupil.initials} {pupil.group}" for pupil in shown)


def reply_in_words(
    heard_id: str,
    channel: str,
    address: str,
    template: str,
    pupils: tuple[str, ...],
    values: Mapping[str, Any],
    contact: str | None,
    language: str,
    turn: Speaker,
) -> WordsToSend:
    """The one answer to a message. Answers to what somebody wrote are free of quiet hours."""
    words = turn.wording.say(template, language, **{**school_values(turn), **values})
    return WordsToSend(
        key=f"reply/{heard_id}",
        channel=channel,
        address=address,
        words=words,
        pupils=pupils,
        contact=contact,
        not_after=turn.now + REPLY_LIVES,
    )


def unasked(
    key: str,
    channel: str,
    address: str,
    words: Words,
    pupils: tuple[str, ...],
    contact: str,
    until: date,
    turn: Speaker,
) -> WordsToSend:
    """Words that nobody waits for this minute: they keep quiet hours and go out of date after `until`."""
    return WordsToSend(
        key=key,
        channel=channel,
        address=address,
        words=words,
        pupils=pupils,
        contact=contact,
        not_before=turn.school.words_may_leave(turn.now),
        not_after=max(turn.school.end_of_day(until), turn.now + REPLY_LIVES),
    )


def school_values(turn: Speaker) -> dict[str, str]:
    """What nearly every template needs."""
    return {"school": turn.school.policy.short_name, "phone": turn.school.policy.phone}
