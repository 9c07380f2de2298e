"""The family's form: a link that is sent once, and what comes back by it, as requests at each school that it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from attendance.leave import machine
from attendance.people import Roll
from bot.conversation import Conversation
from bot.leave.asked import leave_asked
from bot.outcome import AskLeave, BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.sender import who_writes
from bot.understanding import Report, Understanding
from office.leave.family_form import Answers, Child
from office.leave.links import FORM_LIVES, FormLink, OpenForm
from service.turns.turn import Turn
from service.turns.words import reply_in_words
from storage import leave, timers
from storage.timers import Timer

FORM: Final = "leave_form"
"""The kind of timer that an open form is: taking it is what makes the link count once, falling due is its end."""
CHANNEL: Final = "form"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One form that came back."""

    form: OpenForm
    answers: Answers


async def offer(turn: Turn, channel: str, address: str, contact: str) -> Reply:
    """The answer to who asks for the form: their own link, or how to ask without one."""
    if turn.links is None:
        return Reply("leave.no_form", values={"phone": turn.school.policy.phone})
    link = FormLink(turn.school.id, turn.new_id())
    data = {"channel": channel, "address": address, "contact": contact}
    await timers.put(turn.db, turn.school.id, [Timer(FORM, key_of(link), turn.now + FORM_LIVES, data)])
    return Reply("leave.form", values={"link": turn.links.form(link, turn.now)})


def key_of(link: FormLink) -> str:
    """What the open form is stored under: a print of what makes it count once."""
    return sha256(link.nonce.encode()).hexdigest()


async def ended(turn: Turn, timer: Timer) -> None:
    """A form that nobody handed in: taking the timer was its end."""


def is_theirs(waiting: Timer, roll: Roll) -> bool:
    """Whether the address is still the contact's to whom the link was sent: a number may be somebody else's by now."""
    here = {one.id for one in roll.at(waiting.data["channel"], waiting.data["address"])}
    return waiting.data.get("contact") in (None, *here)


async def take(turn: Turn, link: FormLink) -> bool:
    """True for the first who hands this form in, and for nobody after that."""
    waiting = await timers.get(turn.db, turn.school.id, FORM, key_of(link))
    return waiting is not None and waiting.due_at > turn.now and await timers.take(turn.db, turn.school.id, waiting)


async def requests_of(turn: Turn, form: HandedIn) -> tuple[Outcome, Heard, Situation]:
    """What the form leads to at this school, by the very rules for words."""
    answers, sent = form.answers, form.form
    mine = [child for child in answers.children if child.school.id == turn.school.id]
    heard = Heard(f"form-{key_of(sent.link)[:16]}", sent.channel, sent.address, answers.words, turn.now)
    sender = who_writes(turn.school.roll.at(sent.channel, sent.address), turn.school.roll)
    known = await leave.of_pupils(turn.db, turn.school.id, sender.children, heard.day)
    situation = Situation(turn.school, sender, Conversation(), leave=tuple(known))
    outcome = leave_asked(replace(heard, text=""), _understood(turn, mine, answers), situation)
    effects = tuple(_with_details(effect, answers, heard) for effect in outcome.effects)
    return replace(outcome, effects=effects), heard, situation


def _understood(turn: Turn, children: list[Child], answers: Answers) -> Understanding:
    back = turn.school.calendar.after(answers.last_day)
    pupils = tuple(child.pupil for child in children)
    return Understanding("leave", (Report(pupils, answers.code, answers.first_day, back, "day"),))


def _with_details(effect: BotEffect, answers: Answers, heard: Heard) -> BotEffect:
    """Whoever left the journey's fields empty on a form was asked, and travels nowhere: nothing is asked again."""
    if not isinstance(effect, AskLeave | ChangeLeave):
        return effect
    request = effect.request
    lacks = tuple(one for one in request.lacks if one == "more")
    told = replace(request, details={**request.details, **answers.details}, lacks=lacks, message=heard.id)
    return replace(effect, request=replace(told, state=machine.waiting_state(lacks)))


def note_received(turn: Turn, form: HandedIn, heard: Heard, situation: Situation) -> None:
    """The form's words stand in the child's story as a message does."""
    contact = situation.sender.contact
    pupils = tuple(child.pupil for child in form.answers.children if child.school.id == turn.school.id)
    turn.note(
        "received",
        pupils,
        **{"from": contact.id if contact else heard.address},
        channel=CHANNEL,
        text=heard.text,
        understood=None,
        message=heard.id,
        contact=contact.id if contact else None,
    )


def tell(turn: Turn, reply: Reply, heard: Heard, situation: Situation) -> str:
    """Queue the answer to where the link was sent, and hand back its words for the page."""
    contact = situation.sender.contact
    words = reply_in_words(
        heard.id,
        heard.channel,
        heard.address,
        reply.template,
        reply.pupils,
        reply.values,
        contact.id if contact else None,
        contact.language if contact else "en",
        turn,
    )
    turn.send(words)
    return words.words.text
