"""What a provider's words and error codes mean."""

from __future__ import annotations

from typing import get_args

import pytest

from messaging.channel import RefusalKind, Status
from messaging.receipts import MEANING, meaning, status_of
from storage.outbox import OutboxState


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


def test_a_status_is_a_state_that_is_kept() -> None:
    assert set(get_args(Status)) == set(get_args(OutboxState))


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
    ("30410", "blocked", "unreachable", True, True, False, False),
    ("30500", "blocked", "unreachable", True, True, False, False),
    ("30999", "blocked", "unreachable", False, True, True, False),
    ("21608", "ours_to_fix", "fine", False, True, True, False),
    ("21703", "ours_to_fix", "fine", False, True, True, True),
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
