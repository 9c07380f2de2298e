"""Codes that the school's own written rule confirms: the amendment names the rule and the accountable person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from attendance.absences import Absence
from attendance.people import StaffMember
from attendance.register import BY_RULE, Amendment
from attendance.school import School


def accountable(school: School, role: str = "attendance_officer") -> StaffMember | None:
    """The person who answers for a rule: the first holder of the role, else the first of the ladder.

    A day on which everybody is away changes nothing about who answers: an amendment has a name and a position (SI
    2024/208 reg 10).
    """
    roles = (role, *(rung.role for rung in school.policy.firstday.ladder))
    for name in roles:
        if holders := school.roll.staff_for(name):
            return holders[0]
    away = [member for name in roles for member in school.roll.staff if name in member.roles]
    return next(iter(away), None)


def confirmed_by_rule(
    proposed: Sequence[Amendment], absence: Absence, school: School, now: datetime
) -> list[Amendment]:
    """The same marks, no longer provisional, where the policy accepts the code from a listed contact."""
    person = accountable(school)
    if absence.code not in school.policy.report.accepts or person is None:
        return []
    source = school.policy.source_of("report.accepts") or "the school's policy"
    return [
        replace(
            one,
            original=one.original,  # the mark that stood: a proposal is no entry of the register
            provisional=False,
            by=person.name,
            position=person.position,
            reason=f"{BY_RULE} ({source})",
            at=now,
        )
        for one in proposed
    ]
