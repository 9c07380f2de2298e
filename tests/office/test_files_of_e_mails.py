"""Files that came with e-mails: on the child's page for those who may read the words, as downloads that run nothing."""

from __future__ import annotations

import re

from tests.office.browsing import Opener, OpenOffice
from tests.support.fake_imap import FakeImap
from tests.support.families import BEN, adult, child
from tests.support.mails import PDF, mail, with_files
from tests.support.post import Post

MOTHER = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", email="ngozi@family.example")
AMINA = child("amina", "Amina Okafor", "ngozi")
CARD = ("Zaświadczenie „1”.pdf", "text/html", PDF)


async def with_mail(office: OpenOffice, *raws: bytes) -> None:
    async with FakeImap() as imap:
        await Post(office.school, imap).arrives("08:10", *raws)


def links(html: str) -> list[str]:
    return re.findall(r'href="(/office/child/\w+/file/[^"]+)"', html)


async def test_a_file_is_a_download_with_nothing_to_run_and_opening_it_is_written_down(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, adults=(MOTHER,))
    await with_mail(office, with_files("Amina is ill today, see the card.", CARD, ("x.exe", "image/png", b"MZ")))
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    (link,) = links(reed.answer.text)
    assert "Not kept: x.exe." in reed.text
    await reed.see(link)
    assert reed.answer.content == PDF
    headers = reed.answer.headers
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''Za%C5%9Bwiadczenie" in headers["content-disposition"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert ("reed", "open_file", "pupil/amina") in await office.audit()


async def test_a_file_is_only_for_those_who_may_see_the_child_and_read_the_words(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, adults=(MOTHER,))
    await with_mail(office, with_files("Amina told me that her uncle hits her, photo attached", CARD))
    okoro = await office.sign_in("okoro")
    await okoro.see("/office/child/amina")
    (link,) = links(okoro.answer.text)
    assert (await okoro.see(link)).status == 200
    for who in ("reed", "wood", "pike"):
        other = await office.sign_in(who)
        assert links((await other.see("/office/child/amina")).answer.text) == []
        assert (await other.see(link)).status in (403, 404), who
    assert (await okoro.see(link.replace("/amina/", "/ben/"))).status == 404
    assert (await okoro.see(link[:-1] + "7")).status == 404
    stranger = await office.browser()
    await stranger.see(link)
    assert stranger.answer.content != PDF


async def test_a_mail_that_cannot_be_believed_says_so_on_the_page(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, adults=(MOTHER,))
    await with_mail(office, mail("Amina is ill today.", {"Authentication-Results": None}))
    reed = await office.sign_in("reed")
    await reed.see("/office/child/amina")
    assert "it may be forged" in reed.text
