"""From what was understood to what may be recorded: limited to the children for whom the writer may report."""

from __future__ import annotations

from dataclasses import replace

from attendance.absences import Absence
from attendance.effects import RaiseAlert
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Report


def split_by_right(reports: list[Report], situation: Situation) -> tuple[list[Report], list[str]]:
    """Reports limited to the children for whom the writer may report, and the children who are left out."""
    allowed = set(situation.sender.may_report)
    kept: list[Report] = []
    foreign: list[str] = []
    for report in reports:
        own = tuple(child for child in report.children if child in allowed)
        foreign += [child for child in report.children if child not in allowed]
        if own:
            kept.append(replace(report, children=own))
    return kept, foreign


def not_allowed(heard: Heard, situation: Situation, pupils: list[str]) -> Outcome:
    reply = Reply("absence.handed_to_staff")
    return Outcome(situation.conversation, (to_verify(heard, pupils),), reply)


def to_verify(heard: Heard, pupils: list[str]) -> RaiseAlert:
    return RaiseAlert(
        f"message/{heard.id}/verify",
        "sender_doubt",
        False,
        tuple(pupils),
        "A contact who may not report wrote about the child: it settles nothing; verify with a parent.",
        roles=("attendance_officer",),
    )


def absence_of(heard: Heard, report: Report, pupil: str, number: int) -> Absence:
    return Absence(
        id=f"{heard.id}/{pupil}/{number}",
        pupil=pupil,
        first_day=report.first_day or heard.day,
        code=report.code or "N",
        recorded_at=heard.at,
        return_day=report.return_day,
        half=report.session or "day",
        arrives=report.arrives,
        leaves=report.leaves,
        message=heard.id,
    )


def called_names(situation: Situation, pupils: tuple[str, ...]) -> tuple[str, ...]:
    """First names as the family uses them, for a text."""
    return tuple(situation.school.roll.pupils[pupil].called for pupil in pupils)
