"""The vocabulary's words as staff read them. One place, so that board, story and call sheet say the same."""

from __future__ import annotations

import re
from datetime import date, datetime

from attendance.calendar import local
from attendance.case import Case
from attendance.codes import UnknownCode, code_set

NUMBERS = re.compile(r"(?<![\w@.])(?:\+|0)\d[\d ]{7,13}\d(?![\w@])")
"""A phone number as `number` writes it."""
ALERTS = {
    "not_reached": "Not reached",
    "no_contact": "Nobody we may write to",
    "believed_in_school": "Family believes in school: find the child",
    "missing": "Nobody knows where the child is",
    "safeguarding": "Safeguarding: a message for the safeguarding lead",
    "contradicted": "Two contacts contradict each other",
    "vulnerable_absent": "On the priority list, and no reason known",
    "afternoon_absence": "Here this morning, not this afternoon",
    "unaccounted": "Unaccounted for: the register was not taken",
    "register_missing": "Register not in",
    "discrepancy": "Mark and message do not agree",
    "mass_send_held": "Messages to families are held",
    "message_to_read": "A message to read",
    "sender_doubt": "Perhaps not the parent’s words",
    "barred_contact_wrote": "A barred contact wrote: do not reply",
    "unlisted_number": "Somebody whom we do not know wrote",
    "number_bad": "A number does not work",
    "opted_out": "A contact stopped messages",
    "not_returned": "Not back on the day agreed",
    "not_settled": "Acknowledged, and still not settled",
    "delivery_outage": "Messages are not leaving: use the call sheet",
    "leave_to_decide": "Leave to decide",
    "leave_overdue": "Leave still not decided",
    "leave_contradicted": "Two parents do not agree about leave",
    "leave_taken": "Away, and leave was refused",
    "morning_summary": "The morning so far",
}

OUTCOMES = {
    "answered_ill": "Ill, says the family",
    "answered_other": "Another reason was given",
    "no_reason_given": "Safe, and no reason given",
    "late_on_the_way": "On the way",
    "arrived_late": "Arrived late",
    "present_after_all": "In school after all",
    "believed_in_school": "Family believed in school",
    "left_for_school": "Set off for school",
    "does_not_know": "Family did not know",
    "with_other_parent": "With the other parent",
    "not_with_me": "Not with this contact",
    "wrong_person": "Wrong person answered",
    "answered_by_other_adult": "Another adult answered",
    "contradicted": "Contacts contradicted each other",
    "on_leave": "On leave",
    "not_expected": "Not expected today",
    "not_reached": "Nobody was reached",
}
"""Outcomes in the words of the office."""

SETTLE_WITH = (
    "present_after_all",
    "arrived_late",
    "answered_ill",
    "answered_other",
    "no_reason_given",
    "with_other_parent",
    "answered_by_other_adult",
    "not_expected",
    "on_leave",
    "not_reached",
)
"""What a person settles a matter with, the happiest first; the others are what the machine says on the way there."""

CALLS = {
    "spoke": "Spoke to them",
    "no_answer": "No answer",
    "voicemail": "Left a message on the machine: nobody reached",
    "wrong_number": "Wrong or dead number",
}
VISITS = {
    "seen_safe": "Child seen, safe",
    "adult_only": "Somebody was there, child not seen",
    "nobody": "Nobody answered the door",
    "worried": "Worried: tell the safeguarding lead now",
}

TASKS = {
    "ring": "Ring the family",
    "ring_back": "Ring back",
    "find_child": "Find the child in school",
    "home_visit": "Visit the home",
    "warn_of_visit": "Warn of the visit",
    "risk_assess": "Weigh the risk",
    "tell_social_worker": "Tell the social worker",
    "tell_yot": "Tell the youth offending worker",
    "correct_number": "Correct a number",
    "add_contact": "Add a contact",
    "ask_evidence": "Ask for evidence",
    "la_referral": "Refer to the local authority",
    "la_return": "Ten-day return",
    "sickness_return": "Sickness return",
    "decide_n": "Decide an N mark",
    "late_letter": "Late letter",
    "late_meeting": "Meeting about lateness",
    "attendance_stage": "Attendance has reached a stage of the policy",
    "letter_to_release": "Letter to release",
    "daily_contact": "Today’s contact with the family",
    "pass_on": "Pass on what the family asks for",
}

STAGES = {
    "open": "nobody asked yet",
    "asked": "asked",
    "answered": "answered",
    "alarmed": "alarm",
    "handed_over": "with staff",
    "settled": "settled",
}
WHEREABOUTS = {
    "unknown": "whereabouts unknown",
    "claimed": "a contact says where the child is",
    "confirmed": "accounted for",
    "alarmed": "whereabouts in doubt",
}
INTENTS = {
    "absence": "an absence",
    "leave": "asking for leave",
    "late": "coming late",
    "present": "believes the child is in school",
    "missing": "does not know where the child is",
    "return": "when the child is back",
    "confirm": "yes",
    "reject": "no, that is wrong",
    "cancel": "takes an absence back",
    "other_parent": "ask the other parent",
    "leaver": "has left the school",
    "question": "a question for a person",
    "wrong_number": "wrong number",
    "stop": "stop",
    "help": "help",
    "chat": "nothing to do",
}
SET_ASIDE = "Set aside: neither write nor ring before the safeguarding lead says so"
"""Of a contact whom words name as who harmed the child; whoever sees the sheet need not know that."""
CHANNELS = {"sms": "text", "email": "e-mail", "whatsapp": "WhatsApp", "telegram": "Telegram", "voice": "call"}
DELIVERY = {
    "queued": "waiting to leave",
    "sending": "leaving now",
    "accepted": "left",
    "sent": "left",
    "delivered": "on the phone",
    "undelivered": "did not arrive",
    "failed": "did not leave",
    "unknown": "not sure whether it left",
    "cancelled": "cancelled before it left",
}
ATTEMPTS = {"queued": "not left yet", "unknown": "perhaps left", "failed": "did not arrive"}
"""What became of asking a contact, where it is not that the words left."""
DOUBTS = {
    "child": "not sure which child",
    "dates": "not sure of the days",
    "reason": "not sure of the reason",
    "return": "no return day said",
    "confirm": "not sure that it was meant so",
}
"""What the family was asked back, or will be told to say, after a message that left it open."""
NOT_OUR_MESSAGES = {
    "down": "the provider does not answer",
    "too_many": "the provider takes no more for now",
}
"""Why messages do not leave, where the provider's own advice does not say it."""
TAGS = {
    "social_worker": "social worker",
    "yot": "youth offending team",
    "in_care": "in care",
    "child_protection": "protection plan",
    "previous_concern": "earlier concern",
    "vulnerable": "vulnerable",
    "sen": "special needs",
    "walks_alone": "walks alone",
    "young_carer": "young carer",
    "part_time_timetable": "part-time timetable",
    "dual_registered": "dual registered",
    "not_compulsory_age": "not of school age",
}
ROLES = {"yot_worker": "youth offending worker", "senco": "SENCo", "it": "IT", "office": "office"}
HALVES = {"am": "morning", "pm": "afternoon"}


