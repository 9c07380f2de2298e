"""The family's form through the whole service: asked for by text, opened and handed in over HTTP, once."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp

from tests.support.telegram_school import open_telegram_school


async def test_the_form_is_served_where_the_office_is(tmp_path: Path) -> None:
    async with open_telegram_school(tmp_path) as school:
        await school.hears(1, "leave form please")
        await school.quiet()
        found = re.search(r"http://\S+/leave/form/\S+", school.texts(1)[-1])
        assert found is not None, school.texts(1)
        fields = {
            "child": "",
            "first_day": "2026-12-08",
            "last_day": "2026-12-09",
            "reason": "family",
            "words": "A wedding",
        }
        async with aiohttp.ClientSession() as http:
            async with http.get(found[0]) as page:
                assert page.status == 200
                assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
                keys = re.findall(r'name="child" value="([^"]+)"', await page.text())
            async with http.post(found[0], data={**fields, "child": keys[0]}) as done:
                assert (done.status, "We have your request" in await done.text()) == (200, True)
            async with http.get(found[0]) as again:
                assert again.status == 410
        await school.quiet()
        assert school.texts(1)[-1].startswith("Thanks. We have your leave request for Amina")
