"""Receipts in any order and repeated, and what every error code means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import permutations
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.channel import RefusalKind, Status
from messaging.receipts import FINAL, MEANING, advance_status, is_final, meaning, rank, status_of

STATUSES: tuple[Status, ...] = get_args(Status)


def after(statuses: Iterable[Status], start: Status = "queued") -> Status:
    """Where a message stands after these receipts."""
    return reduce(advance_status, statuses, start)


@given(st.lists(st.sampled_from(STATUSES), min_size=1), st.randoms(use_true_random=False))
def test_every_order_and_every_repetition_ends_in_the_same_place(statuses: list[Status], chance: Random) -> None:
    shuffled = [*statuses, *statuses[: len(statuses) // 2]]
    chance.shuffle(shuffled)
    assert after(shuffled) == after(statuses)


@pytest.mark.parametrize("order", list(permutations(("accepted", "sent", "delivered"))))
def test_delivered_is_never_lost_to_sent(order: tuple[Status, ...]) -> None:
    assert after(order, "sending") == "delivered"


@pytest.mark.parametrize("final", sorted(FINAL))
@pytest.mark.parametrize("late", ["accepted", "sent", "unknown", "sending", "queued"])
def test_final_stays_final(final: Status, late: Status) -> None:
    assert advance_status(final, late) == final
    assert is_final(final)
    assert not is_final(late)


def test_a_receipt_ends_our_doubt_and_doubt_ends_no_receipt() -> None:
    assert advance_status("unknown", "accepted") == "accepted"
    assert advance_status("accepted", "unknown") == "accepted"
    assert rank("queued") < rank("sending") < rank("unknown") < rank("accepted") < rank("sent") < rank("delivered")


@pytest.mark.parametrize(
    ("twilio", "ours"),
    [
        ("queued", "accepted"),
        ("accepted", "accepted"),
        ("scheduled", "accepted"),
        ("sending", "accepted"),
        ("sent", "sent"),
        ("partially_delivered", "sent"),
        ("delivered", "delivered"),
        ("read", "delivered"),
        ("undelivered", "undelivered"),
        ("failed", "failed"),
        ("canceled", "cancelled"),
        ("a word of next year", "accepted"),
    ],
)
def test_twilios_words_become_ours(twilio: str, ours: str) -> None:
    assert status_of(twilio) == ours


# code, kind, contact's state, whether the same send may work later, next contact now, alarm, stop all
TABLE = [
    ("21211", "bad_number", "bad", False, True, False, False),
    ("21217", "bad_number", "bad", False, True, False, False),
    ("21214", "blocked", "unreachable", False, True, False, False),
    ("21612", "blocked", "unreachable", False, True, False, False),
    ("21614", "not_a_mobile", "bad_for_sms", False, True, False, False),
    ("21635", "not_a_mobile", "bad_for_sms", False, True, False, False),
    ("21610", "opted_out", "opted_out", False, True, False, False),
    ("21408", "ours_to_fix", "fine", False, True, True, False),
    ("21611", "too_many", "fine", True, False, True, False),
    ("30001", "too_many", "fine", True, False, True, False),
    ("30002", "ours_to_fix", "fine", False, True, True, True),
    ("20003", "ours_to_fix", "fine", False, True, True, True),
    ("20005", "ours_to_fix", "fine", False, True, True, True),
    ("30003", "blocked", "unreachable", True, True, False, False),
    ("30004", "blocked", "unreachable", False, True, False, False),
    ("30005", "bad_number", "bad", False, True, False, False),
    ("30006", "not_a_mobile", "bad_for_sms", False, True, False, False),
    ("30007", "content", "fine", False, True, True, False),
    ("30008", "blocked", "unreachable", True, True, False, False),
    ("30036", "down", "fine", False, True, False, False),
    ("63016", "content", "fine", False, True, False, False),
    ("63003", "not_linked", "not_linked", False, True, False, False),
    ("63024", "not_linked", "not_linked", False, True, False, False),
    ("63017", "too_many", "fine", True, False, False, False),
    ("20429", "too_many", "fine", True, False, False, False),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_what_a_code_means(row: tuple[str, str, str, bool, bool, bool, bool]) -> None:
    code, kind, state, again, next_contact, alarm, stop_all = row
    found = meaning(code)
    assert (found.kind, found.contact_state) == (kind, state)
    assert (found.retry_in is not None, found.next_contact) == (again, next_contact)
    assert (found.alarm, found.stop_all) == (alarm, stop_all)


def test_every_meaning_says_what_to_do_and_only_bad_numbers_are_called_bad() -> None:
    for code, found in MEANING.items():
        assert found.kind in get_args(RefusalKind)
        assert len(found.advice.split()) >= 5, code
        assert (found.contact_state == "bad") == (found.kind == "bad_number"), code
        assert not found.stop_all or found.alarm, code


def test_an_unknown_code_is_ours_to_look_into_and_never_the_parents_fault() -> None:
    assert (meaning(99999).kind, meaning(99999).contact_state, meaning(99999).alarm) == ("ours_to_fix", "fine", True)
    assert meaning(30005) == meaning("30005")
    assert [meaning(none).contact_state for none in (None, "", 0)] == ["unreachable"] * 3


@pytest.mark.parametrize(
    ("code", "kind", "state"),
    [("550", "bad_number", "bad"), ("551", "bad_number", "bad"), ("552", "blocked", "unreachable"),
     ("421", "blocked", "unreachable"), ("554", "blocked", "unreachable")],
)  # fmt: skip
def test_a_plain_reply_of_a_mail_server_is_no_code_of_twilio(code: str, kind: str, state: str) -> None:
    found = meaning(code)
    assert (found.kind, found.contact_state, found.alarm) == (kind, state, False)
