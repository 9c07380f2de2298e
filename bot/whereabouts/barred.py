"""What somebody writes who is barred for a child: nothing is read back to them, and staff hear that they wrote."""

from __future__ import annotations

from dataclasses import replace

from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from bot import reports
from bot.for_staff.only_asks import SEARCHED
from bot.naming import is_named
from bot.outcome import BotEffect, CaseEvent, Heard, Record, Situation
from bot.understanding import Understanding
from bot.whereabouts.contradiction import contradicted_reports


def barred_writes(heard: Heard, understood: Understanding, situation: Situation) -> tuple[BotEffect, ...] | None:
    """No read-back and an urgent alert when the words touch a child for whom the writer is barred.

    On a phone that a barred person shares with another family nobody knows who writes: that is the barred person too.
    """
    sender = situation.sender
    if not sender.barred:
        return None
    named = {child for report in understood.reports for child in report.children}
    named |= {pupil for pupil in sender.barred if is_named(heard.text, pupil, situation)}
    touched = tuple(pupil for pupil in sender.barred if pupil in named)
    if not touched and not sender.several_families and (sender.may_report or sender.listed):
        return None
    pupils = touched or sender.barred
    return (
        RaiseAlert(
            f"message/{heard.id}/barred",
            "barred_contact_wrote",
            True,
            pupils,
            "Somebody who is barred for this child wrote to us; nothing was answered.",
            roles=("safeguarding_lead",),
        ),
    )


def of_a_child_of_theirs(
    heard: Heard, understood: Understanding, danger: tuple[BotEffect, ...], situation: Situation
) -> tuple[BotEffect, ...]:
    """What somebody who is barred for one child reports of another, for whom they may: it counts, and nothing is read
    back to them. On a phone that several families share nobody knows who writes.
    """
    sender = situation.sender
    feared = {pupil for one in danger for pupil in _pupils_of(one)}
    may = set(sender.may_report) - feared
    own = tuple(
        one for one in understood.reports if one.children and set(one.children) <= may and not is_unexplained(one.code)
    )
    if not own or understood.intent not in {"absence", *SEARCHED} or understood.sender_doubt or sender.several_families:
        return ()
    told = reports.answer(heard, replace(understood, intent="absence", reports=own), situation)
    kept = tuple(one for one in told.effects if isinstance(one, Record | CaseEvent))
    return (*contradicted_reports(heard, kept, situation), *kept)


def _pupils_of(effect: BotEffect) -> tuple[str, ...]:
    if isinstance(effect, RaiseAlert | OpenTask):
        return effect.pupils
    return (effect.pupil,) if isinstance(effect, CaseEvent) else ()
