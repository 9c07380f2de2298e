"""The letter about a decision: exactly the fields that each school's policy names, and the text of its PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest

from attendance.leave import LeaveRequest, machine
from attendance.leave.letter import letter_of
from attendance.people import Contact, Link, Pupil, Roll
from attendance.policy import calendar_of, policy_by_key
from attendance.school import School
from messaging.letters import LetterFault, pdf

ROLL = Roll.of(
    [Pupil("cora", "Cora", "Vickers", 9, "9M")],
    [Contact("linda", "Linda Vickers", "+447700900101")],
    [Link("cora", "linda", 1, "mother")],
    [],
)
HEAD = machine.Decider("Dr Mellor", "Headteacher", datetime(2026, 11, 5, 10, 0, tzinfo=UTC))
FIRST, LAST, BACK = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
ASKED = LeaveRequest("l1", "cora", FIRST, BACK, "G", datetime(2026, 11, 3, 8, 30, tzinfo=UTC), "linda")
SCHOOLS = ("blue-coat", "looe", "st-joseph-st-bede", "mary-bassett", "west-coventry")


def school(key: str) -> School:
    policy = policy_by_key(key)
    return School(key, policy, calendar_of(policy), ROLL)


def granted(key: str, *days: date) -> LeaveRequest:
    return machine.grant(ASKED, HEAD, school(key).calendar, date(2026, 11, 5), days or None, "Close family wedding")


def refused() -> LeaveRequest:
    return machine.refuse(ASKED, HEAD, "A holiday is not exceptional. #strong[x] $y$ *z*")


def text_of(request: LeaveRequest, key: str) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf("leave", letter_of(request, school(key)))))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def labels(request: LeaveRequest, key: str) -> list[str]:
    return [label for label, _ in letter_of(request, school(key))["facts"]]


@pytest.mark.parametrize("key", SCHOOLS)
def test_leave_for_a_morning_says_so(key: str) -> None:
    request = replace(granted(key), return_day=FIRST, half="am")
    said = text_of(request, key)
    assert "on 23 November 2026, the morning only." in said
    fields = school(key).policy.leave.letter_fields
    assert ("Days granted Monday 23 November 2026, the morning only" in said) == ("dates" in fields)
    back = "Expected back in school Monday 23 November 2026, in the afternoon"
    assert (back in said) == ("return_date" in fields), "it said the next day"
    assert "24 November" not in said


@pytest.mark.parametrize("key", SCHOOLS)
def test_after_an_afternoon_the_child_is_back_on_the_next_school_day(key: str) -> None:
    request = replace(granted(key), return_day=LAST, half="pm")
    back = "Expected back in school Tuesday 24 November 2026"
    assert (back in text_of(request, key)) == ("return_date" in school(key).policy.leave.letter_fields)


@pytest.mark.parametrize("key", SCHOOLS)
def test_a_primary_school_has_classes(key: str) -> None:
    tutor_group = key in ("blue-coat", "looe", "west-coventry")
    assert ("Tutor group 9M" in text_of(granted(key), key)) == tutor_group
    assert ("Class 9M" in text_of(granted(key), key)) != tutor_group


@pytest.mark.parametrize("key", SCHOOLS)
def test_a_letter_that_follows_one_that_had_left(key: str) -> None:
    """No reason, no penalty, no return day: only that the leave does not stand any more."""
    request = machine.withdraw(granted(key))
    said = text_of(request, key)
    assert "The leave and our letter about it do not stand any more." in said
    assert "Decision Withdrawn by the family" in said
    assert "Cora is expected in school." in said
    assert "penalty" not in said
    assert "wedding" not in said
    assert set(labels(request, key)) <= {"Decision", "Days that were asked for"}


@pytest.mark.parametrize(
    ("key", "of_a_grant", "of_a_refusal"),
    [
        ("blue-coat", ["Decision", "Expected back in school", "Reason"], ["Decision", "Reasons"]),
        ("looe", ["Decision", "Days granted", "Reason"], ["Decision", "Days asked for", "Reasons"]),
        (
            "st-joseph-st-bede",
            ["Decision", "Days granted", "Expected back in school", "Reason"],
            ["Decision", "Days asked for", "Reasons"],
        ),
        (
            "mary-bassett",
            ["Decision", "Days granted", "Expected back in school", "Reason"],
            ["Decision", "Days asked for", "Reasons"],
        ),
        (
            "west-coventry",
            ["Decision", "Days granted", "School days granted"],
            ["Decision", "Days asked for", "School days asked for"],
        ),
    ],
)
def test_exactly_the_fields_of_the_policy(key: str, of_a_grant: list[str], of_a_refusal: list[str]) -> None:
    assert labels(granted(key), key) == of_a_grant
    assert labels(refused(), key) == of_a_refusal


@pytest.mark.parametrize("key", SCHOOLS)
def test_the_text_of_an_approval(key: str) -> None:
    text = text_of(granted(key), key)
    for part in (school(key).policy.name, "Linda Vickers", "Cora Vickers", "9M", "5 November 2026", "Dr Mellor"):
        assert part in text
    assert "for leave of absence on 23 November 2026 to 24 November 2026" in text
    assert "It is granted." in text
    assert ("Wednesday 25 November 2026" in text) == ("return_date" in school(key).policy.leave.letter_fields)
    assert "penalty" not in text


@pytest.mark.parametrize("key", SCHOOLS)
def test_the_text_of_a_refusal(key: str) -> None:
    text = text_of(refused(), key)
    assert "It is not granted." in text
    assert "Cora is expected in school on these days. Absence on these days will be recorded as unauthorised." in text
    if "reason" in school(key).policy.leave.letter_fields:
        assert "A holiday is not exceptional. #strong[x] $y$ *z*" in text, "words are set as they are, never as markup"


def test_only_looe_quotes_the_penalty_and_with_the_amounts_in_force() -> None:
    quoting = [key for key in SCHOOLS if "penalty notice" in text_of(refused(), key)]
    assert quoting == ["looe"]
    text = text_of(refused(), "looe")
    assert "£160" in text
    assert "£80" in text
    assert "£60" not in text
    assert "£120" not in text


@pytest.mark.parametrize("key", SCHOOLS)
def test_a_grant_in_part_always_says_which_days(key: str) -> None:
    text = text_of(granted(key, FIRST), key)
    assert "It is granted for some of the days only." in text
    assert "Days granted Monday 23 November 2026" in text
    assert "Days not granted Tuesday 24 November 2026" in text
    assert "if your plans change or the return is delayed" in text, "some days are leave too"


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = letter_of(refused(), school("looe"))
    assert pdf("leave", letter) == pdf("leave", letter)


def test_a_letter_that_cannot_be_set_says_so() -> None:
    with pytest.raises(LetterFault, match=r"leave\.typ cannot be set"):
        pdf("leave", {"school": "Looe"})


def test_a_child_without_a_known_parent_is_addressed_all_the_same() -> None:
    nobody = replace(refused(), contact=None)
    assert "Dear Parent or carer" in text_of(nobody, "blue-coat")
