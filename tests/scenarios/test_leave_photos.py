"""Evidence by photograph: what comes with a text or in Telegram is fetched, kept beside the request, and seen there."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from attendance.leave import LeaveRequest
from messaging.channel import Received
from messaging.incoming_mail.evidence import Limits
from messaging.media import CannotFetch
from messaging.webhooks import parse_sms
from service.incoming.photo_fetching import Photos
from service.incoming.photos import TRY_FOR
from storage import attachments, journal, leave
from storage.attachments import FileRow
from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import School

JPEG = b"\xff\xd8\xff\xe0" + b"a photograph of tickets" * 40
PLAIN = {"leave.fields": ["dates", "reason"]}
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
NUMBERS = count(1)


class Provider:
    """Has files by their address; fails as often as it is told to."""

    def __init__(self, *failures: CannotFetch, data: bytes = JPEG) -> None:
        self.failures, self.data = list(failures), data
        self.asked: list[tuple[str, int]] = []

    async def fetch(self, source: str, most_bytes: int) -> bytes:
        """As the service asks."""
        self.asked.append((source, most_bytes))
        if self.failures:
            raise self.failures.pop(0)
        return self.data


def mms(text: str, *, from_: str = "+447700900001", files: int = 1, urls: bool = True) -> Received:
    """A text with pictures, as Twilio's webhook brings it."""
    sid = f"MM{next(NUMBERS):032d}"
    pairs = [("MessageSid", sid), ("From", from_), ("To", "+447700900000"), ("Body", text), ("NumMedia", str(files))]
    if urls:
        pairs += [(f"MediaUrl{n}", f"https://api.twilio.com/{sid}/{n}") for n in range(files)]
    return parse_sms(pairs)


async def sends(school: School, message: Received, at: str) -> None:
    """The message comes in, and is answered."""
    await school.at(at).nothing_heard()
    await school.world.runner.receive(message)
    await school.world.runner.settle()
    await school._look()


def photos(school: School, provider: Provider, **limits: Any) -> Photos:
    return Photos(school.world.runner, {"sms": provider}, Limits(**limits))


async def look(school: School, photos: Photos) -> int:
    done = await photos.step()
    await school.world.runner.settle()
    await school._look()
    return done


async def only(school: School) -> LeaveRequest:
    async with school.world.database.read() as db:
        (request,) = await leave.recent(db, school.world.school_id)
    return request


async def kept(school: School, message: str) -> list[FileRow]:
    async with school.world.database.read() as db:
        return await attachments.listed(db, message)


async def test_a_photograph_alone_is_evidence_of_the_request_that_waits(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await sends(school, mms(""), "10:05")
    request = await only(school)
    assert len(request.evidence) == 1
    assert school.texts()[-1] == ("ngozi", "leave.received")
    provider = Provider()
    fetching = photos(school, provider, most_bytes=5_000)
    assert await look(school, fetching) == 1
    assert provider.asked[0][1] == 5_000
    (file,) = await kept(school, request.evidence[0])
    assert (file.name, file.media_type, file.size) == ("photo 1.jpg", "image/jpeg", len(JPEG))
    assert await look(school, fetching) == 0, "once"
    async with school.world.database.read() as db:
        lines = await journal.of_pupil(db, school.world.school_id, "amina")
    assert [line.data["name"] for line in lines if line.kind == "file"] == ["photo 1.jpg"]
    assert not [who for who, reason in school.alerts("amina") if reason == "message_to_read"]


async def test_a_request_that_comes_with_its_photograph(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms(WEDDING, files=2), "10:00")
    request = await only(school)
    assert request.evidence == (request.message,)
    assert await look(school, photos(school, Provider())) == 2
    assert [one.number for one in await kept(school, request.message or "")] == [1, 2]


async def test_a_photograph_of_the_tickets_answers_for_them_and_no_place(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules={"leave.fields": ["reason", "travel_places", "tickets"]})
    await school.at("10:00").says("ngozi", WEDDING)
    await sends(school, mms(""), "10:05")
    assert (await only(school)).lacks == ("travel_places", "tickets"), "a picture says no place"
    await school.at("10:10").says("ngozi", "Cork")
    await sends(school, mms(""), "10:15")
    request = await only(school)
    assert (request.state, request.lacks) == ("requested", ())
    assert request.details["tickets"] == "(in the file that came)"
    assert len(request.evidence) == 2


async def test_a_photograph_that_belongs_to_nothing_is_for_a_person(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms(""), "10:05")
    assert ("reed", "message_to_read") in school.alerts("amina")
    assert school.texts()[-1] == ("ngozi", "absence.handed_to_staff")
    assert await look(school, photos(school, Provider())) == 1


@pytest.mark.parametrize(
    ("provider", "limits", "why"),
    [
        (Provider(data=b"MZ a program"), {}, "not a kind of file"),
        (Provider(data=JPEG), {"kinds": frozenset({"pdf"})}, "not a kind of file"),
        (Provider(CannotFetch("too large")), {}, "too large"),
        (Provider(CannotFetch("Twilio answered 403")), {}, "Twilio answered 403"),
    ],
)
async def test_what_is_not_kept_is_said_to_the_office(
    open_school: OpenSchool, provider: Provider, limits: dict[str, Any], why: str
) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms(WEDDING), "10:00")
    assert await look(school, photos(school, provider, **limits)) == 1
    request = await only(school)
    assert await kept(school, request.message or "") == []
    said = [line["because"] for line in school.of_kind("alert", "amina") if line["reason"] == "message_to_read"]
    assert len(said) == 1
    assert why in said[0]
    assert request.state == "requested", "the request itself stands"


async def test_where_twilio_only_lists_a_text_its_picture_is_asked_for_anew(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms(WEDDING, urls=False), "10:00")
    assert await look(school, photos(school, Provider())) == 1
    assert ("reed", "message_to_read") in school.alerts("amina")


async def test_it_is_tried_again_and_again_and_given_up(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms(WEDDING), "10:00")
    provider = Provider(*[CannotFetch("ServerTimeoutError", again=True)] * 2)
    fetching = photos(school, provider)
    assert await look(school, fetching) == 0
    assert await look(school, fetching) == 0
    assert len(provider.asked) == 1, "not at once again"
    await school.at("10:01").nothing_heard()
    await look(school, fetching)
    await school.at("10:03").nothing_heard()
    assert await look(school, fetching) == 1
    assert len(provider.asked) == 3
    assert len(await kept(school, (await only(school)).message or "")) == 1


async def test_after_half_a_day_nobody_tries_any_more(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms(WEDDING), "10:00")
    provider = Provider(*[CannotFetch("ServerTimeoutError", again=True)] * 9)
    await look(school, photos(school, provider))
    assert timedelta(hours=12) == TRY_FOR
    await school.at("09:00", date(2026, 11, 18)).nothing_heard()
    assert ("reed", "message_to_read") in school.alerts("amina")
    assert await look(school, photos(school, provider)) == 0


async def test_nobodys_pictures_are_not_fetched(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await sends(school, mms("hello", from_="+447700900555"), "10:00")
    provider = Provider()
    assert await look(school, photos(school, provider)) == 0
    assert provider.asked == []
