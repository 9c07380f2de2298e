"""The stream of an open page: what it says first, what a change brings, and when it ends."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest

from office.pages import live
from storage import accounts
from tests.office.browsing import Opener
from tests.office.streams import nudge, stream_of_the_board
from tests.support.families import AMINA, BEN


async def test_a_change_brings_the_row_that_changed_and_no_other(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina", "ben"])
    reed = await office.sign_in("reed")
    async with aclosing(await stream_of_the_board(office, reed)) as events:
        first = json.loads((await anext(events)).data)
        assert first["parts"] == {}
        assert [one.split(":")[0] for one in first["lists"]["rows-wait"]] == ["row-amina", "row-ben"]
        await office.school.at("09:20").says("ngozi", "Amina is poorly, back tomorrow")
        nudge(office)
        async with asyncio.timeout(30):
            second = json.loads((await anext(events)).data)
        assert set(second["parts"]) == {"row-amina", "tally", "top-wait", "top-confirm"}


async def test_who_is_shut_out_hears_nothing_more(open_office: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "CHECK_EVERY", -1.0)
    office = await open_office(AMINA, BEN)
    reed = await office.sign_in("reed")
    async with aclosing(await stream_of_the_board(office, reed)) as events:
        await anext(events)
        async with office.school.world.database.begin() as db:
            await accounts.set_disabled(db, office.school.world.school_id, "reed", True)
        await office.school.at("09:15").register_closes(without_reason=["amina"])
        nudge(office)
        with pytest.raises(StopAsyncIteration):
            async with asyncio.timeout(30):
                await anext(events)


async def test_a_stream_ends_when_the_server_stops(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed, ending = await office.sign_in("reed"), asyncio.Event()
    async with aclosing(await stream_of_the_board(office, reed, ending)) as events:
        await anext(events)
        ending.set()
        with pytest.raises(StopAsyncIteration):
            async with asyncio.timeout(30):
                await anext(events)
