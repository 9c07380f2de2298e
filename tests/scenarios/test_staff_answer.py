"""Staff answer an alert by text, by e-mail and in a chat: it takes the alert that is meant, and no other."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from attendance.effects import RaiseAlert
from attendance.ladder import time_passed
from messaging.channel import Outgoing
from service.turns.turn import Turn
from storage import people
from tests.support.fake_imap import FakeImap
from tests.support.families import AMINA, BEN, STAFF, adult, child, staff
from tests.support.fixtures import OpenSchool
from tests.support.mails import mail
from tests.support.post import Post
from tests.support.school import School

REED, OKORO, HART = "+447700900900", "+447700900901", "+447700900902"
OpenPost = Callable[..., Awaitable[Post]]


def told(school: School, to: str, channel: str = "sms") -> list[Outgoing]:
    """What this address was sent, in order."""
    return [one for one in school.world.simulators[channel].sent if one.to == to]


def number_of(words: Outgoing) -> str:
    """The number that an alert asks to be answered with."""
    found = re.search(r"Reply OK (\d+) to take it\.", words.text)
    assert found, words.text
    return found[1]


async def taken(school: School, pupil: str) -> list[str | None]:
    """Who has the live alerts of a child."""
    return [one.acknowledged_by for one in await school.live_alerts() if pupil in one.pupils]


async def at_noon(open_school: OpenSchool, *children: Any, **more: Any) -> School:
    """Nobody has answered by the deadline: Ms Reed is told."""
    school: School = await open_school(*children, **more)
    await school.at("09:15").register_closes(without_reason=[one["id"] for one in children])
    await school.at("12:00").nothing_heard()
    return school


@pytest.mark.parametrize("words", ["ok", "Got it", "on it, thanks", "👍", "{number}", "OK {number}"])
async def test_an_answer_by_text_takes_the_one_alert_that_is_open(open_school: OpenSchool, words: str) -> None:
    school = await at_noon(open_school, AMINA)
    alert = told(school, REED)[-1]
    assert "A.O. 7M" in alert.text
    assert "Amina" not in alert.text
    await school.at("12:05").says(REED, words.format(number=number_of(alert)))
    assert await taken(school, "amina") == ["reed"]
    answer = told(school, REED)[-1].text
    assert "12:05: you have" in answer
    assert "A.O. 7M" in answer
    assert "Amina" not in answer
    await school.at("12:20").nothing_heard()
    assert "okoro" not in [who for who, _ in school.alerts("amina")]  # it does not climb
    assert school.state("amina") == "handed_over"  # having it is not an end
    assert not school.alerted("unlisted_number")


async def test_several_open_alerts_are_asked_about_and_the_number_says_which(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, BEN)
    await school.at("12:01").says("+447700900099", "who is this")  # an unlisted number: another alert for Ms Reed
    ben = number_of(told(school, REED)[-1])
    other = number_of(told(school, "reed@school.example", "email")[-1])  # not urgent, so by e-mail alone
    await school.at("12:02").says(REED, "ok")
    assert await taken(school, "ben") == [None]
    asked = told(school, REED)[-1].text
    assert "nothing was taken" in asked
    assert f"{ben} B.T. 7M: " in asked
    assert f"{other}: " in asked
    await school.at("12:03").says(REED, ben)
    assert await taken(school, "ben") == ["reed"]
    (unlisted,) = [one for one in await school.live_alerts() if one.reason == "unlisted_number"]
    assert unlisted.acknowledged_by is None
    await school.at("12:04").says(REED, "ok")  # now only one is open
    assert not [one for one in await school.live_alerts() if one.reason == "unlisted_number"]


async def test_an_ok_takes_no_alert_that_never_reached_them(open_school: OpenSchool) -> None:
    staff_without_mail = [{key: value for key, value in one.items() if key != "email"} for one in STAFF]
    school = await open_school(AMINA, staff=staff_without_mail)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("11:59").provider_down("10m")
    await school.at("12:03").says(REED, "ok")  # about something else: our words are still queued
    assert await taken(school, "amina") == [None]
    await school.at("12:30").nothing_heard()
    assert told(school, REED)


async def test_one_message_about_several_children_is_one_answer(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA, BEN)
    (alert,) = [one for one in told(school, REED) if "deadline" in one.text]
    await school.at("12:05").says(REED, f"ok {number_of(alert)}")
    assert await taken(school, "amina") == ["reed"]
    assert await taken(school, "ben") == ["reed"]


async def test_nobody_takes_an_alert_that_they_were_not_sent(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    number = number_of(told(school, REED)[-1])
    await school.at("12:05").says(HART, "ok")
    await school.at("12:06").says(HART, f"ok {number}")
    assert await taken(school, "amina") == [None]
    assert "no alert of yours is open" in told(school, HART)[-1].text
    await school.at("12:07").says("+447700900099", f"ok {number}")
    assert await taken(school, "amina") == [None]
    assert school.alerted("unlisted_number") == [("12:07", "reed")]


async def test_who_comes_second_hears_who_has_it_and_nothing_else_is_taken(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    number = number_of(told(school, REED)[-1])
    await school.at("12:16").nothing_heard()  # it has climbed to Mrs Okoro, under the same number
    assert number_of(told(school, OKORO)[-1]) == number
    await school.at("12:17").says(OKORO, f"on it {number}")
    await school.at("12:18").says(REED, f"ok {number}")
    assert await taken(school, "amina") == ["okoro"]
    assert "Mrs Okoro has this since 12:17" in told(school, REED)[-1].text
    await school.at("12:19").says(OKORO, f"ok {number}")
    assert "you have" in told(school, OKORO)[-1].text
    assert [line["by"] for line in school.of_kind("acknowledged", "amina")] == ["okoro"]


async def test_a_late_answer_to_an_alert_that_is_over_takes_no_other(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA, BEN, rules={"firstday.settle_within": "24h"})
    number = number_of(told(school, REED)[-1])
    for name in ("amina", "ben"):
        await school.at("12:02").staff("okoro").settles(name, "present_after_all")
    await school.at("12:03").says("+447700900099", "hello")
    await school.at("12:04").says(REED, f"ok {number}")
    assert "over" in told(school, REED)[-1].text
    assert [one.acknowledged_by for one in await school.live_alerts() if one.reason == "unlisted_number"] == [None]


@pytest.mark.parametrize("words", ["can't take it", "ok?", "ask Mrs Okoro", "ok but who rings?", "not me"])
async def test_words_that_are_no_clear_answer_take_nothing_and_are_asked_about(
    open_school: OpenSchool, words: str
) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, words)
    assert await taken(school, "amina") == [None]
    assert "nothing was taken" in told(school, REED)[-1].text
    await school.at("12:15").nothing_heard()
    assert "okoro" in [who for who, _ in school.alerts("amina")]


async def test_words_that_nobody_can_read_are_on_the_board_for_a_person(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "she is with me in the medical room I think")
    (unread,) = [one for one in await school.live_alerts() if one.reason == "message_to_read"]
    assert (unread.acknowledged_by, unread.pupils) == (None, ())
    assert "Ms Reed" in unread.because
    assert not [who for _, who in school.alerted("message_to_read") if who == "reed"]  # she wrote them
    assert "A person reads other words" in told(school, REED)[-1].text
    await school.at("13:30").nothing_heard()
    assert [who for _, who in school.alerted("message_to_read")][:1] == ["okoro"]  # and nobody had read them


async def test_a_bare_ok_takes_no_older_alert_when_the_last_one_is_somebody_elses_by_now(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("11:58").says("kelly", "he left at 8 for school")
    await school.at("12:00").nothing_heard()
    newest = told(school, REED)[-1]
    assert "A.O. 7M" in newest.text
    assert await taken(school, "ben") == [None]
    await school.at("12:01").staff("okoro").acknowledges("amina")
    await school.at("12:02").says(REED, "ok")  # to the words about Amina: she cannot know that Mrs Okoro has her
    assert await taken(school, "ben") == [None]
    assert "nothing was taken" in told(school, REED)[-1].text


async def test_a_bare_ok_does_not_choose_between_one_child_and_that_child_with_another(
    open_school: OpenSchool,
) -> None:
    school: School = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:00").nothing_heard()
    alone = number_of(told(school, REED)[-1])
    await school.world.runner.turn("school", _tells_of_amina_and_ben)
    await school.at("12:01").nothing_heard()
    together = number_of(told(school, REED)[-1])
    assert together != alone
    await school.at("12:02").says(REED, "ok")
    assert await taken(school, "amina") == [None]
    asked = told(school, REED)[-1].text
    assert f"{alone} " in asked
    assert f"{together} " in asked
    await school.at("12:03").says(REED, f"ok {alone}")
    assert (await taken(school, "amina"), await taken(school, "ben")) == (["reed"], [None])


async def _tells_of_amina_and_ben(turn: Turn) -> None:
    """One message about the alert that Ms Reed was told of, and about one more."""
    await _tells_of_amina_again(turn)
    await turn.raise_alert(RaiseAlert("more", "not_reached", True, ("ben",), "", roles=("attendance_officer",)))


async def _tells_of_amina_again(turn: Turn) -> None:
    (amina,) = [one for one in await turn.live_alerts() if one.reason == "not_reached"]
    at = amina.due_at or turn.now
    turn.tell_staff(*time_passed(replace(amina, rung=-1), at, at, turn.school))


@pytest.mark.parametrize("words", ["ok", "ok {old}", "ok {new}"])
async def test_one_child_is_one_thing_to_acknowledge(open_school: OpenSchool, words: str) -> None:
    school = await at_noon(open_school, AMINA)
    old = number_of(told(school, REED)[-1])
    await school.world.runner.turn("school", _more_of_amina)
    await school.at("12:01").nothing_heard()
    await school.at("12:02").says(REED, words.format(old=old, new=number_of(told(school, REED)[-1])))
    assert await taken(school, "amina") == ["reed", "reed"]


async def _more_of_amina(turn: Turn) -> None:
    """More news of a child whom Ms Reed was told of."""
    more = RaiseAlert("more", "missing", True, ("amina",), "Still not found.", roles=("attendance_officer",))
    await turn.raise_alert(more)


async def test_danger_in_an_answer_is_heard(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "her dad hits her, she told me so yesterday")
    assert [who for _, who in school.alerted("message_to_read")] == ["okoro"]
    assert school.alerted("unlisted_number") == []
    assert "nothing was taken" in told(school, REED)[-1].text


async def test_staffs_own_number_is_nobody_unknown_when_nothing_of_theirs_is_open(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "ok")
    await school.at("12:10").says(REED, "Amina is safe, her mum says she is ill")
    await school.at("12:11").says(HART, "Amina is in the music block, I have seen her")
    assert school.alerted("unlisted_number") == []
    assert school.alerted("message_to_read") == [("12:11", "okoro")]
    for number in (REED, HART):
        assert "A person reads your words" in told(school, number)[-1].text
        assert "do not know this number" not in told(school, number)[-1].text
    assert await taken(school, "amina") == ["reed"]


async def test_the_same_answer_delivered_again_is_one_act(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "ok", id="SM1")
    before = len(told(school, REED))
    await school.at("12:06").says(REED, "ok", id="SM1")
    assert len(told(school, REED)) == before
    assert len(school.of_kind("acknowledged", "amina")) == 1


async def test_a_member_of_staff_who_is_a_parent_here_answers_as_staff_only_by_the_number(
    open_school: OpenSchool,
) -> None:
    mother = adult("reed-at-home", "Ms Reed", 900, "mother", "reed")
    lily = child("lily", "Lily Reed", "reed-at-home", group="8B", year=8)
    school: School = await open_school(AMINA, lily, adults=(mother,))
    await school.at("09:15").register_closes(without_reason=["amina", "lily"])
    await school.at("09:20").says("reed-at-home", "Lily is ill today, back tomorrow")
    await school.at("12:00").nothing_heard()
    alert = next(one for one in told(school, REED) if "A.O. 7M" in one.text)
    await school.at("12:05").says(REED, "ok")
    assert await taken(school, "amina") == [None]
    await school.at("12:06").says(REED, f"ok {number_of(alert)}")
    assert await taken(school, "amina") == ["reed"]
    assert school.marks("lily")[-1] == ("N", "I")


async def test_stop_from_a_member_of_staff_is_still_stop(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "STOP")
    assert await taken(school, "amina") == [None]


async def test_a_role_that_only_looks_takes_nothing(open_school: OpenSchool) -> None:
    watcher = staff("lee", "Mr Lee", "Trust attendance lead", "trust_attendance_lead", 905)
    rules = {"firstday.ladder": [{"role": "trust_attendance_lead", "minutes": 15}]}
    school = await at_noon(open_school, AMINA, staff=(*STAFF, watcher), rules=rules)
    await school.at("12:05").says("+447700900905", "ok")
    assert "lee" not in await taken(school, "amina")
    assert "Your role looks" in told(school, "+447700900905")[-1].text


# -- by e-mail ---------------------------------------------------------------------------------------------------------


@pytest.fixture
async def open_post(open_school: OpenSchool) -> AsyncIterator[OpenPost]:
    async with FakeImap() as imap:

        async def open_one(*children: Any) -> Post:
            return Post(await at_noon(open_school, *children), imap)

        yield open_one


def answer_to(alert: Outgoing, words: str, sender: str = "reed@school.example", **headers: str | None) -> bytes:
    """A mail program's answer to an alert, quoting it."""
    ours = f"<{alert.message_id}@school.example>"
    quoted = "".join(f"> {line}\n" for line in alert.text.splitlines())
    body = f"{words}\n\nOn Tue, 17 Nov 2026 at 12:00, Firstcall <absence@school.example> wrote:\n{quoted}"
    thread = {"Subject": f"Re: {alert.subject}", "In-Reply-To": ours, "References": ours, "Message-ID": "<s@x.example>"}
    return mail(body, {**thread, "From": f"Ms Reed <{sender}>", "Date": None, **headers}, sender=sender)


