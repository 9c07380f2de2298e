"""`serve` with all three channels, killed at random moments under load: promise 4 as an unlucky operator would try it.

A few kills here; `make kills` is fifty (KILLS). The moments are drawn from SEED, which a failure prints.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from tests.serving.load_for_kills import (
    FAMILIES,
    Load,
    chat,
    chats_by_text,
    mails_by_our_id,
    outbox,
    set_up,
    texts_by_our_id,
)
from tests.serving.running import START_WITHIN, Served, until
from tests.support.fake_imap import FakeImap
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_twilio import FakeTwilio
from tests.support.smtp_sink import Sink

KILLS = int(os.environ.get("KILLS", "3"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
SLOW = 0.4
"""Seconds that each provider takes to answer, so that most kills fall into words that are under way."""
LEFT = ("accepted", "sent", "delivered")
LEASE_OVER = "UPDATE outbox SET lease_ends = '2000-01-01 00:00:00.000000' WHERE state = 'sending'"
"""A lease is a minute and a half, which is too long for a test to wait; the clock is all that this changes."""


async def test_nothing_is_lost_and_nothing_is_said_twice_however_often_it_is_killed(tmp_path: Path) -> None:
    print(f"KILLS={KILLS} SEED={SEED}")
    dice = random.Random(SEED)
    async with FakeTwilio() as twilio, FakeTelegram() as telegram, FakeImap() as imap, Sink(silent=SLOW) as sink:
        twilio.slow = SLOW
        telegram.delay = {chat(number): SLOW for number in range(FAMILIES)}
        await asyncio.to_thread(set_up, tmp_path, twilio, telegram, imap, sink)
        served = Served(tmp_path, twilio.url)
        try:
            load = await written_to_and_killed(served, telegram, imap, dice)
            await until(lambda: not telegram.waiting, seconds=60, why="Telegram could not tell everything")
            await worked_off(served, load)
            judge(served, load, twilio, telegram, imap, sink)
        finally:
            if served.process is not None and served.process.poll() is None:
                await served.stop(signal.SIGTERM)


async def written_to_and_killed(served: Served, telegram: FakeTelegram, imap: FakeImap, dice: random.Random) -> Load:
    """What the families wrote meanwhile."""
    await served.start()
    load = Load(served, telegram, imap, dice)
    writing = asyncio.create_task(load.run())
    for _ in range(KILLS):
        await asyncio.sleep(dice.uniform(0.2, 4.0))
        await served.stop(signal.SIGKILL)
        served.rows(LEASE_OVER)
        if dice.random() < 0.75:
            await served.start()
        else:
            served.spawn()  # and perhaps it is killed while it starts
    await asyncio.sleep(2)
    load.stopping = True
    await until_ready(served)
    await writing
    return load


async def worked_off(served: Served, load: Load) -> None:
    """Wait for as long as there is less to do every minute: fifty short lives leave thousands of messages behind."""
    least, ends = still_to_do(served, load), time.monotonic() + 60
    while left := still_to_do(served, load):
        if left < least:
            least, ends = left, time.monotonic() + 60
        assert time.monotonic() < ends, waiting(served, load)
        await asyncio.sleep(0.5)


async def until_ready(served: Served) -> None:
    ends = time.monotonic() + START_WITHIN
    while (await served.get("/ready"))[0] != 200:
        assert time.monotonic() < ends, served.log[-3000:]
        await asyncio.sleep(0.1)


def still_to_do(served: Served, load: Load) -> int:
    """How much that came is not handled, and how much that is to leave is not anywhere yet."""
    new = served.rows("SELECT count(*) FROM inbox WHERE state = 'new'")[0][0]
    mails = served.rows("SELECT count(*) FROM inbox WHERE channel = 'email'")[0][0]
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    open_ = served.rows(
        "SELECT count(*) FROM outbox WHERE state IN ('sending', 'unknown') OR (state = 'queued' AND not_before IS NULL "
        "AND (not_after IS NULL OR not_after > ?))", now
    )[0][0]  # fmt: skip
    return int(new + open_ + max(0, load.mails - mails))


def waiting(served: Served, load: Load) -> str:
    """For whoever reads a failure."""
    rows = served.rows("SELECT channel, state, count(*), min(not_before), max(attempts) FROM outbox GROUP BY 1, 2")
    came = served.rows("SELECT channel, state, count(*) FROM inbox GROUP BY 1, 2")
    return f"out {rows}\nin {came}, mails {load.mails}\n{served.log[-1500:]}"


def judge(served: Served, load: Load, twilio: FakeTwilio, telegram: FakeTelegram, imap: FakeImap, sink: Sink) -> None:
    """Hold what the providers know against what we know."""
    came = Counter((channel, provider) for channel, provider in served.rows("SELECT channel, provider_id FROM inbox"))
    assert max(came.values()) == 1
    texts = {provider for channel, provider in came if channel == "sms"}
    assert load.taken - texts == set(), "a text that got its 2xx is gone"
    assert len([one for one in came if one[0] == "telegram"]) == len(load.told), "an update that got its 2xx is gone"
    assert len([one for one in came if one[0] == "email"]) == len(imap.mails), "a mail is gone"
    assert served.rows("SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
    silent = served.rows(
        "SELECT DISTINCT i.their_address FROM inbox i WHERE NOT EXISTS (SELECT 1 FROM outbox o "
        "WHERE o.channel = i.channel AND o.address = i.their_address AND o.key LIKE 'reply/%')"
    )
    assert silent == [], "who wrote was answered; the same report again needs no second answer"

    sms = {row["message_id"]: row for row in outbox(served, "sms")}
    at_twilio = texts_by_our_id(twilio)
    assert at_twilio.keys() <= sms.keys()
    assert [one for one, number in at_twilio.items() if number > 1] == [], "Twilio can be asked, so nothing goes twice"
    assert [one for one, row in sms.items() if row["state"] in LEFT and not at_twilio[one]] == []
    assert [row for one, row in sms.items() if row["state"] not in (*LEFT, "queued", "cancelled")] == []

    mails = {row["message_id"]: row for row in outbox(served, "email")}
    at_server = mails_by_our_id(sink)
    assert [one for one, row in mails.items() if row["state"] in LEFT and not at_server[one]] == []
    assert [one for one, number in at_server.items() if number > 1 and mails[one]["attempts"] < 2] == []
    assert [one for one, number in at_server.items() if number > 1 + KILLS] == []

    chats = outbox(served, "telegram")
    ours, theirs = Counter((row["address"], row["text"]) for row in chats), chats_by_text(telegram)
    assert [one for one, number in theirs.items() if number > ours[one]] == [], "Telegram was told something twice"
    left = [row["provider_id"] for row in chats if row["state"] in LEFT]
    assert len(set(left)) == len(left)
    known = {f"{chat_id}/{number}" for chat_id, number in telegram.messages}
    assert set(left) <= known
    for row in chats:  # what nobody could know is said by text instead
        if row["state"] == "failed":
            assert [one for one in sms.values() if one["text"] == row["text"]], row["key"]
    print(f"texts {len(texts)}, updates {len(load.told)}, mails {len(imap.mails)}; left: {len(at_twilio)} texts, "
          f"{sum(theirs.values())} chats, {sum(at_server.values())} mails, of which twice "
          f"{sum(number - 1 for number in at_server.values())}; doubtful chats "
          f"{sum(row['state'] == 'failed' for row in chats)}")  # fmt: skip
