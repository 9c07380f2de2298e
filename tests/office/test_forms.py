"""A form that does not arrive whole: the browser went away, and nothing breaks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import Request

from office.sign_in.sessions import Sessions
from office.visit import BadForm, check_form

SECRET = "0123456789abcdef0123456789abcdef-only-for-tests"


async def _gone() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def test_a_browser_that_goes_away_in_the_middle_is_refused_plainly() -> None:
    headers = [(b"content-length", b"20"), (b"content-type", b"application/x-www-form-urlencoded")]
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, _gone)
    session = Sessions(SECRET).new(datetime(2026, 11, 16, 9, tzinfo=UTC))
    with pytest.raises(BadForm, match="did not arrive whole"):
        await check_form(request, session)
