"""Who may ask for leave, who decides, and whom a court or the school has barred.

Source: SI 2024/208 reg 11(1) (a person the proprietor authorised) and 11(4) (a parent the pupil normally lives with);
statute notes, section 5 and section 12 (two homes).
"""

from __future__ import annotations

from attendance.people import Contact, Roll, StaffMember
from attendance.school import School

LIVES_ELSEWHERE = "asker_lives_elsewhere"
PARENTS_DISAGREE = "parents_disagree"


def is_parent(pupil: str, contact: str, roll: Roll) -> bool:
    """True for a parent or carer who holds parental responsibility, as the contact list says."""
    link = roll.link(pupil, contact)
    return link is not None and not link.barred and link.is_parent and link.parental_responsibility


def lives_elsewhere(pupil: str, contact: str, roll: Roll) -> bool:
    """True when the list says with whom the pupil lives, and it is not with this contact. Advice to the head."""
    links = roll.links_of(pupil)
    if not any(link.lives_with for link in links):
        return False
    return not any(link.lives_with and link.contact == contact for link in links)


def barred_for(pupil: str, roll: Roll) -> tuple[Contact, ...]:
    """Everybody who is barred for this pupil: what a person must see who weighs what two parents say."""
    return tuple(roll.contacts[link.contact] for link in roll.links_of(pupil) if link.barred)


def who_decides(school: School) -> tuple[StaffMember, ...]:
    """Those who may decide today: whom the policy names, or its deputies while all of them are away."""
    leave = school.policy.leave
    return school.roll.staff_for(leave.decides) or school.roll.staff_for(leave.deputy)


def deciding_role(school: School) -> str:
    """The role that decides today."""
    leave = school.policy.leave
    return leave.decides if school.roll.staff_for(leave.decides) else leave.deputy


def may_decide(member: StaffMember, school: School) -> bool:
    """True for whom the policy names, away or not, and for a deputy while all of those are away."""
    leave = school.policy.leave
    if leave.decides in member.roles:
        return True
    return leave.deputy in member.roles and not school.roll.staff_for(leave.decides)
