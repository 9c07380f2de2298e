"""A morning by e-mail at West Coventry, the school that hears of absences by nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from attendance.people import AddressState
from messaging.channel import Answers
from messaging.incoming_mail.evidence import Limits
from service.incoming import mail_in
from storage import leave
from tests.support import mails
from tests.support.fake_imap import FakeImap
from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool
from tests.support.mails import NGOZI, PDF, US, mail, postfix_bounce, with_files
from tests.support.post import Post

MOTHER = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", phone=None, email="Ngozi@Family.example")
FATHER = adult("chidi", "Chidi Okafor", 2, "father", "chidi")
AMINA = child("amina", "Amina Okafor", "ngozi", "chidi")
ROUNDS = {
    "firstday.rounds": [
        {"after": "0m", "to": [1], "by": ["sms", "email"]},
        {"after": "30m", "to": [2], "by": ["sms", "email"]},
    ]
}
PROOF: mails.Headers = {"Message-ID": "<proof@mail.family.example>", "Subject": "The invitation"}
OpenPost = Callable[..., Awaitable[Post]]


@pytest.fixture
async def open_post(open_school: OpenSchool) -> AsyncIterator[OpenPost]:
    async with FakeImap() as imap:

        async def open_one(**more: Any) -> Post:
            given = {"adults": (MOTHER, FATHER), "policy": "west-coventry", "rules": ROUNDS, **more}
            return Post(await open_school(AMINA, **given), imap)

        yield open_one


async def test_a_report_by_e_mail_is_a_report(open_post: OpenPost) -> None:
    post = await open_post()
    await post.arrives("08:10", mail("She has a temperature.", {"Subject": "Amina Okafor is ill today"}))
    assert post.school.marks("amina") == [(None, "I")]
    (answer,) = post.left
    assert (answer.to, answer.subject) == (NGOZI, "Re: Amina Okafor is ill today")
    assert answer.answers == Answers("<CAF-one@mail.family.example>", ())
    assert "Amina" in answer.text
    assert post.imap.seen() == [1]


async def test_an_answer_settles_the_case_and_what_it_quotes_says_nothing(open_post: OpenPost) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    (asked,) = post.left
    ours = f"<{asked.message_id}@school.example>"
    thread = {"Subject": f"Re: {asked.subject}", "In-Reply-To": ours, "References": ours}
    quoted = "".join(f"> {line}\n" for line in asked.text.splitlines())
    written = f"She has a temperature, back on Thursday\n\nOn Tue, 17 Nov 2026 at 09:15, Us <{US}> wrote:\n{quoted}"
    await post.arrives("09:25", mail(written, {**thread, "Date": "Tue, 17 Nov 2026 09:24:00 +0000"}))
    assert post.school.state("amina") == "answered"
    assert post.left[-1].answers == Answers("<CAF-one@mail.family.example>", (ours,))
    (received,) = post.school.of_kind("received")
    assert received["text"] == "She has a temperature, back on Thursday"


UNDER_IT = "From: Us <{us}>\nSent: 17 November 2026 09:15\nTo: N\nSubject: {subject}\n\n{text}\n\n{words}"


@pytest.mark.parametrize(("words", "state"), [("She is ill, back tomorrow", "answered"), ("", "asked")])
async def test_an_answer_under_what_it_quotes_is_read_and_an_empty_one_is_for_a_person(
    open_post: OpenPost, words: str, state: str
) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    (asked,) = post.left
    thread = {"Subject": f"Re: {asked.subject}", "In-Reply-To": f"<{asked.message_id}@school.example>"}
    written = UNDER_IT.format(us=US, subject=asked.subject, text=asked.text, words=words)
    await post.arrives("09:25", mail(written, {**thread, "Date": "Tue, 17 Nov 2026 09:24:00 +0000"}))
    assert post.school.state("amina") == state
    (received,) = post.school.of_kind("received")
    assert received["text"] == words
    assert post.school.alerted("message_to_read") == ([] if words else [("09:25", "reed")])


async def test_a_no_to_an_earlier_answer_of_ours_does_not_take_back_the_last_one(open_school: OpenSchool) -> None:
    zara = child("zara", "Zara Okafor", "ngozi", "chidi")
    async with FakeImap() as imap:
        post = Post(await open_school(AMINA, zara, adults=(MOTHER, FATHER), policy="west-coventry", rules=ROUNDS), imap)
        for number, (clock, words) in enumerate([("08:05", "Amina is ill today"), ("08:10", "Zara has a cold today")]):
            date = f"Tue, 17 Nov 2026 {clock}:00 +0000"
            await post.arrives(clock, mail(words, {"Message-ID": f"<m{number}@family.example>", "Date": date}))
        of_amina, of_zara = post.left
        for clock, answered, rest in (("08:15", of_amina, "I"), ("08:20", of_zara, "-")):
            thread = {"Subject": "Re: Absence", "In-Reply-To": f"<{answered.message_id}@school.example>"}
            await post.arrives(clock, mail("NO", {**thread, "Message-ID": f"<{clock[-2:]}@mail.family.example>"}))
            assert post.school.alerted("message_to_read") == [("08:15", "reed")]
            assert post.school.marks("zara")[-1][1] == rest


async def test_a_mail_is_taken_in_once_whatever_happens_in_between(
    open_post: OpenPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = await open_post()

    async def dies(*_: Any) -> None:
        raise RuntimeError("the power goes")

    for step in ("put", "mark_read"):
        post.imap.put(mail(f"Amina is ill today, {step}.", {"Message-ID": f"<{step}@x.example>"}), post.at("08:10"))
        owner: Any = mail_in.mailboxes if step == "put" else mail_in.ImapMailbox
        with monkeypatch.context() as broken:
            broken.setattr(owner, step, dies)
            with pytest.raises(RuntimeError):
                await post.reader().step()
        assert post.imap.seen() == ([] if step == "put" else [1])
        await post.arrives("08:11")
    post.imap.made_anew()
    post.imap.put(post.imap.mails[0].raw, post.at("08:12"))  # the same mail by another way
    await post.arrives("08:12")
    assert len(post.school.of_kind("received")) == 2
    assert post.imap.seen() == [mail_.uid for mail_ in post.imap.mails]


async def test_a_mail_whose_fetch_is_cut_off_is_fetched_again(open_post: OpenPost) -> None:
    post = await open_post()
    post.imap.put(mail("Amina is ill today."), post.at("08:10"))
    post.imap.cut_at = "fetch"
    assert await post.reader().step() == 0
    post.imap.cut_at = None
    await post.arrives("08:11")
    assert post.school.marks("amina") == [(None, "I")]


@pytest.mark.parametrize(
    "results", [None, "mx.school.example; dmarc=fail header.from=family.example", "evil.example; dmarc=pass"]
)
async def test_a_forged_sender_records_nothing_stops_nothing_and_staff_hear_why(
    open_post: OpenPost, results: str | None
) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    forged = {"Authentication-Results": results}
    await post.arrives(
        "09:25",
        mail("Amina is ill today, back on Thursday.", {**forged, "Message-ID": "<a@x.example>"}),
        mail("STOP", {**forged, "Subject": "Re: x", "Message-ID": "<b@x.example>"}),
    )
    assert post.school.marks("amina") == []
    assert post.school.state("amina") == "asked"
    assert {reason for _, reason in post.school.alerts("amina")} == {"sender_doubt"}
    because = post.school.world.clock and [line for line in await post.school.world.lines() if line.kind == "alert"]
    assert any("forged" in line.data["because"] or "somebody else" in line.data["because"] for line in because)
    assert post.school.texts("amina")[-1][0] in ("ngozi", "chidi"), "the chase goes on"
    assert all("Amina" not in one.text for one in post.left[1:])
    school = await post.school.world.runner.school(post.school.world.school_id)
    assert school.roll.state("email", NGOZI) is AddressState.LIVE


async def test_danger_in_a_forged_mail_is_heard_all_the_same(open_post: OpenPost) -> None:
    post = await open_post()
    await post.arrives(
        "08:20", mail("I don't know where Amina is, she left at seven", {"Authentication-Results": None})
    )
    assert ("reed", "missing") in post.school.alerts("amina")


async def test_an_address_that_is_not_listed_learns_nothing(open_post: OpenPost) -> None:
    post = await open_post()
    await post.arrives("08:20", mail("Amina is ill today.", sender="gran@elsewhere.example"))
    (answer,) = post.left
    assert "We do not know this address" in answer.text
    assert "Amina" not in answer.text + str(answer.subject)
    assert post.school.alerts() == [("reed", "unlisted_number")]
    await post.arrives("08:30", mail("Win money", {"Authentication-Results": None}, sender="thief@evil.example"))
    assert len(post.left) == 1, "an answer to a forged address is mail to somebody who never wrote"


async def test_an_answer_from_an_unlisted_address_is_put_beside_the_child_that_was_asked_about(
    open_post: OpenPost,
) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    ours = f"<{post.left[0].message_id}@school.example>"
    await post.arrives("09:25", mail("She is ill.", {"In-Reply-To": ours}, sender="ngozi@work.example"))
    assert post.school.alerts("amina") == [("reed", "unlisted_number")]
    assert post.school.state("amina") == "asked"
    assert post.school.marks("amina") == []


@pytest.mark.parametrize("note", mails.ABSENCE_NOTES)
async def test_absence_notes_are_kept_and_not_answered(open_post: OpenPost, note: str) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    body, headers = mails.ABSENCE_NOTES[note]
    await post.arrives("09:16", mail(body, headers))
    assert len(post.school.of_kind("received")) == 1
    assert len(post.left) == 1, "only our question"
    assert post.school.marks("amina") == []
    assert post.school.state("amina") == "asked"


async def test_a_report_that_is_marked_as_automatic_is_read_by_a_person(open_post: OpenPost) -> None:
    post = await open_post()
    await post.arrives("08:10", mail("Amina is ill today.", {"Precedence": "bulk"}))
    assert post.school.alerts("amina") == [("reed", "message_to_read")]
    assert post.left == []


FORWARDED = """\
FYI see below

