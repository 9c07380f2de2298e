"""The closed lists of words that a policy may use: roles, tags, channels, tasks. One word for one thing."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

ROLES = frozenset(
    """attendance_officer office teacher tutor head_of_house assistant_head_of_house leader_of_year pastoral
    safeguarding_lead senior_attendance_champion senior_leader deputy_headteacher headteacher senco
    family_support_worker trust_attendance_lead local_authority_officer social_worker yot_worker it""".split()
)
TAGS = frozenset(
    """social_worker yot in_care child_protection previous_concern vulnerable sen walks_alone young_carer
    part_time_timetable dual_registered not_compulsory_age""".split()
)
LEAVE_FLAGS = frozenset(
    """near_statutory_assessment any_unauthorised authorised_above_10pct performance_below_95 family_holiday
    protest""".split()
)
"""What a policy may want shown beside a request for leave."""
CHANNELS = frozenset("sms telegram email whatsapp voice call".split())
"""Ways to ask a contact. `call` is a `ring` task for the office beside the text."""

ACTIONS = frozenset(
    """ring ring_back find_child home_visit warn_of_visit risk_assess tell_social_worker tell_yot correct_number
    add_contact ask_evidence la_referral la_return sickness_return decide_n late_letter late_meeting letter_to_release
    daily_contact attendance_stage pass_on""".split()
)
"""What a step of a later day may open: a task of the vocabulary."""

REPORT_CHANNELS = frozenset("app sms_reply phone email web note".split())


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None when nothing is close."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=66)
    return str(found[0]) if found else None


def advise(word: str, known: Iterable[str], kind: str) -> str:
    """What is wrong with a word that is not of a closed list, and what to write instead."""
    known = sorted(known)
    meant = near(word, known)
    remedy = f"did you mean `{meant}`?" if meant else f"use one of {', '.join(known)}"
    return f"`{word}` is not a {kind}; {remedy}"
