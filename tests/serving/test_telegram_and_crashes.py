"""`firstcall serve` with a bot, as a process: invited from the command line, killed, started again; nothing is lost."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.serving.running import NGOZI, Served, firstcall, until
from tests.support.fake_telegram import SECRET, TOKEN, FakeTelegram
from tests.support.fake_twilio import FakeTwilio

CHAT = 71_003_456


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def served(prepared: Path, tmp_path: Path, twilio: FakeTwilio, telegram: FakeTelegram) -> AsyncIterator[Served]:
    folder = Path(shutil.copytree(prepared, tmp_path / "school"))
    env = (folder / ".env").read_text("utf-8")
    for name, value in (("BOT_TOKEN", TOKEN), ("WEBHOOK_SECRET", SECRET), ("API_URL", telegram.url)):
        env = re.sub(rf"(?m)^TELEGRAM_{name}=.*$", f"TELEGRAM_{name}={value}", env)
    (folder / ".env").write_text(env, "utf-8")
    service = Served(folder, twilio.url)
    await service.start()
    await until(lambda: telegram.hook)
    yield service
    if service.process is not None and service.process.poll() is None:
        await service.stop(signal.SIGKILL)
    assert not service.told(TOKEN.partition(":")[2], SECRET, str(CHAT)), service.log


async def test_invited_linked_and_heard_with_kills_in_between(
    served: Served, twilio: FakeTwilio, telegram: FakeTelegram
) -> None:
    asked = await asyncio.to_thread(firstcall, served.folder, "telegram", "invite", "ngozi", "nobody")
    assert (asked.returncode, "1 invited by text" in asked.stdout, "nobody" in asked.stderr) == (1, True, True)
    served.rows("UPDATE outbox SET try_at = created_at, not_before = created_at")  # whatever hour it is here
    await until(lambda: [row for row in twilio.messages.values() if row["to"] == NGOZI], why=served.log)
    (text,) = [row["body"] for row in twilio.messages.values() if row["to"] == NGOZI]
    found = re.search(r"\?start=([\w-]+)", text)
    assert found

    telegram.says(CHAT, f"/start {found[1]}")
    await telegram.settled()
    await served.stop(signal.SIGKILL)
    for text in ("Amina is ill today, back tomorrow", "thank you", "thank you"):
        telegram.says(CHAT, text)
    await served.start()
    await until(lambda: not telegram.waiting, why=served.log)
    await served.stop(signal.SIGKILL)
    await served.start()
    await until(lambda: served.rows("SELECT count(*) FROM inbox WHERE state = 'new'") == [(0,)], why=served.log)

    assert served.rows("SELECT telegram FROM contact WHERE contact_id = 'ngozi'") == [(str(CHAT),)]
    assert served.rows("SELECT pupil_id, code, state FROM absence") == [("amina", "I", "recorded")]
    assert served.rows("SELECT count(*) FROM inbox") == [(4,)]
    checked = await asyncio.to_thread(firstcall, served.folder, "telegram", "check")
    assert "t.me/school_test_bot" in checked.stdout
    assert "waiting at Telegram: 0" in checked.stdout
