"""What receipts and error codes mean: our word for a provider's, and one table from its code to what we do.

Which status may follow which is storage's to say (storage/outbox/rows.py). Source of the codes: Twilio's error pages;
what has no page is marked there as [?] in the notes that the table was made from, and is read carefully here (a number
is called bad only where it is).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final, Literal

from messaging.channel import RefusalKind, Status

NOT_ARRIVED: Final = frozenset[Status](("undelivered", "failed"))
_OF_PROVIDER: Final[Mapping[str, Status]] = MappingProxyType(
    {
        "accepted": "accepted",
        "scheduled": "accepted",
        "queued": "accepted",
        "sending": "accepted",
        "sent": "sent",
        "partially_delivered": "sent",
        "delivered": "delivered",
        "read": "delivered",
        "undelivered": "undelivered",
        "failed": "failed",
        "canceled": "cancelled",
    }
)


def status_of(provider_status: str) -> Status:
    """Our word for Twilio's. A word that we do not know proves only that Twilio has the message: `accepted`."""
    return _OF_PROVIDER.get(provider_status.lower(), "accepted")


ContactState = Literal[
    "fine",  # the fault is not the contact's
    "unreachable",  # this time; doubtful after three in a row
    "bad",  # the number is wrong: the office must correct it
    "bad_for_sms",  # keep it for ringing
    "opted_out",
    "not_linked",
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a provider's code means for the send and for the contact.

    `retry_in` is None when the same send can never work. `alarm`: the operator must act. `stop_all`: nothing leaves
    by this account until they do. `next_contact`: do not wait for this one, go on with the chase now.
    """

    kind: RefusalKind
    advice: str
    retry_in: timedelta | None = None
    contact_state: ContactState = "fine"
    next_contact: bool = True
    alarm: bool = False
    stop_all: bool = False


_NO_MAILBOX = "There is no such e-mail address; ask the family for the right one."
_MAIL_WAIT = timedelta(minutes=15)
_CORRECT = "The number is wrong; ask the family for the right one and correct it in the school's records."
_ACCOUNT = "Twilio does not let this account send; look at the account's balance, state and token in Twilio's console."
_SENDER = "The sender number is not right; check TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID."
_SLOW = "Too many messages at once; they leave more slowly by themselves."
_NO_WHY = "The network did not say why; the next contact is asked, and an answer is sent once more."
_TRIAL = "A trial account at Twilio texts only numbers that it has verified; upgrade it in Twilio's console."
_LANDLINE = "This is a landline or a network that takes no texts; ring it, and ask for a mobile number."

_BAD = Meaning("bad_number", _CORRECT, contact_state="bad")
_NOT_MOBILE = Meaning("not_a_mobile", _LANDLINE, contact_state="bad_for_sms")
_STOPPED = Meaning("ours_to_fix", _ACCOUNT, alarm=True, stop_all=True)
_WRONG_SENDER = Meaning("ours_to_fix", _SENDER, alarm=True, stop_all=True)
_NO_ROUTE = Meaning(
    "blocked",
    "This number cannot be reached from our sender; ring it, and if others fail too, check the sender number.",
    contact_state="unreachable",
)
_NO_WHATSAPP = Meaning("not_linked", "This number is not on WhatsApp; use a text.", contact_state="not_linked")


def _crowded(seconds: int, *, alarm: bool = False) -> Meaning:
    return Meaning("too_many", _SLOW, timedelta(seconds=seconds), next_contact=False, alarm=alarm)


MEANING: Final[Mapping[str, Meaning]] = MappingProxyType(
    {
        # refused when we hand it over
        "21211": _BAD,
        "21217": _BAD,
        "21214": _NO_ROUTE,
        "21612": _NO_ROUTE,
        "21614": _NOT_MOBILE,
        "21635": _NOT_MOBILE,
        "21610": Meaning(
            "opted_out",
            "This person has stopped our texts; use another channel or ring. They can text START to begin again.",
            contact_state="opted_out",
        ),
        "21408": Meaning(
            "ours_to_fix",
            "Texts to this country are not switched on; see Geo permissions in Twilio's console.",
            alarm=True,
        ),
        "21611": _crowded(60, alarm=True),
        "20429": _crowded(5),
        "63017": _crowded(5),
        "20003": _STOPPED,
        "20005": _STOPPED,
        "30002": _STOPPED,
        "20404": Meaning("ours_to_fix", "Twilio knows no such account; check TWILIO_ACCOUNT_SID.", None, alarm=True,
                         stop_all=True),
        "21212": _WRONG_SENDER,
        "21603": _WRONG_SENDER,
        "21606": _WRONG_SENDER,
        "21701": _WRONG_SENDER,
        "21703": _WRONG_SENDER,
        "21219": Meaning("ours_to_fix", _TRIAL, alarm=True),
        "21608": Meaning("ours_to_fix", _TRIAL, alarm=True),
        "21604": Meaning("bad_number", "There is no number for this contact; enter one.", contact_state="bad"),
        "21602": Meaning("content", "The message is empty; there is nothing to send.", next_contact=False, alarm=True),
        "21617": Meaning("content", "The message is longer than 1600 characters; say less.", next_contact=False),
        "21609": Meaning(
            "ours_to_fix", "Twilio cannot use our address for receipts; check FIRSTCALL_PUBLIC_URL.", alarm=True,
            stop_all=True,
        ),
        # told afterwards, by receipt
        "30001": _crowded(60, alarm=True),
        "30003": Meaning(
            "blocked",
            "The phone is off or has no signal; the next contact is asked, and an answer is sent once more.",
            timedelta(minutes=5),
            "unreachable",
        ),
        "30004": Meaning(
            "blocked", "The phone or its network refuses our texts; ring it.", contact_state="unreachable"
        ),
        "30005": _BAD,
        "30006": _NOT_MOBILE,
        "30007": Meaning(
            "content",
            "A network took this for spam; use another channel now, and have the wording and the sender looked at.",
            alarm=True,
        ),
        "30450": Meaning(
            "ours_to_fix",
            "Twilio's risk check took this for fraud (SMS pumping); see Messaging, Fraud, in Twilio's console.",
            alarm=True,
        ),
        "30008": Meaning(
            "blocked",
            _NO_WHY,
            timedelta(minutes=1),
            "unreachable",
        ),
        "30410": Meaning("blocked", _NO_WHY, timedelta(minutes=1), "unreachable"),
        "30500": Meaning("blocked", _NO_WHY, timedelta(minutes=1), "unreachable"),
        "30036": Meaning("down", "It waited too long at the provider and was not sent; ask the next contact."),
        "63016": Meaning("content", "WhatsApp allows only an approved template now; use a text.", None),
        "63003": _NO_WHATSAPP,
        "63024": _NO_WHATSAPP,
    }
)  # fmt: skip

_STRANGE = Meaning(
    "ours_to_fix", "Twilio refused with a code that Firstcall does not know; look it up at twilio.com/docs/api/errors.",
    alarm=True,
)  # fmt: skip
_NOT_DELIVERED = Meaning(
    "blocked", "Twilio could not deliver this text, with a code that Firstcall does not know; ask the next contact, "
    "and look the code up at twilio.com/docs/api/errors.", contact_state="unreachable", alarm=True,
)  # fmt: skip
_SILENT = Meaning("blocked", "The network did not say why; ask the next contact.", contact_state="unreachable")


PASSED_ON = "passed on"
"""A bounce about another address than the one that we wrote to: its owner passes mail on, and that fails."""

_MAIL: Final[tuple[tuple[str, Meaning], ...]] = (
    # RFC 3463 and the register of enhanced status codes; the longest beginning that fits decides
    ("5.1.1", Meaning("bad_number", _NO_MAILBOX, contact_state="bad")),
    ("5.1.2", Meaning("bad_number", _NO_MAILBOX, contact_state="bad")),
    ("5.1.3", Meaning("bad_number", _NO_MAILBOX, contact_state="bad")),
    ("5.1.6", Meaning("bad_number", _NO_MAILBOX, contact_state="bad")),
    ("5.1.10", Meaning("bad_number", _NO_MAILBOX, contact_state="bad")),
    ("5.2.1", Meaning("bad_number", _NO_MAILBOX, contact_state="bad")),
    ("5.2.2", Meaning("blocked", "The mailbox is full; it is tried once more, then ring.", _MAIL_WAIT, "unreachable")),
    ("5.7", Meaning("blocked", "Their mail server does not let our messages through; use another channel.")),
    ("4", Meaning("blocked", "Their mail server gave up for now; it is tried once more.", _MAIL_WAIT, "unreachable")),
    ("5", Meaning("blocked", "Their mail server refused it; use another channel.", contact_state="unreachable")),
)


_PLAIN_MAIL: Final[Mapping[str, str]] = {
    "550": "5.1.1",
    "551": "5.1.1",
    "553": "5.1.3",
    "552": "5.2.2",
    "452": "4.2.2",
}
"""A plain reply code of a mail server (RFC 5321), with no enhanced status: no such mailbox, or a full one."""


_OF_ONE_TEXT: Final = re.compile(r"3\d{4}")


def _of_mail(code: str) -> Meaning:
    fitting = [(start, meant) for start, meant in _MAIL if f"{code}.".startswith(f"{start}.")]
    return max(fitting, key=lambda one: len(one[0]), default=("", _SILENT))[1]


def meaning(code: str | int | None) -> Meaning:
    """What a code means: Twilio's number, or a mail server's status ("5.1.1", or only "550").

    A code that the table lacks is ours to look into; one of those (30000 and up) by which Twilio tells of a single text
    that it could not deliver is no outage of all the others. No code means a silent network.
    """
    if code in (None, "", "0", 0):
        return _SILENT
    if code == PASSED_ON:
        return Meaning("blocked", "They pass their mail on to an address that fails; use another channel.")
    if re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", str(code)):
        return _of_mail(str(code))
    if re.fullmatch(r"[245]\d\d", str(code)):
        return _of_mail(_PLAIN_MAIL.get(str(code), str(code)[0]))
    return MEANING.get(str(code), _NOT_DELIVERED if _OF_ONE_TEXT.fullmatch(str(code)) else _STRANGE)
