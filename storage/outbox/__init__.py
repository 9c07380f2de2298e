"""Words that must leave: written with the decision under a key that says what they are for, leased by one relay.

States only move forward (`MOVES`). What a provider may or may not have is `unknown`, and looked up before a second try.
What is done with them lives by subject: [writing](writing.py), [leaving](leaving.py), [finding](finding.py),
[receipts](receipts.py); `outbox.add` and all others are called from here.
"""

from storage.outbox.finding import (
    about_of_newest_to_staff,
    by_id,
    by_key,
    by_provider_id,
    find,
    newest_to,
    of_ids,
    of_pupil,
    of_pupils,
    queued_of_pupil,
    queued_with_key,
    said_at,
    said_since,
    to_staff,
    with_key,
    without_end,
)
from storage.outbox.leaving import (
    TOO_LATE,
    accept,
    claim_due,
    expire,
    leases_over,
    move,
    put_back,
    record,
    schools_with_due,
    unknown,
)
from storage.outbox.receipts import Receipted, add_receipt, add_receipts, receipts_of
from storage.outbox.rows import MOVES, OutboxRow, OutboxState
from storage.outbox.writing import add, cancel, revive

__all__ = [
    "MOVES",
    "TOO_LATE",
    "OutboxRow",
    "OutboxState",
    "Receipted",
    "about_of_newest_to_staff",
    "accept",
    "add",
    "add_receipt",
    "add_receipts",
    "by_id",
    "by_key",
    "by_provider_id",
    "cancel",
    "claim_due",
    "expire",
    "find",
    "leases_over",
    "move",
    "newest_to",
    "of_ids",
    "of_pupil",
    "of_pupils",
    "put_back",
    "queued_of_pupil",
    "queued_with_key",
    "receipts_of",
    "record",
    "revive",
    "said_at",
    "said_since",
    "schools_with_due",
    "to_staff",
    "unknown",
    "with_key",
    "without_end",
]
