"""Who may do what in the office: one small table from the roles of the vocabulary to permissions.

A role that is not in the table may do nothing. A tutor or teacher sees the own group, a head of house the own house, a
leader of year the own years, unless another role of the same person sees the whole school. Whom the ladder told of a
child sees that child as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from attendance.ladder import Alert
from attendance.people import HOUSE_ROLES, YEAR_ROLES, Pupil, StaffMember

Permission = Literal[
    "see_board",
    "see_story",
    "see_call_sheet",
    "see_people",
    "see_policy",  # what the school does when, and in which words; nothing about a child but a preview's first name
    "see_figures",  # of the children whom this person sees
    "change_people",  # what no import clears: bar a contact, who may report, who is asked first, language, note
    "lift_bar",  # and let somebody be asked again who was named as harming the child
    "read_safeguarding",  # the words of a disclosure of harm
    "see_flags",  # why a child is in a risk tier, and what is told to workers of other services; others see "priority"
    "see_audit",  # who looked at what, and who changed it
    "act",  # acknowledge, settle, finish a task, close what was read
    "change_register",  # confirm and amend codes
    "take_register",
    "write",  # own words to families, take a thread over
    "hold",  # hold and release a send, give the all-clear
    "decide_leave",
    "own_account",  # one's own second factor: everybody who has an account, whatever the roles
]
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)

_LOOK: frozenset[Permission] = frozenset(
    {"see_board", "see_story", "see_call_sheet", "see_people", "see_policy", "see_figures"}
)
_NOTHING: frozenset[Permission] = frozenset()


def _with(granted: frozenset[Permission], *more: Permission) -> frozenset[Permission]:
    return granted.union(more)


_ACT = _with(_LOOK, "act")
_OFFICE = _with(_ACT, "change_register", "take_register", "write", "hold", "change_people")
_LEAD = _with(_OFFICE, "see_flags", "read_safeguarding", "lift_bar")
_PASTORAL = _with(_ACT, "see_flags")
_OWN_GROUP = _with(_NOTHING, "see_board", "see_story", "see_people", "see_policy", "act", "take_register")

ADMINISTRATOR = "administrator"
"""The account that `firstcall init` makes, before it is linked to a member of staff: it looks, and decides nothing."""

TABLE: dict[str, frozenset[Permission]] = {
    "attendance_officer": _with(_OFFICE, "see_flags"),
    "office": _OFFICE,
    "safeguarding_lead": _with(_LEAD, "see_audit"),
    "senior_attendance_champion": _with(_OFFICE, "see_flags"),
    "senior_leader": _with(_PASTORAL, "hold"),
    "deputy_headteacher": _LEAD,
    "headteacher": _with(_LEAD, "see_audit", "decide_leave"),
    "leader_of_year": _PASTORAL,
    "head_of_house": _PASTORAL,
    "assistant_head_of_house": _PASTORAL,
    "pastoral": _PASTORAL,
    "senco": _PASTORAL,
    "family_support_worker": _with(_PASTORAL, "write"),
    "trust_attendance_lead": _LOOK,
    "teacher": _OWN_GROUP,
    "tutor": _OWN_GROUP,
    ADMINISTRATOR: _LOOK,
    # People of other authorities, and whoever looks after the machines, see no child here.
    "local_authority_officer": _NOTHING,
    "social_worker": _NOTHING,
    "yot_worker": _NOTHING,
    "it": _NOTHING,
}

OWN_GROUP_ONLY = frozenset({"teacher", "tutor"})
OWN_HOUSE_ONLY = frozenset(HOUSE_ROLES)
OWN_YEARS_ONLY = frozenset(YEAR_ROLES)


def permissions_of(roles: Iterable[str], decides_leave: str = "headteacher") -> frozenset[Permission]:
    """Everything that these roles together allow. `decides_leave` is the role that the school's policy names."""
    granted: set[Permission] = set()
    for role in roles:
        granted |= TABLE.get(role, _NOTHING) - {"decide_leave"}
        if role == decides_leave:
            granted.add("decide_leave")
    return frozenset(granted)


def sees_whole_school(roles: Iterable[str]) -> bool:
    """False for those whose every role is for one group, one house or some years."""
    part = OWN_GROUP_ONLY | OWN_HOUSE_ONLY | OWN_YEARS_ONLY
    return any(role not in part and "see_board" in TABLE.get(role, _NOTHING) for role in roles)


def sees(member: StaffMember | None, roles: Iterable[str], pupil: Pupil) -> bool:
    """Whether this person may see this pupil: by a whole-school role, as tutor, as leader of its house
    or year, or as named person."""
    held = frozenset(roles)
    if sees_whole_school(held):
        return True
    if member is None:
        return False
    return (
        pupil.named_person == member.id
        or (member.group == pupil.group and not held.isdisjoint(OWN_GROUP_ONLY))
        or (pupil.year in member.years and not held.isdisjoint(OWN_YEARS_ONLY))
        or (bool(pupil.house) and member.house == pupil.house and not held.isdisjoint(OWN_HOUSE_ONLY))
    )


def told(member: StaffMember | None, alerts: Iterable[Alert]) -> frozenset[str]:
    """The pupils of whom the ladder has told this person: whoever is to act for a child sees that child."""
    if member is None:
        return frozenset()
    return frozenset(
        pupil for alert in alerts if any(one.staff == member.id for one in alert.told) for pupil in alert.pupils
    )


def may_have(member: StaffMember | None, roles: Iterable[str], alert: Alert) -> bool:
    """Whether this person may take an alert or end it: a disclosure of harm is for those whose role reads it, and for
    whom the ladder told of it, because nobody above answered."""
    if alert.reason != "safeguarding" or "read_safeguarding" in permissions_of(roles):
        return True
    return member is not None and any(one.staff == member.id for one in alert.told)


def reach_of(role: str) -> str:
    """Which children a role sees, in words."""
    if "see_board" not in TABLE.get(role, _NOTHING):
        return "no child"
    if role in OWN_GROUP_ONLY:
        return "own group"
    if role in OWN_YEARS_ONLY:
        return "own years"
    return "own house" if role in OWN_HOUSE_ONLY else "everybody"


def as_table() -> str:
    """The whole table for docs/roles.md, one line a role."""
    names = [name for name in PERMISSIONS if name != "own_account"]
    lines = ["| role | sees | " + " | ".join(name.replace("_", " ") for name in names) + " |"]
    lines.append("| --- | --- |" + " :-: |" * len(names))
    for role, granted in TABLE.items():
        marks = " | ".join("yes" if name in granted else "" for name in names)
        lines.append(f"| {role.replace('_', ' ')} | {reach_of(role)} | {marks} |")
    return "\n".join(lines) + "\n"
