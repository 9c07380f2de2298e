"""Two layers of one entry: which mark counts, and when they disagree."""

from __future__ import annotations

import pytest

from attendance.register import Entry
from tests.support.builders import AM


@pytest.mark.parametrize(
    ("mis", "ours", "provisional", "current", "disagrees"),
    [
        (None, None, False, None, False),
        ("N", None, False, "N", False),
        ("/", None, False, "/", False),
        ("N", "I", True, "I", False),
        ("N", "I", False, "I", False),
        ("-", "I", True, "I", False),
        ("/", "I", True, "/", True),
        ("L", "I", True, "L", True),
        ("/", "I", False, "I", True),
        ("N", "-", True, "N", False),
        ("V", "N", True, "V", False),
        ("C2", "I", True, "C2", False),
        ("O", "I", True, "O", False),
        ("I", "I", True, "I", False),
        ("C2", "I", False, "I", False),
        ("N", "L", False, "L", False),
        ("/", "L", False, "L", False),
        ("N", "O", False, "O", False),
    ],
)
def test_a_child_who_is_seen_outranks_a_proposal_and_a_persons_decision_stands(
    mis: str | None, ours: str | None, provisional: bool, current: str | None, disagrees: bool
) -> None:
    entry = Entry("amina", AM, mis=mis, ours=ours, provisional=provisional)
    assert (entry.current, entry.disagrees) == (current, disagrees)


@pytest.mark.parametrize(
    ("mark", "unexplained", "present"),
    [
        *[(mark, True, False) for mark in (None, "", "-", "N")],
        *[(mark, False, True) for mark in ("/", "\\", "L", "U")],
        *[(mark, False, False) for mark in ("O", "I", "V")],
    ],
)
def test_unexplained_and_present(mark: str | None, unexplained: bool, present: bool) -> None:
    entry = Entry("amina", AM, mis=mark)
    assert (entry.unexplained, entry.present) == (unexplained, present)


@pytest.mark.parametrize(
    ("mis", "ours", "provisional", "stood"),
    [("N", "I", True, "N"), ("N", "I", False, "I"), (None, "I", True, None), ("/", None, False, "/")],
)
def test_what_was_only_proposed_is_no_mark_that_stood(
    mis: str | None, ours: str | None, provisional: bool, stood: str | None
) -> None:
    assert Entry("amina", AM, mis, None, ours, provisional).stood == stood