async def test_an_answer_by_e_mail_takes_the_alert_that_it_answers(open_post: OpenPost) -> None:
    post = await open_post(AMINA)
    await post.school.at("12:01").says("+447700900099", "who is this")  # so that two are open
    alert = next(one for one in told(post.school, "reed@school.example", "email") if "A.O." in one.text)
    await post.arrives("12:05", answer_to(alert, "Ok, got it\n\nMs Reed\nAttendance officer"))
    assert await taken(post.school, "amina") == ["reed"]
    said = told(post.school, "reed@school.example", "email")[-1]
    assert "you have" in said.text
    assert said.subject == f"Re: {alert.subject}"
    assert said.answers is not None


@pytest.mark.parametrize(
    "forged",
    [
        {"In-Reply-To": None, "References": None},
        {"In-Reply-To": "<0123456789abcdef0123456789abcdef@school.example>", "References": None},
        {"In-Reply-To": None, "References": None, "Authentication-Results": None},
    ],
)
async def test_the_sender_alone_takes_nothing(open_post: OpenPost, forged: dict[str, str | None]) -> None:
    post = await open_post(AMINA)
    alert = told(post.school, "reed@school.example", "email")[-1]
    await post.arrives("12:05", answer_to(alert, f"ok {number_of(alert)}", **forged))
    assert await taken(post.school, "amina") == [None]
    said = told(post.school, "reed@school.example", "email")[-1]
    if "Authentication-Results" in forged:
        assert "it may be forged" in said.text
    else:
        assert "nothing was taken" in said.text
        await post.arrives("12:07", answer_to(said, "ok " + number_of(alert), **{"Message-ID": "<t@x.example>"}))
        assert await taken(post.school, "amina") == ["reed"]  # our question went only to her mailbox


