"""A contact who has not got the child gives no reason: somebody else has to be asked, at once."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "he isnt with me, its Katrinas week",
        "Tom is not with me",
        "I havent got him",
        "not with me, he should be with his mum",
    ],
)
def test_who_has_not_got_the_child_reports_no_absence(text: str) -> None:
    assert read(text).intent == "other_parent"


@pytest.mark.parametrize(
    "text", ["Tom is ill, he is not with me but his nan has told me", "I haven't got him up yet, he has been sick"]
)
def test_a_reason_beside_it_is_a_report(text: str) -> None:
    assert [report.code for report in read(text).reports] == ["I"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no idea ive been at work since 6", "missing"),
        ("the childminder takes him", "present"),
        ("childminder was bringing him this morning, i will ring her", "present"),
    ],
)
def test_who_only_supposes_where_the_child_is_gives_no_reason(text: str, kind: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == (kind, True)


def test_ill_at_the_childminders_is_ill() -> None:
    told = read("left her with the childminder this morning, she has a temperature so not in", asked="absence")
    assert [report.code for report in told.reports] == ["I"]
