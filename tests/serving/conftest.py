"""What every test of a served school needs: a school that was set up once, and a Twilio that misbehaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.serving.running import set_up
from tests.support.fake_twilio import FakeTwilio


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a school as `firstcall init` and the imports leave it. A test serves a copy of it."""
    folder = tmp_path_factory.mktemp("school")
    set_up(folder)
    return folder


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    """Twilio, on loopback."""
    async with FakeTwilio() as fake:
        yield fake
