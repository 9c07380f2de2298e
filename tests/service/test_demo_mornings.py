"""The mornings of the demo: each goes as it is written, and a visitor can begin another one."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx2
import pytest

from service.demo.mornings import MORNINGS, Mornings, by_hand, morning
from service.demo.showing import chosen
from service.faults import UserFault
from service.rehearsal.patterns import judge
from service.rehearsal.simulation import rehearse


@pytest.mark.parametrize("key", list(MORNINGS))
async def test_a_morning_goes_as_it_is_written(key: str) -> None:
    scenario = morning(key)
    lines, refused = await rehearse(scenario)
    assert refused == []
    assert judge(scenario, lines) == []
    assert any(line["kind"] == "sent" for line in lines)


@pytest.mark.parametrize("key", list(MORNINGS))
def test_a_visitor_is_the_only_one_at_the_office(key: str) -> None:
    assert all(event.staff is None for event in by_hand(morning(key)).file.event)


def test_a_morning_that_there_is_not_names_those_that_there_are() -> None:
    with pytest.raises(UserFault, match="monday, quiet, flu, missing, outage"):
        chosen("sunday")


@pytest.fixture
async def demo() -> AsyncIterator[httpx2.AsyncClient]:
    """The demo as a visitor's browser sees it, on the first morning."""
    mornings = Mornings()
    await mornings.begin("monday")
    transport = httpx2.ASGITransport(app=mornings)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost", follow_redirects=True) as client:
        yield client
    await mornings.close()


async def _begin(demo: httpx2.AsyncClient, key: str) -> httpx2.Response:
    page = (await demo.get("/")).text
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return await demo.post("/demo/morning", data={"csrf": found.group(1), "morning": key})


async def test_another_morning_begins_at_eight_with_nothing_done(demo: httpx2.AsyncClient) -> None:
    assert "Monday 16 November" in (await demo.get("/")).text
    page = await _begin(demo, "flu")
    assert page.status_code == 200
    assert "Tuesday 17 November" in page.text
    assert "08:00" in page.text
    assert 'value="flu" checked' in page.text
    for key in ("outage", "missing", "quiet", "monday"):
        assert (await _begin(demo, key)).status_code == 200
    assert "Monday 16 November" in (await demo.get("/")).text


async def test_a_morning_that_there_is_not_changes_nothing(demo: httpx2.AsyncClient) -> None:
    assert (await _begin(demo, "sunday")).status_code == 404
    assert "Monday 16 November" in (await demo.get("/")).text


async def test_a_form_of_another_site_begins_nothing(demo: httpx2.AsyncClient) -> None:
    answer = await demo.post("/demo/morning", data={"csrf": "guessed", "morning": "flu"})
    assert answer.status_code == 403
    assert "Monday 16 November" in (await demo.get("/")).text


async def test_the_demos_own_controls_are_no_line_of_the_audit(demo: httpx2.AsyncClient) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', (await demo.get("/")).text)
    assert token is not None
    for path, fields in (("turn", {"to": "+5"}), ("play-as", {"staff": "mellor"})):
        assert (await demo.post(f"/demo/{path}", data={"csrf": token[1], **fields})).status_code == 200
    page = (await demo.get("/office/audit")).text
    assert "Dr Mellor" in page
    assert "/demo/" not in page


async def test_the_figures_have_weeks_to_compare_with(demo: httpx2.AsyncClient) -> None:
    page = (await demo.get("/office/figures?day=2026-11-13")).text
    assert "too few days" not in page
    assert "no marks" not in page
