"""How long beforehand leave was asked for: advice to the head, never a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from attendance.leave.notice import flags_of, notice_days
from tests.support.builders import school


@pytest.mark.parametrize(
    ("notice", "asked", "first", "flags"),
    [
        ("2w", date(2026, 11, 2), date(2026, 11, 16), ()),
        ("2w", date(2026, 11, 3), date(2026, 11, 16), ("short_notice",)),
        ("10d", date(2026, 11, 6), date(2026, 11, 16), ()),
        ("10d", date(2026, 11, 7), date(2026, 11, 16), ("short_notice",)),
        ("2sw", date(2026, 10, 16), date(2026, 11, 9), ()),
        ("2sw", date(2026, 11, 2), date(2026, 11, 9), ("short_notice",)),
        ("0d", date(2026, 11, 15), date(2026, 11, 16), ()),
        ("2w", date(2026, 11, 17), date(2026, 11, 16), ("short_notice",)),
    ],
)
def test_the_flag_is_the_policys_own_notice(notice: str, asked: date, first: date, flags: tuple[str, ...]) -> None:
    rules: dict[str, Any] = {"leave.notice": notice}
    assert flags_of(asked, first, school(**rules)) == flags


def test_days_of_notice_are_calendar_days() -> None:
    assert notice_days(date(2026, 11, 2), date(2026, 11, 16)) == 14
    assert notice_days(date(2026, 11, 16), date(2026, 11, 16)) == 0
