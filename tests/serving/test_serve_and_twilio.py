"""`firstcall serve` as a process against a Twilio that misbehaves, over HTTP: promise 4 as an operator would try it."""

from __future__ import annotations

import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.serving.running import FIONA, NGOZI, OURS, STRANGER, Served, until
from tests.support.fake_twilio import FakeTwilio


@pytest.fixture
async def served(prepared: Path, tmp_path: Path, twilio: FakeTwilio) -> AsyncIterator[Served]:
    service = Served(Path(shutil.copytree(prepared, tmp_path / "school")), twilio.url)
    await service.start()
    yield service
    if service.process is not None and service.process.poll() is None:
        await service.stop(signal.SIGKILL)
    assert '"event": "started"' in service.log
    assert not service.told(), service.log


def replies(twilio: FakeTwilio, to: str = NGOZI) -> list[str]:
    """What was taken by Twilio for this number, from our number."""
    return [row["body"] for row in twilio.messages.values() if row["to"] == to and row["from"] == OURS]


async def test_a_parents_text_is_answered_by_twilios_api_and_its_receipt_is_kept(
    served: Served, twilio: FakeTwilio
) -> None:
    status, body = await served.text("SM" + "1" * 32, "Amina is ill today, back tomorrow")

    assert (status, body.endswith("<Response/>")) == (200, True)
    await until(lambda: replies(twilio), why=served.log)
    assert "Amina" in replies(twilio)[0]
    await until(lambda: served.rows("SELECT state FROM outbox") == [("delivered",)])
    assert {row[0] for row in served.rows("SELECT status FROM receipt")} == {"sent", "delivered"}
    assert served.rows("SELECT pupil_id, code, state FROM absence") == [("amina", "I", "recorded")]


async def test_the_same_webhook_twice_is_one_message_and_one_reply(served: Served, twilio: FakeTwilio) -> None:
    for _ in range(3):
        status, _body = await served.text("SM" + "2" * 32, "Amina is ill today, back tomorrow")
        assert status == 200
    await served.text("SM" + "3" * 32, "Callum has the dentist this morning", FIONA)
    await until(lambda: replies(twilio, FIONA), why=served.log)

    assert len(replies(twilio)) == 1
    assert served.rows("SELECT count(*) FROM inbox") == [(2,)]


async def test_a_forged_or_missing_signature_is_403_and_nothing_is_stored(served: Served, twilio: FakeTwilio) -> None:
    for token in (None, "", "another-token"):
        status, _ = await served.text("SM" + "4" * 32, "Amina is ill today", token=token)
        receipt, _ = await served.post("/twilio/status?m=1", {"MessageSid": "SM1", "MessageStatus": "sent"}, token)
        assert (status, receipt) == (403, 403)

    assert served.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert not twilio.requests


async def test_odd_words_are_stored_and_never_a_5xx(served: Served, twilio: FakeTwilio) -> None:
    odd = ["", "x" * 10_000, "🤒" * 1500, "\x00\x01\ufffe", "' OR 1=1 --", "{{ 7 * 7 }} <script>", "\u202e\u200b"]
    for number, words in enumerate(odd):
        status, _ = await served.text(f"SM{number:032}", words)
        assert status == 200, words[:20]

    await until(lambda: served.rows("SELECT count(*) FROM inbox WHERE state = 'done'") == [(len(odd),)], why=served.log)
    assert "step_failed" not in served.log


async def test_what_is_no_form_or_too_large_or_nameless_is_refused(served: Served) -> None:
    assert (await served.post("/twilio/sms", {}, body=b"\xff\xfe" * 100))[0] == 403
    assert (await served.post("/twilio/sms", {}, body=b"a" * 1_500_000))[0] == 413
    assert (await served.post("/twilio/sms", {"Body": "hello"}))[0] == 400
    assert served.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_an_unknown_number_learns_nothing_about_any_child(served: Served, twilio: FakeTwilio) -> None:
    await served.text("SM" + "5" * 32, "Is Amina in school?", STRANGER)
    await until(lambda: replies(twilio, STRANGER), why=served.log)

    assert "Amina" not in replies(twilio, STRANGER)[0]


async def test_killed_in_the_middle_and_started_again_nothing_is_lost_or_said_twice(
    served: Served, twilio: FakeTwilio
) -> None:
    """The process dies while one reply is with a Twilio that does not answer, and others were only just stored."""
    twilio.faults.append("accept_then_drop")
    await served.text("SM" + "6" * 32, "Amina is ill today, back tomorrow")
    await until(lambda: replies(twilio), why=served.log)
    await served.text("SM" + "7" * 32, "Callum has the dentist this morning", FIONA)
    await served.stop(signal.SIGKILL)
    served.rows("UPDATE outbox SET lease_ends = '2000-01-01 00:00:00.000000' WHERE state = 'sending'")

    await served.start()
    await until(lambda: replies(twilio, FIONA), why=served.log)
    await until(
        lambda: not served.rows("SELECT 1 FROM outbox WHERE state NOT IN ('accepted', 'sent', 'delivered')"),
        seconds=60,
        why=served.log,
    )

    assert (len(replies(twilio)), len(replies(twilio, FIONA))) == (1, 1)
    assert served.rows("SELECT count(*) FROM inbox WHERE state = 'done'") == [(2,)]


async def test_what_came_while_the_service_was_down_is_fetched(served: Served, twilio: FakeTwilio) -> None:
    """No webhook reached us; Twilio still lists the message (promise 4)."""
    await served.text("SM" + "8" * 32, "Callum has the dentist this morning", FIONA)
    await until(lambda: replies(twilio, FIONA), why=served.log)
    assert await served.stop() == 0
    await twilio.inbound(NGOZI, OURS, "Amina is ill today, back tomorrow")

    await served.start()
    await until(lambda: replies(twilio), why=served.log)
    assert "Amina" in replies(twilio)[0]
    assert len(replies(twilio, FIONA)) == 1


async def test_it_stops_when_it_is_told_and_says_how_it_is(served: Served) -> None:
    assert await served.get("/health") == (200, '{"status":"alive"}')
    status, metrics = await served.get("/metrics")
    assert status == 200
    for name in ('firstcall_inbox_waiting{channel="sms"} 0.0',
                 'firstcall_outbox_oldest_seconds{channel="sms",state="queued"} 0.0',
                 'firstcall_failures_total{channel="sms",meaning="bad_number",way="out"} 0.0',
                 'firstcall_outbox{channel="sms",state="unknown"} 0.0',
                 'firstcall_loop_step_age_seconds{loop="relay"}'):  # fmt: skip
        assert name in metrics
    assert await served.stop() == 0
    assert '"event": "stopped"' in served.log
