"""The audit: every look at a child's story and every change, for two roles, to be searched and taken away as CSV."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
import sqlalchemy as sa

from storage import audit
from tests.office.browsing import Browser, Opener, OpenOffice
from tests.office.routes import every_route, permission_of
from tests.support.families import AMINA, BEN


async def _newest(office: OpenOffice) -> int:
    world = office.school.world
    async with world.database.read() as db:
        return (await audit.newest(db, world.school_id, 1))[0].seq


async def _deeds(office: OpenOffice) -> list[audit.Deed]:
    world = office.school.world
    async with world.database.read() as db:
        return await audit.newest(db, world.school_id)


async def _csrf(browser: Browser) -> str:
    await browser.see("/office/sign-in")
    return str(dict(browser.form("/office/sign-in")["fields"])["csrf"])


async def test_a_look_and_a_change_are_lines_with_who_and_when(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    reed, hart = await office.sign_in("reed"), await office.sign_in("hart")
    await reed.see("/office/child/amina")
    await reed.press("/office/child/amina/settle", outcome="present_after_all")
    await hart.see("/office/audit")
    assert "Settled Amina Okafor outcome: present_after_all" in hart.text
    assert "Looked at the child’s story Amina Okafor" in hart.text
    assert "Ms Reed , Attendance officer" in hart.text
    assert ("hart", "view_audit", "audit") in await office.audit()


@pytest.mark.parametrize(("who", "may"), [("okoro", True), ("hart", True), ("reed", False), ("pike", False)])
async def test_the_audit_is_for_the_safeguarding_lead_and_the_headteacher(
    open_office: Opener, who: str, may: bool
) -> None:
    office = await open_office(AMINA)
    browser = await office.sign_in(who)
    assert (">Audit</a>" in browser.answer.text) == may
    for path in ("/office/audit", "/office/audit.csv"):
        assert (await browser.see(path)).status == (200 if may else 403)


async def test_it_is_searched_by_person_child_kind_and_day(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    reed, okoro = await office.sign_in("reed"), await office.sign_in("okoro")
    for browser, child in ((reed, "amina"), (reed, "ben"), (okoro, "ben")):
        await browser.see(f"/office/child/{child}")

    async def found(query: str) -> int:
        await okoro.see(f"/office/audit?action=view_story&{query}")
        return len(re.findall("Looked at the child’s story</td>", okoro.answer.text))

    assert await found("") == 3
    assert await found("staff=reed") == 2
    assert await found("find=toll") == 2
    assert await found("pupil=amina") == 1
    assert await found("find=nobodyatall") == 0
    today = office.school.world.clock.now().date().isoformat()
    assert await found(f"from={today}&to={today}") == 3
    assert await found("to=2020-01-01") == 0
    assert await found("from=nonsense&before=x") == 3


async def test_older_lines_are_on_further_pages(open_office: Opener) -> None:
    office = await open_office(AMINA)
    okoro, world = await office.sign_in("okoro"), office.school.world
    async with world.database.begin() as db:
        now = world.clock.now()
        await audit.append(db, world.school_id, [audit.Deed(now, "reed", "nudge", f"n/{n}") for n in range(150)])
    await okoro.see("/office/audit?action=nudge")
    assert okoro.answer.text.count("Reminded a teacher</td>") == 100
    older = re.search(r'href="(/office/audit\?[^"]*before=\d+)"', okoro.answer.text)
    assert older is not None
    await okoro.see(older.group(1).replace("&amp;", "&"))
    assert okoro.answer.text.count("Reminded a teacher</td>") == 50


async def test_the_csv_has_every_line_and_nothing_that_a_spreadsheet_runs(open_office: Opener) -> None:
    office = await open_office(AMINA)
    okoro, world = await office.sign_in("okoro"), office.school.world
    async with world.database.begin() as db:
        deed = audit.Deed(world.clock.now(), "reed", "write", "=cmd|' /C calc'!A0", {"text": "x"})
        await audit.append(db, world.school_id, [deed])
    await okoro.see("/office/audit.csv")
    assert okoro.answer.headers["content-type"].startswith("text/csv")
    assert 'filename="firstcall-audit.csv"' in okoro.answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(okoro.answer.text)))
    assert len(rows) == len(await _deeds(office)) - 1
    assert {row["action"] for row in rows} >= {"write", "sign_in"}
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


async def test_every_press_and_every_look_at_one_child_is_written_down_whatever_the_route(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:15").register_closes(without_reason=["amina"])
    hart = await office.sign_in("hart")
    token = await _csrf(hart)
    fill = {
        "pupil": "amina", "contact": "ngozi", "group": "7M", "half": "am", "number": "0", "message": "none",
        "leave_id:path": "none", "provider": "google", "name": "office.css",
    }  # fmt: skip
    fields = [
        ("csrf", token), ("pupil", "amina"), ("contact", "ngozi"), ("outcome", "answered_ill"), ("text", "hello"),
        ("what", "ring"), ("came", "spoke"), ("code", "I"), ("reason", "x"), ("mark.amina", "/"), ("why", "x"),
    ]  # fmt: skip
    looked = 0
    for method, path, route in every_route(office.app):
        if not permission_of(route) or path.startswith("/account") or path.endswith(("/parts", "/cost")):
            continue
        if method == "GET" and ("{pupil}" not in path or path.endswith("/stream")):
            continue
        before = await _newest(office)
        address = "/office" + re.sub(r"{([^}]+)}", lambda found: fill[found[1]], path)
        hart.client.follow_redirects = False
        await (hart.see(address) if method == "GET" else hart.send(address, fields))
        if hart.status < 400:
            assert await _newest(office) > before, f"{method} {path} leaves no line in the audit"
            looked += 1
    assert looked > 15


async def test_no_line_can_be_changed_or_deleted(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.sign_in("reed")
    for statement in ("DELETE FROM audit", "UPDATE audit SET staff_id = 'okoro'"):
        with pytest.raises(sa.exc.DatabaseError):
            await _run(office, statement)
    assert ("reed", "sign_in", "account/reed") in await office.audit()


async def _run(office: OpenOffice, statement: str) -> Any:
    async with office.school.world.database.begin() as db:
        return await db.execute(sa.text(statement))
