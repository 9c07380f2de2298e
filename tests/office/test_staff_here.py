"""Who of the staff is here: the ladder and the deputy follow it."""

from __future__ import annotations

from tests.office.browsing import EVERYBODY, Opener
from tests.support.families import AMINA, staff

DEPUTY = staff("dunn", "Mrs Dunn", "Deputy headteacher", "deputy_headteacher", 913)
TEAM = (*EVERYBODY, DEPUTY)
PLAIN = {"leave.fields": ["dates", "reason"]}
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"


async def test_the_deputy_decides_while_the_head_is_away(open_office: Opener) -> None:
    office = await open_office(AMINA, staff=TEAM, rules=PLAIN)
    officer = await office.sign_in("reed")
    await officer.see("/office/staff")
    assert "Dr Hart Headteacher here decides on leave" in officer.text
    await officer.press("/office/staff/away", member="hart", away="yes")
    assert "Dr Hart is away: no alert goes there." in officer.text
    assert "Dr Hart Headteacher away" in officer.text
    assert "Mrs Dunn Deputy headteacher here decides on leave" in officer.text
    assert ("reed", "set_away", "staff/hart") in await office.audit()
    await office.school.at("08:20").says("ngozi", WEDDING)
    told = [who for who, reason in office.school.alerts("amina") if reason == "leave_to_decide"]
    assert told == ["dunn"]
    deputy = await office.sign_in("dunn")
    await deputy.see("/office/leave-requests/one")
    assert deputy.offers("/office/leave-requests/decide")
    await officer.see("/office/staff")
    await officer.press("/office/staff/away", member="hart", away="no")
    assert "Dr Hart is here: alerts go there again." in officer.text
    await deputy.see("/office/leave-requests/one")
    assert not deputy.offers("/office/leave-requests/decide")


async def test_whoever_may_not_hold_a_send_marks_nobody_away(open_office: Opener) -> None:
    office = await open_office(AMINA, staff=TEAM)
    tutor = await office.sign_in("lane")
    await tutor.see("/office/staff")
    assert not tutor.offers("/office/staff/away")


async def test_an_unknown_member_is_not_here(open_office: Opener) -> None:
    office = await open_office(AMINA, staff=TEAM)
    officer = await office.sign_in("reed")
    await officer.see("/office/staff")
    await officer.press("/office/staff/away", member="nobody")
    assert officer.status == 404