def role(name: str) -> str:
    """A role as one says it."""
    return ROLES.get(name, name.replace("_", " "))


def clock(moment: datetime) -> str:
    """A moment on the school's wall: 09:15."""
    return f"{local(moment):%H:%M}"


def day_and_clock(moment: datetime, now: datetime) -> str:
    """A moment as one says it on the day of `now`: 09:15, or Mon 9 Nov 09:15."""
    at, today = local(moment), local(now).date()
    return f"{at:%H:%M}" if at.date() == today else f"{at:%a} {at.day} {at:%b} {at:%H:%M}"


def minutes(until: datetime, now: datetime) -> str:
    """How far off a moment is: "now", "in 12 min", "in 2 h 5 min", "4 min ago"."""
    span = int((until - now).total_seconds())
    if -60 < span <= 0:
        return "now"
    ahead = abs(-(-span // 60))
    said = f"{ahead} min" if ahead < 60 else f"{ahead // 60} h {ahead % 60} min" if ahead % 60 else f"{ahead // 60} h"
    return f"in {said}" if span > 0 else f"{said} ago"


def span(minutes: float) -> str:
    """How long something took: "12 min", "2 h 45 min"."""
    whole = round(minutes)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60} min"


def number(address: str) -> str:
    """A phone number as one reads it out: 07700 900001."""
    if address.startswith("+44") and address[3:].isdigit():
        home = f"0{address[3:]}"
        return f"{home[:5]} {home[5:]}"
    return address


def numbers_in(text: str) -> list[tuple[str, str]]:
    """Our words in pieces, each phone number with what is dialled; any other piece with "" beside it."""
    pieces, end = [], 0
    for found in NUMBERS.finditer(text):
        pieces += [(text[end : found.start()], ""), (found.group(), found.group().replace(" ", ""))]
        end = found.end()
    return [*pieces, (text[end:], "")]


def year(value: int) -> str:
    """A year group: Nursery, Reception, Year 8."""
    return {-1: "Nursery", 0: "Reception"}.get(value, f"Year {value}")


def code_name(code: str | None, edition: str) -> str:
    """What a mark means."""
    if code is None or not code.strip() or code == "-":
        return "not marked"
    try:
        return code_set(edition).get(code).name
    except UnknownCode:
        return code


def code_said(code: str, edition: str) -> str:
    """A code as one says it in a sentence: "I, illness"; of N only that the child is away."""
    name = code_name(code, edition).split(" (")[0]
    return "away" if code == "N" else f"{code}, {name[:1].lower()}{name[1:]}"


def short_day(day: date) -> str:
    """A day in few letters: Mon 9 Nov."""
    return f"{day:%a} {day.day} {day:%b}"


def settled_as(case: Case) -> str:
    """How a case ended."""
    return OUTCOMES.get(case.outcome or "", "Settled")


LEAVE_STATES = {
    "requested": "Waits for the decision",
    "asking": "Waits; the family is asked for more",
    "more_asked": "Waits for the family’s answer",
    "granted": "Granted",
    "granted_in_part": "Granted for some days",
    "refused": "Refused",
    "withdrawn": "Withdrawn by the family",
    "taken": "Refused, and taken",
}
LEAVE_FIELDS = {
    "travel_places": "Where the journey goes",
    "stay_address": "Address of the stay",
    "tickets": "Departure and arrival",
    "more": "Answer to the head’s question",
    "until": "Day of return",
}
LEAVE_FLAGS = {
    "short_notice": "Less notice than the policy asks for",
    "near_statutory_assessment": "Just before or during a statutory assessment, when the policy does not grant leave",
    "any_unauthorised": "There is unauthorised absence on record",
    "authorised_above_10pct": "Authorised absence is above 10 %",
    "performance_below_95": "The performance would take attendance below 95 %, and the policy does not grant that",
    "family_holiday": "A family holiday, which the policy calls unlikely to be exceptional",
    "no_licence_said": "A performance needs a licence of the local authority, and none is spoken of",
    "protest": "For a protest, which the policy does not grant",
    "asker_lives_elsewhere": "The pupil lives with another parent; reg 11 asks for a parent the pupil lives with",
    "parents_disagree": "Two parents say different things",
}


def leave_flag(flag: str) -> str:
    """What a flag of a request for leave means to whoever decides."""
    return LEAVE_FLAGS.get(flag, flag.replace("_", " "))
