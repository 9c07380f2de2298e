"""A line of the audit in words: who did what to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from attendance.school import School
from office import wording
from storage.audit import Deed

DEEDS = {
    "view_story": "Looked at the child’s story",
    "view_contacts": "Looked at the child’s contacts",
    "view_messages": "Read the messages with a contact",
    "view_call_sheet": "Looked at the call sheet",
    "view_minutes": "Looked at the minutes",
    "view_figures": "Looked at the figures",
    "view_leave": "Looked at requests for leave",
    "view_audit": "Looked at the audit",
    "export_audit": "Downloaded the audit",
    "export_figures": "Downloaded figures",
    "open_file": "Opened a file that a family sent",
    "open_letter": "Opened a letter",
    "looked": "Looked at a page of the child",
    "pressed": "Pressed something that was not carried out, or has no name of its own",
    "acknowledge": "Took an alert: I have it",
    "answered_ack": "Took an alert by answering it",
    "telegram_ack": "Took an alert in Telegram",
    "telegram_grant": "Granted leave in Telegram",
    "telegram_only": "Granted leave for some of the days in Telegram",
    "telegram_enough": "Granted leave for some of the days in Telegram",
    "telegram_only_why": "Granted leave for some of the days in Telegram, with a reason",
    "telegram_not_exceptional": "Refused leave in Telegram",
    "telegram_refuse_why": "Refused leave in Telegram, with a reason",
    "telegram_more": "Asked a family for more about leave in Telegram",
    "close": "Read and closed",
    "settle": "Settled",
    "confirm": "Confirmed a code",
    "amend": "Entered another code",
    "take_register": "Took a register",
    "nudge": "Reminded a teacher",
    "write": "Wrote to a family",
    "take_over": "Took a thread over",
    "hand_back": "Handed a thread back",
    "change_password": "Changed the own password",
    "password_failed": "Gave a wrong old password",
    "try_again": "Tried a dead number again",
    "release": "Let held messages leave",
    "stop": "Stopped held messages",
    "hold": "Held messages",
    "all_clear": "Gave the all-clear",
    "finish_task": "Ended a task",
    "grant": "Granted leave",
    "refuse": "Refused leave",
    "some": "Granted leave for some of the days",
    "ask_more": "Asked a family for more about leave",
    "release_letter": "Let a letter leave",
    "change_contact": "Changed what is kept of a contact",
    "set_away": "Marked a member of staff away, or here again",
    "change_language": "Changed a contact’s language",
    "lift_bar": "Lifted a bar",
    "release_contact": "Let a contact be asked again who had been named in a disclosure",
    "sign_in": "Signed in",
    "sign_in_failed": "A sign-in that failed",
    "code_failed": "A wrong code",
    "unlock": "Unlocked the screen",
    "unlock_failed": "A wrong password or code at a locked screen",
    "lock": "Locked the screen",
    "note": "Wrote a note",
    "rang": "Rang a contact",
    "visited": "Wrote down what a home visit found",
    "promise": "Said: I ring, or I go there",
    "invite_telegram": "Invited a contact to Telegram",
    "retention": "Deleted what is over by the policy",
    "add_account": "Made an account",
    "set_password": "Gave an account a new password",
    "set_account_email": "Changed the address of an account",
    "close_account": "Closed an account",
    "open_account": "Opened an account again",
    "unlink_account": "Unlinked an account from Google or Microsoft",
    "begin_second_factor": "Began to set up the code of an app",
    "new_recovery_codes": "Made new recovery codes",
    "confirm_second_factor": "Turned the code of an app on",
    "remove_second_factor": "Turned the code of an app off",
    "reset_second_factor": "Reset the code of an app",
}

UNSAID = frozenset({"account", "letter"})
"""What the page leaves to the CSV file: said otherwise, or a machine's id."""
DAYS_OF = frozenset({"figures", "minutes"})
"""Pages of a day, whose line names the day."""
SAID_BY_THE_DEED = frozenset({"audit", "call-sheet"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `pupils` are (id, name, whether the child is on roll)."""

    number: int
    at: datetime
    who: str
    position: str
    what: str
    pupils: tuple[tuple[str, str, bool], ...]
    rest: str
    detail: str


def did(action: str) -> str:
    """What somebody did."""
    return DEEDS.get(action, action.replace("_", " ").capitalize())


def entry_of(deed: Deed, school: School) -> Entry:
    """One deed in words."""
    member = school.roll.staff_member(deed.staff_id) if deed.staff_id else None
    account = str(deed.detail.get("account") or "")
    who = member.name if member else (deed.staff_id or account or str(deed.detail.get("by") or "nobody signed in"))
    parts = deed.subject.split(" ")
    pupils = [part.removeprefix("pupil/") for part in parts if part.startswith("pupil/")]
    known = school.roll.pupils
    return Entry(
        deed.seq,
        deed.at,
        who,
        member.position if member else "",
        did(deed.action),
        tuple((id, f"{known[id].called} {known[id].family}" if id in known else id, id in known) for id in pupils),
        _rest(parts, school),
        _detail(deed.detail),
    )


def _rest(parts: list[str], school: School) -> str:
    """What it was done to besides a child: contacts by name, the rest as it is kept, a request's id left out."""
    found = []
    for part in parts:
        kind, _, id = part.partition("/")
        if kind == "contact" and id in school.roll.contacts:
            found.append(school.roll.contacts[id].name)
        elif kind in DAYS_OF and (day := calendar_day(id)):
            found.append(wording.short_day(day))
        elif kind not in ("pupil", "leave") and part not in SAID_BY_THE_DEED:
            found.append(part)
    return " ".join(found)


def calendar_day(said: str) -> date | None:
    """A day in ISO form; None for anything else."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _detail(detail: Mapping[str, Any]) -> str:
    said = [(key, value) for key, value in detail.items() if key not in UNSAID and value not in (None, "", False)]
    return ", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in said)
