"""Who may do what in the office: one small table from the roles of the vocabulary to permissions.

A role that is not in the table may do nothing. A tutor or teacher sees the own group only, unless another role of the
same person sees the whole school.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from attendance.people import Pupil, StaffMember

Permission = Literal[
    "see_board",
    "see_story",
    "see_call_sheet",
    "see_people",
    "see_policy",  # what the school does when, and in which words; nothing about a child but a preview's first name
    "see_figures",  # of the whole school
    "change_people",  # what no import clears: bar a contact, who may report, who is asked first, language, note
    "lift_bar",
    "read_safeguarding",  # the words of a disclosure of harm
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
_LEAD = _with(_OFFICE, "read_safeguarding", "lift_bar")
_OWN_GROUP = _with(_NOTHING, "see_board", "see_story", "see_people", "see_policy", "act", "take_register")

ADMINISTRATOR = "administrator"
"""The account that `firstcall init` makes, before it is linked to a member of staff: it looks, and decides nothing."""

TABLE: dict[str, frozenset[Permission]] = {
    "attendance_officer": _OFFICE,
    "office": _OFFICE,
    "safeguarding_lead": _LEAD,
    "senior_attendance_champion": _OFFICE,
    "senior_leader": _with(_ACT, "hold"),
    "deputy_headteacher": _LEAD,
    "headteacher": _with(_LEAD, "decide_leave"),
    "leader_of_year": _ACT,
    "head_of_house": _ACT,
    "assistant_head_of_house": _ACT,
    "pastoral": _ACT,
    "senco": _ACT,
    "family_support_worker": _with(_ACT, "write"),
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


def permissions_of(roles: Iterable[str], decides_leave: str = "headteacher") -> frozenset[Permission]:
    """Everything that these roles together allow. `decides_leave` is the role that the school's policy names."""
    granted: set[Permission] = set()
    for role in roles:
        granted |= TABLE.get(role, _NOTHING) - {"decide_leave"}
        if role == decides_leave:
            granted.add("decide_leave")
    return frozenset(granted)


def sees_whole_school(roles: Iterable[str]) -> bool:
    """False for those whose every role is for one group."""
    return any(role not in OWN_GROUP_ONLY and "see_board" in TABLE.get(role, _NOTHING) for role in roles)


def sees(member: StaffMember | None, roles: Iterable[str], pupil: Pupil) -> bool:
    """Whether this person may see this pupil: by a whole-school role, as tutor of the group, or as named person."""
    if sees_whole_school(roles):
        return True
    if member is None:
        return False
    return pupil.named_person == member.id or (member.group is not None and member.group == pupil.group)