async def test_somebody_elses_mail_does_not_take_it_though_it_was_forwarded_to_them(open_post: OpenPost) -> None:
    post = await open_post(AMINA)
    alert = told(post.school, "reed@school.example", "email")[-1]
    await post.arrives("12:05", answer_to(alert, "ok", sender="okoro@school.example"))
    await post.arrives("12:06", answer_to(alert, "ok", sender="x@elsewhere.example", **{"Message-ID": "<u@x.example>"}))
    assert await taken(post.school, "amina") == [None]


async def test_an_absence_note_acknowledges_nothing(open_post: OpenPost) -> None:
    post = await open_post(AMINA)
    alert = told(post.school, "reed@school.example", "email")[-1]
    away = {"Auto-Submitted": "auto-replied", "Subject": "Automatic reply"}
    await post.arrives("12:05", answer_to(alert, "Ok", **away))
    assert await taken(post.school, "amina") == [None]
    assert told(post.school, "reed@school.example", "email")[-1] == alert


async def test_an_alert_by_e_mail_asks_for_no_answer_where_no_mailbox_is_read(open_school: OpenSchool) -> None:
    school: School = await open_school(AMINA)
    school.world.runner.hears = frozenset({"sms", "telegram"})
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:00").nothing_heard()
    assert "Reply OK" not in told(school, "reed@school.example", "email")[-1].text
    assert "Reply OK" in told(school, REED)[-1].text


async def test_what_went_to_an_address_that_is_not_theirs_any_more_proves_nothing(open_post: OpenPost) -> None:
    post = await open_post(AMINA)
    alert = told(post.school, "reed@school.example", "email")[-1]
    world = post.school.world
    moved = [replace(one, email="new@school.example") if one.id == "reed" else one for one in world.scenario.staff()]
    async with world.database.begin() as db:
        await people.save_staff(db, world.school_id, moved)
    await post.arrives("12:05", answer_to(alert, "ok", sender="new@school.example"))
    assert await taken(post.school, "amina") == [None]