---------- Forwarded message ---------
From: Chidi Okafor <chidi@other.example>
Date: Mon, 16 Nov 2026 at 20:10
Subject: Amina
To: Ngozi Okafor

{said}
"""


async def test_a_mail_that_only_forwards_another_is_read_by_a_person_and_the_chase_goes_on(open_post: OpenPost) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    said = "Amina is ill today, she was sick all night"
    await post.arrives("09:20", mail(FORWARDED.format(said=said), {"Subject": "Fwd: Amina"}))
    (received,) = post.school.of_kind("received")
    assert said in received["text"]
    assert post.school.alerts("amina") == [("reed", "message_to_read")]
    assert post.left[-1].text.startswith("Thank you for your message. A member of staff")
    assert post.school.marks("amina") == []
    await post.school.at("09:45").nothing_heard()
    assert post.school.texts("amina")[-1] == ("chidi", "absence.ask")


async def test_danger_in_a_forwarded_mail_is_heard(open_post: OpenPost) -> None:
    post = await open_post()
    said = "He says he is going to kill himself tonight"
    await post.arrives("08:10", mail(FORWARDED.format(said=said), {"Subject": "Fwd: Amina"}))
    assert ("okoro", "safeguarding") in post.school.alerts("amina")


async def test_a_robot_that_hides_what_it_is_gets_no_second_answer(open_post: OpenPost) -> None:
    post = await open_post()
    for minute in range(5):
        headers = {"Subject": "Re: x", "Message-ID": f"<r{minute}@x.example>"}
        await post.arrives(f"08:1{minute}", mail("Your message has been received and will be read.", headers))
    await post.arrives("08:20", mail("hello", sender=US))
    assert len(post.left) <= 1
    assert US not in [message.to for message in post.school.world.simulators["email"].sent]


async def test_a_bounce_closes_the_address_and_asks_the_next_at_once(open_post: OpenPost) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    ours = post.left[0].message_id
    await post.arrives("09:16", postfix_bounce(ours=ours), postfix_bounce(ours=ours))
    assert post.school.texts("amina") == [("ngozi", "absence.ask"), ("chidi", "absence.ask")]
    assert post.school.tasks("amina") == ["correct_number"]
    school = await post.school.world.runner.school(post.school.world.school_id)
    assert school.roll.state("email", NGOZI) is AddressState.BAD
    assert post.school.of_kind("received") == []


async def test_a_soft_bounce_is_said_once_more_and_then_the_next_is_asked(open_post: OpenPost) -> None:
    post = await open_post(rules={**ROUNDS, "firstday.rounds": [{"after": "0m", "to": [1], "by": ["email"]}]})
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    await post.arrives("09:16", postfix_bounce(ours=post.left[0].message_id, status="4.2.2"))
    assert len(post.left) == 1
    await post.school.at("09:32").nothing_heard()
    first, second = post.left
    assert (first.text, first.message_id == second.message_id) == (second.text, False)
    await post.arrives("09:33", postfix_bounce(ours=second.message_id, status="4.2.2"))
    await post.school.at("10:10").nothing_heard()
    assert len(post.left) == 2
    school = await post.school.world.runner.school(post.school.world.school_id)
    assert school.roll.state("email", NGOZI) is AddressState.LIVE


async def test_bounces_that_close_nothing(open_post: OpenPost) -> None:
    """An invented id, a server that still tries, and an address that the family passes its mail on to."""
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    ours = post.left[0].message_id
    await post.arrives(
        "09:16",
        postfix_bounce(ours="0" * 32),
        postfix_bounce(ours=ours, action="delayed", status="4.4.1"),
        postfix_bounce(ours=ours, failed="ngozi@old-work.example"),
    )
    assert post.school.tasks("amina") == []
    school = await post.school.world.runner.school(post.school.world.school_id)
    assert school.roll.state("email", NGOZI) is AddressState.LIVE


async def test_files_that_are_refused_are_named_to_the_sender_and_to_nobody_else(open_post: OpenPost) -> None:
    post = await open_post()
    files = (("card.pdf", "application/pdf", PDF), ("letter.docx", "x/y", b"PK\x03\x04"))
    await post.arrives("08:10", with_files("Amina is ill today.", *files))
    assert "We could not keep letter.docx." in post.left[-1].text
    forged = {"Authentication-Results": None, "Message-ID": "<f@x.example>"}
    await post.arrives("08:30", with_files("Amina is ill today, card is here", *files, headers=forged))
    assert "letter.docx" not in post.left[-1].text


async def test_a_file_with_hardly_a_word_is_for_a_person(open_post: OpenPost) -> None:
    post = await open_post()
    await post.arrives("08:10", with_files("Thanks", ("card.pdf", "application/pdf", PDF), headers=mails.ANSWER))
    assert post.school.alerts("amina") == [("reed", "message_to_read")]
    assert "member of staff" in post.left[-1].text


async def test_a_mail_that_the_server_cannot_hand_over_is_put_before_staff(open_post: OpenPost) -> None:
    post = await open_post()
    post.imap.unreadable.add(1)
    await post.arrives("08:10", mail())
    assert post.school.alerts() == [("reed", "unlisted_number")]
    assert post.school.of_kind("received")[0]["text"].startswith("An e-mail that the mail server could not give us")


async def test_a_mail_on_which_our_own_reading_fails_holds_up_no_other(
    open_post: OpenPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = await open_post()
    whole = mail_in.read_mail

    def read(raw: bytes, *arguments: Any, **more: Any) -> Any:
        if b"poison" in raw:
            raise IndexError("somebody's words")
        return whole(raw, *arguments, **more)

    monkeypatch.setattr(mail_in, "read_mail", read)
    await post.arrives("08:10", mail("poison"), mail("Amina is ill today.", {"Message-ID": "<b@x.example>"}))
    assert post.school.alerts() == [("reed", "unlisted_number")]
    assert post.school.marks("amina") == [(None, "I")]


async def test_a_mailbox_that_cannot_be_read_is_one_alarm_that_ends_by_itself(open_post: OpenPost) -> None:
    post = await open_post()
    reader = post.reader()
    post.imap.refuse_login = True
    for _ in range(40):
        await reader.step()
        post.school.world.clock.turn_by(timedelta(seconds=31))
    await post.settle()
    told = [reason for _, reason in post.school.alerts() if reason == "message_to_read"]
    assert len(told) == 1
    post.imap.refuse_login = False
    await reader.step()
    assert await post.school.live_alerts() == []


async def test_evidence_by_e_mail_belongs_to_the_request_that_waits(open_post: OpenPost) -> None:
    post = await open_post()
    await post.arrives("08:10", mail("Please may Amina have leave on 8 and 9 December for a wedding, back on the 10th"))
    proof = with_files("The invitation is attached", ("card.pdf", "application/pdf", PDF), headers=PROOF)
    await post.arrives("08:20", proof)
    async with post.school.world.database.read() as db:
        (request,) = await leave.recent(db, post.school.world.school_id)
    assert len(request.evidence) == 1
    assert post.school.texts()[-1] == ("ngozi", "leave.received")
    assert not post.school.of_kind("mark")


ENCRYPTED = {"Subject": "Amina", "Content-Type": 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'}


async def test_an_encrypted_mail_is_said_to_be_one_to_both_sides(open_post: OpenPost) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    await post.arrives("09:25", mail("MIIB", ENCRYPTED))
    assert post.school.state("amina") == "asked"
    assert "We could not open your e-mail: it is encrypted" in post.left[-1].text
    assert "smaller photo" not in post.left[-1].text
    (alert,) = await post.school.live_alerts()
    assert alert.reason == "message_to_read"
    assert "cannot be opened here" in alert.because


@pytest.mark.parametrize(
    ("file", "words"),
    [(("letter.docx", "application/msword", b"PK\x03\x04"), "Please send it as a photo or PDF"),
     (("card.pdf", "application/pdf", PDF), "Please send a smaller photo or PDF")],
)  # fmt: skip
async def test_whoever_sends_what_is_not_kept_hears_what_to_send_instead(
    open_post: OpenPost, file: tuple[str, str, bytes], words: str
) -> None:
    post = await open_post()
    post.limits = Limits(most_bytes=100)
    await post.arrives("08:10", with_files("Amina is ill, see the letter.", file))
    assert words in post.left[-1].text


HELD = "Your message is being held. To confirm that you are a human, please click the link https://box.example/c?1 ."


@pytest.mark.parametrize("sender", [NGOZI, "verify@box.example"])
async def test_a_filter_that_holds_our_question_is_told_to_the_office_and_not_answered(
    open_post: OpenPost, sender: str
) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    (asked,) = post.left
    ours = f"<{asked.message_id}@school.example>"
    thread = {"Subject": f"Verification: {asked.subject}", "In-Reply-To": ours, "References": ours}
    await post.arrives("09:25", mail(HELD, thread, sender=sender))
    assert post.left == [asked]
    assert post.school.state("amina") == "asked"
    (alert,) = await post.school.live_alerts()
    assert "so they have not read it: ring them" in alert.because
    assert alert.pupils == ("amina",)


async def test_a_recall_records_nothing_and_is_for_a_person(open_post: OpenPost) -> None:
    post = await open_post()
    await post.school.at("09:15").register_closes(without_reason=["amina"])
    words = 'Ngozi Okafor would like to recall the message, "Amina is ill".'
    await post.arrives("09:25", mail(words, {"Subject": "Recall: Amina is ill"}))
    assert post.school.marks("amina") == []
    assert post.school.state("amina") == "asked"
    assert [one.reason for one in await post.school.live_alerts()] == ["message_to_read"]
