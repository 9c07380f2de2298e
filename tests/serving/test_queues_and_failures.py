"""`/ready` and `/metrics`: what waits and for how long, and failures by what they mean, out and in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from messaging.channel import Receipt
from service.metering import Meters
from storage import outbox
from storage.outbox import OutboxRow
from tests.serving.running import at_rest
from tests.serving.test_webhooks_in_process import client, post, settings
from tests.support.fake_imap import FakeImap
from tests.support.fake_twilio import FakeTwilio
from tests.support.smtp_sink import Sink

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


def words(name: str, to: str, wait: timedelta = timedelta(0), channel: str = "sms") -> OutboxRow:
    return OutboxRow(name, name, channel, to, "absence.ask", f"Words {name}", NOW, NOW + wait)


async def queued(service: Any, *rows: OutboxRow) -> None:
    async with service.database.begin() as db:
        await outbox.add(db, "school", rows)
    service.clockwork.bell.ring()


async def count(http: httpx2.AsyncClient, channel: str, way: str, meant: str) -> float:
    name = f'firstcall_failures_total{{channel="{channel}",meaning="{meant}",way="{way}"}} '
    lines = (await http.get("/metrics")).text.splitlines()
    return sum(float(line.removeprefix(name)) for line in lines if line.startswith(name))


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(30):
        while not await condition():
            await asyncio.sleep(0.05)


async def test_failures_of_texts_are_counted_by_what_they_mean(tmp_path: Path) -> None:
    async with FakeTwilio() as twilio, client(settings(tmp_path, TWILIO_API_URL=twilio.url)) as (http, service):
        await queued(service, words("m1", "+447700900801"), words("m2", "+447700900804"), words("m3", "+442079460000"))
        await until(lambda: _is(http, {"bad_number": 2.0, "opted_out": 1.0}))
        for fault, meant in (("429", "retry"), ("accept_then_cut", "unknown"), ("500", "unknown")):
            before = await count(http, "sms", "out", meant)
            twilio.faults.append(fault)
            await queued(service, words(fault, "+447700900010"))
            await until(lambda meant=meant, before=before: _more(http, meant, before))
            service.clock.turn_by(timedelta(seconds=10))  # past the wait that the 429 asked for


async def _is(http: httpx2.AsyncClient, wanted: dict[str, float]) -> bool:
    return {meant: await count(http, "sms", "out", meant) for meant in wanted} == wanted


async def _more(http: httpx2.AsyncClient, meant: str, before: float) -> bool:
    return await count(http, "sms", "out", meant) > before


async def test_a_receipt_that_fails_is_counted_once_however_often_it_comes(tmp_path: Path) -> None:
    async with FakeTwilio() as twilio, client(settings(tmp_path, TWILIO_API_URL=twilio.url)) as (http, service):
        await queued(service, words("m1", "+447700900010"))
        await until(lambda: _taken(twilio))
        for _ in range(3):
            form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005"}
            assert (await post(http, "/twilio/status?m=m1", form)).status_code == 204
        assert await count(http, "sms", "out", "bad_number") == 1


async def _taken(twilio: FakeTwilio) -> bool:
    return bool(twilio.messages)


async def test_what_cannot_come_in_is_counted(tmp_path: Path) -> None:
    async with FakeImap() as imap, Sink() as sink:
        imap.refuse_login = True
        of = settings(
            tmp_path, IMAP_URL=imap.url, SMTP_URL=f"smtp://me%40school.example@127.0.0.1:{sink.port}",
            IMAP_AUTHSERV_ID="mx.school.example",
        )  # fmt: skip
        async with client(of) as (http, _):
            await until(lambda: _in(http, "email"))
            await until(lambda: _in(http, "sms"))  # Twilio is not there to be listed


async def _in(http: httpx2.AsyncClient, channel: str) -> bool:
    return await count(http, channel, "in", "retry") >= 1


async def test_ready_says_what_waits_and_for_how_long(tmp_path: Path) -> None:
    async with client(settings(tmp_path)) as (http, service):  # nobody listens at Twilio's address
        empty = (await http.get("/ready")).json()["queues"]
        assert (empty["inbox"], empty["outbox"]) == ({}, {})
        await queued(service, words("m1", "+447700900010"), words("m2", "+447700900011", timedelta(hours=9)))
        service.clock.turn_to(NOW + timedelta(seconds=20))
        await until(lambda: _down(http))
        await service.clockwork.stop()  # so that what is due stays due, and can be looked at
        service.clock.turn_to(NOW + timedelta(minutes=5))
        found = (await http.get("/ready")).json()["queues"]["outbox"]["sms"]["queued"]
        assert found["waiting"] == 2
        assert 200 < found["oldest_seconds"] < 300
        metrics = (await http.get("/metrics")).text
        assert f'firstcall_outbox_oldest_seconds{{channel="sms",state="queued"}} {found["oldest_seconds"]}' in metrics


async def _down(http: httpx2.AsyncClient) -> bool:
    return await count(http, "sms", "out", "retry") >= 1


def test_every_meaning_is_a_number_from_the_start() -> None:
    meters = Meters(("sms", "email"))
    meters.receipt_failed(Receipt("email", "m1", None, "undelivered", "5.1.1"))
    meters.receipt_failed(Receipt("sms", "m2", None, "failed", "30007"))
    seen = {
        (sample.labels["channel"], sample.labels["way"], sample.labels["meaning"]): sample.value
        for family in meters.registry.collect()
        for sample in family.samples
        if sample.name == "firstcall_failures_total"
    }
    assert len(seen) == 2 * 2 * 6
    assert {key for key, value in seen.items() if value} == {("email", "out", "bad_number"), ("sms", "out", "ours")}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_mail_that_was_under_way_when_the_process_died_leaves_and_is_no_outage(tmp_path: Path) -> None:
    """A mail server cannot be asked what it took; a repeat under the same Message-ID does little harm."""
    async with Sink(password="p") as sink:
        of = settings(tmp_path, SMTP_URL=f"smtp://me%40school.example:p@127.0.0.1:{sink.port}")
        async with client(of) as (_, service):
            dead = replace(words("m1", "ngozi@family.example", channel="email"), state="sending", attempts=1)
            await queued(service, replace(dead, lease_ends=NOW - timedelta(seconds=1)))
            await at_rest(service.clockwork)
            service.clock.turn_to(NOW + timedelta(minutes=1))
            service.clockwork.bell.ring()
            await until(lambda: _accepted(service))
            async with service.database.read() as db:
                row = await outbox.find(db, "m1")
                alerts = (await db.execute(sa.text("SELECT count(*) FROM alert"))).scalar_one()
    assert row is not None
    assert (row.state, alerts, len(sink.box)) == ("accepted", 0, 1)


async def _accepted(service: Any) -> bool:
    async with service.database.read() as db:
        row = await outbox.find(db, "m1")
    return row is not None and row.state == "accepted"
