"""Messages that come together are stored together, and each is answered for itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from messaging.channel import Received
from service.incoming.intake import Intake


def message(number: int) -> Received:
    return Received("sms", f"SM{number}", "+447700900000", "+447700900001", "Amina is ill")


class Disk:
    """Keeps what it is given, slowly; refuses what it is told to."""

    def __init__(self, *refused: str) -> None:
        self.kept: list[str] = []
        self.writes = 0
        self.refused = refused

    async def store(self, messages: Sequence[Received]) -> list[bool]:
        self.writes += 1
        await asyncio.sleep(0.01)
        ids = [one.provider_id for one in messages]
        if set(ids) & set(self.refused):
            raise OSError("disk full")
        new = [not (id in self.kept or id in ids[:place]) for place, id in enumerate(ids)]
        self.kept += [id for id, is_new in zip(ids, new, strict=True) if is_new]
        return new


async def test_those_that_wait_share_one_write_and_a_repeat_is_told_apart() -> None:
    disk, rung = Disk(), []
    intake = Intake(disk.store, lambda: rung.append(1))
    new = await asyncio.gather(*(intake.take(message(number % 40)) for number in range(80)))

    assert new == [True] * 40 + [False] * 40
    assert len(disk.kept) == 40
    assert (disk.writes, len(rung)) == (1, 1)
    assert not await intake.take(message(1))
    assert len(rung) == 1


async def test_one_that_cannot_be_stored_fails_alone() -> None:
    disk = Disk("SM3")
    intake = Intake(disk.store, lambda: None)
    results = await asyncio.gather(*(intake.take(message(number)) for number in range(6)), return_exceptions=True)

    assert [isinstance(result, OSError) for result in results] == [number == 3 for number in range(6)]
    assert sorted(disk.kept) == ["SM0", "SM1", "SM2", "SM4", "SM5"]


async def test_whoever_stops_waiting_hinders_nobody_and_undoes_nothing() -> None:
    disk = Disk()
    intake = Intake(disk.store, lambda: None)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await intake.take(message(1))

    assert await intake.take(message(2))
    assert not await intake.take(message(1))
    await intake.close()
    assert disk.kept == ["SM1", "SM2"]
