"""What is read in a mail: its new words, who wrote it, whether a program did, what came back, what lies beside it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messaging.channel import Attachment
from messaging.incoming_mail.among_quotes import written_among
from messaging.incoming_mail.bounces import Bounce
from messaging.incoming_mail.evidence import Limits, Turned
from messaging.incoming_mail.new_words import split_new
from messaging.incoming_mail.reading import Mail, plain_address, read_mail, reply_subject
from messaging.incoming_mail.trust import FAILED, NO_SENDER, UNCHECKED
from tests.support import mails
from tests.support.mails import (
    NGOZI,
    OURS,
    PDF,
    PNG,
    SERVER,
    US,
    html_only,
    mail,
    vouched,
    vouched_by_microsoft,
    with_files,
)

ARRIVED = datetime(2026, 11, 17, 8, 10, 5, tzinfo=UTC)


def read(raw: bytes, **more: Any) -> Mail:
    return read_mail(raw, ARRIVED, SERVER, more.pop("limits", Limits()), **more)


# -- words -----------------------------------------------------------------------------------------------------------


def test_a_report_is_its_subject_and_its_words() -> None:
    found = read(mail("She has a temperature.", {"Subject": "Amina Okafor 7M absent today"}))
    assert found.text == "Amina Okafor 7M absent today.\nShe has a temperature."
    assert (found.sender, found.doubt, found.automatic, found.bounce) == (NGOZI, "", None, None)
    assert found.sent_at == datetime(2026, 11, 17, 8, 10, tzinfo=UTC)
    assert found.recipients == (US,)


@pytest.mark.parametrize(
    ("subject", "body", "text"),
    [
        ("Amina is ill", "", "Amina is ill"),
        ("Amina is ill", "Hello, Amina is ill today", "Hello, Amina is ill today"),
        ("Re: where is Amina?", "ill", "ill"),
        ("AW: where is Amina?", "ill", "ill"),
        ("Fwd: Dentist 17 Nov 10:30", "for Amina", "Dentist 17 Nov 10:30.\nfor Amina"),
        ("=?utf-8?b?xYF1a2FzeiBpcyBpbGw=?=", "today", "Łukasz is ill.\ntoday"),
        ("=?nonsense?q?Am=EDna?=", "ill", "Amína.\nill"),
        ("Łukasz", "is ill", "Łukasz.\nis ill"),
    ],
)
def test_subjects(subject: str, body: str, text: str) -> None:
    assert read(mail(body, {"Subject": subject})).text == text


FATHERS = """\
From: Chidi Okafor <chidi@family.example>
Date: Mon, 16 Nov 2026 at 20:10
Subject: Amina
To: Ngozi

Amina is ill, she was sick."""
MARK = "---------- Forwarded message ---------"


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Fwd: Amina", f"FYI see below\n\n{MARK}\n{FATHERS}"),
        ("Fwd: Amina", f"Hi,\n\nPlease see below from her dad.\n\nKind regards\nNgozi Okafor\n\n{MARK}\n{FATHERS}"),
        ("Fwd: Amina", f"{MARK}\n{FATHERS}"),
        ("Amina", f"See below from his mum\n\nBegin forwarded message:\n\n{FATHERS}"),
        ("FW: Amina", f"FYI\n\n{FATHERS.replace('Date:', 'Sent:')}"),
        (
            "Fwd: Amina",
            f"Sent from my iPhone\n\nBegin forwarded message:\n\n> {FATHERS.replace(chr(10), chr(10) + '> ')}",
        ),
    ],
)
def test_a_mail_that_only_passes_on_another_is_known_for_that(subject: str, body: str) -> None:
    found = read(mail(body, {"Subject": subject}))
    assert found.passed_on
    assert found.about()["passed_on"]
    assert found.text.endswith("Amina is ill, she was sick."), "whoever reads it reads all of it"
    assert "20:10" not in found.text


@pytest.mark.parametrize(
    ("subject", "body", "text"),
    [
        ("Fwd: Amina", f"Amina is ill, see below\n\n{MARK}\n{FATHERS}", "Amina is ill, see below"),
        ("Fwd: Dentist 17 Nov 10:30", "for Amina", "Dentist 17 Nov 10:30.\nfor Amina"),
        ("Re: where is Amina?", f"ill\n\n{FATHERS}", "ill"),
        ("Re: where is Amina?", f"Thanks\n\n{FATHERS}", "Thanks"),
        ("Amina", "see below the note about lunch", "Amina.\nsee below the note about lunch"),
    ],
)
def test_a_mail_with_words_of_its_own_is_read_by_them(subject: str, body: str, text: str) -> None:
    found = read(mail(body, {"Subject": subject}))
    assert (found.passed_on, found.text) == (False, text)


@pytest.mark.parametrize(
    ("body", "new"),
    [
        (mails.GMAIL_ANSWER, "She has a temperature, back on Thursday"),
        (mails.IPHONE_ANSWER, "Amina is ill"),
        (mails.OUTLOOK_ANSWER, "Hello,\n\nAmina is ill today with a stomach bug."),
        (mails.BELOW_THE_QUOTE, "She is ill, back tomorrow."),
        ("Ill.\n\n-----Original Message-----\nFrom: x\nAmina was missing", "Ill."),
        ("Krank.\n\nAm 17.11.2026 um 09:15 schrieb Blue Coat:\n\n> Amina was missing", "Krank."),
        ("Chora.\n\nW dniu 17.11.2026 o 09:15, Blue Coat pisze:\n> missing", "Chora."),
        ("Amina is ill.\n-- \nNgozi\n07700 900001", "Amina is ill."),
        (mails.YAHOO_ANSWER, "She has a cold"),
        (mails.OUTLOOK_PHONE_ANSWER, "She is ill today, back Thursday"),
        (mails.SAMSUNG_ANSWER, "She has a cold"),
        ("Amina is ill.\nThis email is confidential and intended only for you.\nDo not read.", "Amina is ill."),
    ],
)  # fmt: skip
def test_quotes_and_signatures_are_cut_and_kept_for_staff(body: str, new: str) -> None:
    found = read(mail(body, mails.ANSWER))
    assert found.text == new
    assert found.below


@pytest.mark.parametrize(
    "body",
    [
        "Amina has:\n- a temperature\n- a rash",
        "Thanks\nShe left at eight and I do not know where she is",
        "Kind regards\nNgozi\nP.S. she walked to school alone today",
        "On Monday she was ill and he wrote to you. Back on Thursday.",
        "On Monday the GP <surgery@gp.example> saw her and wrote a note: ear infection",
        "From hospital:\nAmina is ill",
        "From: the dentist we go straight to school",
        "Regards to Mrs Reed. Amina is ill.",
        "On Tuesday 17 November we are at the hospital and I wrote:\nnothing",
        "Thank you,\nshe will be back on Thursday after the funeral of her uncle",
    ],
)
def test_words_that_only_look_like_a_signature_or_a_quote_stay(body: str) -> None:
    assert read(mail(body, mails.ANSWER)).text == body


@pytest.mark.parametrize(
    ("html", "new"),
    [
        (mails.GMAIL_HTML, "Amina's got a fever,\nback on Thursday"),
        (mails.OUTLOOK_HTML, "Amina is at the dentist until 10.\n\nNgozi"),
        ("<p>Amina <b>is</b> ill<p>back <i>Thursday", "Amina is ill\nback Thursday"),
        ("<div>ill</div><blockquote type=cite>missing</blockquote><div>back Thursday</div>", "ill\n\nback Thursday"),
        ("Amina &lt;3 is ill &#x2014; back Monday", "Amina <3 is ill — back Monday"),
    ],
)
def test_a_page_is_read_as_its_reader_sees_it(html: str, new: str) -> None:
    assert read(html_only(html, mails.ANSWER)).text == new


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("utf-8", "Łukasz ma gorączkę".encode()),
        ("iso-8859-2", "Łukasz ma gorączkę".encode("iso-8859-2")),
        ("windows-1250", "Łukasz ma gorączkę".encode("cp1250")),
        ("utf-16", "Łukasz ma gorączkę".encode("utf-16")),
        ("x-unknown", "Łukasz ma gorączkę".encode()),
        ("us-ascii", "Łukasz ma gorączkę".encode()),
    ],
)
def test_charsets(charset: str, data: bytes) -> None:
    import base64

    headers = {"Content-Type": f"text/plain; charset={charset}", "Content-Transfer-Encoding": "base64", **mails.ANSWER}
    assert read(mail(base64.b64encode(data).decode(), headers)).text == "Łukasz ma gorączkę"


def test_bytes_under_a_wrong_charset_are_read_as_old_outlooks_mean_them() -> None:
    raw = mail("She|s ill", mails.ANSWER).replace(b"|", b"\x92")
    assert read(raw).text == "She’s ill"


def test_lines_that_a_program_broke_are_whole_again() -> None:
    flowed = {"Content-Type": "text/plain; charset=utf-8; format=flowed", **mails.ANSWER}
    assert read(mail("Amina is ill and will be \nback on Thursday\n-- \nNgozi", flowed)).text == (
        "Amina is ill and will be back on Thursday"
    )


def test_a_plain_part_goes_before_the_page_and_the_mail_inside_is_no_words() -> None:
    body = (
        '--o\r\nContent-Type: multipart/alternative; boundary="i"\r\n\r\n--i\r\nContent-Type: text/plain\r\n\r\nill\r\n'
        "--i\r\nContent-Type: text/html\r\n\r\n<p>ILL</p>\r\n--i--\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n"
        "From: x@y.example\r\nSubject: z\r\n\r\nAmina is missing\r\n--o--\r\n"
    )
    kinds = {"Content-Type": 'multipart/mixed; boundary="o"', "Content-Transfer-Encoding": None, **mails.ANSWER}
    found = read(mail(body, kinds))
    assert found.text == "ill"
    assert [one.why for one in found.turned] == ["not a kind of file that is kept"]


@pytest.mark.parametrize(
    "text",
    ["On " * 20_000, "\n" * 100_000, "> " * 50_000, "From: " * 15_000, "On a 1\n" * 15_000, "-" * 100_000,
     "Kind regards\n" * 8_000, "This email " * 9_000, "On 1 " + "a" * 90_000 + " wrote:", "sent from my " * 7_000],
)  # fmt: skip
def test_no_text_is_slow(text: str) -> None:
    started = time.process_time()
    split_new(text)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "html", ["<div>" * 20_000, "<blockquote type=cite>" * 4_000, "<a " * 30_000, "&#" * 50_000, "</p>" * 20_000]
)
def test_no_page_is_slow(html: str) -> None:
    started = time.process_time()
    read(html_only(html))
    assert time.process_time() - started < 3


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["", "From: ", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"])
)
def test_no_bytes_make_it_fail(data: bytes, start: str) -> None:
    read(start.encode() + data)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["From", "Subject", "Date", "References", "Content-Type", "Authentication-Results", "To"]),
       st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=("Cs",)), max_size=60))  # fmt: skip
def test_no_header_makes_it_fail(name: str, value: str) -> None:
    assert read(mail("Amina is ill", {name: value})).provider_id


# -- when, once, and what it answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Mon, 16 Nov 2026 22:00:00 +0000", datetime(2026, 11, 16, 22, 0, tzinfo=UTC)),
        ("Tue, 17 Nov 2026 09:10:00 +0100", datetime(2026, 11, 17, 8, 10, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", ARRIVED),
        ("Fri, 20 Nov 2026 08:00:00 +0000", ARRIVED),
        ("rubbish", ARRIVED),
        (None, ARRIVED),
    ],
)
def test_its_time_is_the_writers_where_that_can_be_true(date: str | None, at: datetime) -> None:
    assert read(mail(headers={"Date": date})).sent_at == at


def test_copies_of_a_mail_are_one_and_a_borrowed_id_hides_no_other() -> None:
    first = read(mail())
    again = read(mail(headers={"Received": "from elsewhere", "Delivered-To": "office@school.example"}))
    other = read(mail("Amina is at a funeral."))
    without = read(mail(headers={"Message-ID": None}))
    assert first.provider_id == again.provider_id
    assert len({first.provider_id, other.provider_id, without.provider_id}) == 3


def test_it_names_the_message_of_ours_that_it_answers() -> None:
    newer = "f" * 32
    refs = {
        **mails.ANSWER,
        "References": f"<x@y> <{OURS}@school.example>\r\n <{newer}@school.example>",
        "In-Reply-To": None,
    }
    assert read(mail(headers=refs)).answers == (newer, OURS)
    token = {"To": f"Blue Coat <absence+{OURS}@school.example>"}
    assert read(mail(headers=token)).answers == (OURS,)
    assert read(mail()).answers == ()
    assert plain_address(f"Absence+{OURS}@School.example") == US


def test_the_subject_of_an_answer() -> None:
    assert [reply_subject(one) for one in ("Absence", "Re: Absence", "AW: Re", "", "Re:")] == [
        "Re: Absence", "Re: Absence", "Re: Re", "", "",
    ]  # fmt: skip


# -- who -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "doubt"),
    [
        (vouched(), ""),
        (f"{SERVER}; dkim=pass header.d=family.example", ""),
        (f"{SERVER}; spf=pass smtp.mailfrom={NGOZI}; dkim=none; dmarc=none", ""),
        (f"{SERVER} 1; dmarc = pass (p=none (x; y)) header.from=family.example", ""),
        (None, UNCHECKED),
        (f"{SERVER}; none", UNCHECKED),
        ("mx.elsewhere.example; dmarc=pass header.from=family.example", UNCHECKED),
        (f"{SERVER}.evil.example; dmarc=pass header.from=family.example", UNCHECKED),
        (f"{SERVER}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example", UNCHECKED),
        (f"{SERVER}; dkim=pass header.d=example", UNCHECKED),
        (f"{SERVER}; dmarc=pass header.from=evil.example", UNCHECKED),
        (f"{SERVER}; dmarc=fail header.from=family.example; dkim=pass header.d=family.example", FAILED),
        (f"{SERVER}; spf=fail smtp.mailfrom={NGOZI}", FAILED),
        (f"{SERVER}; spf=softfail smtp.mailfrom={NGOZI}", UNCHECKED),
        (f'{SERVER}; spf=fail smtp.mailfrom="; dmarc=pass header.from=family.example;"@evil.example', FAILED),
        (f"{SERVER}; spf=fail (x ; dmarc=pass header.from=family.example) smtp.mailfrom=a@b.example", FAILED),
        (f"{SERVER}; x-note=\"a\\\"; dmarc=pass header.from=family.example; b\"; dmarc=fail", FAILED),
    ],
)  # fmt: skip
def test_only_our_own_servers_word_counts(results: str | None, doubt: str) -> None:
    assert read(mail(headers={"Authentication-Results": results})).doubt == doubt


def test_of_several_results_only_the_topmost_is_our_servers_own() -> None:
    forged = mail(headers={"Authentication-Results": f"{SERVER}; dmarc=fail header.from=family.example"})
    forged = forged.replace(b"Message-ID:", f"Authentication-Results: {vouched()}\r\nMessage-ID:".encode(), 1)
    assert read(forged).doubt == FAILED
    other_on_top = b"Authentication-Results: antivirus.example; x=pass\r\n" + mail()
    assert read(other_on_top).doubt == ""


@pytest.mark.parametrize(
    ("results", "doubt"),
    [
        (vouched_by_microsoft(), ""),
        (vouched_by_microsoft(verdict="softpass reason=202"), ""),
        (vouched_by_microsoft(verdict="fail reason=000"), FAILED),
        (vouched_by_microsoft().partition(";compauth")[0], UNCHECKED),  # somebody else's: Microsoft always gives it
        (f"mx.evil.example; {vouched_by_microsoft()}", UNCHECKED),
        (vouched_by_microsoft("x@evil.example"), UNCHECKED),
        ("spf=none smtp.mailfrom=family.example; dmarc=none header.from=family.example;compauth=none", UNCHECKED),
        (None, UNCHECKED),
    ],
)
def test_microsoft_365_gives_its_word_without_its_name(results: str | None, doubt: str) -> None:
    found = read_mail(mail(headers={"Authentication-Results": results}), ARRIVED, "microsoft-365", Limits())
    assert found.doubt == doubt


def test_only_the_topmost_of_several_is_microsofts() -> None:
    above = {"Authentication-Results": vouched_by_microsoft(verdict="fail reason=000")}
    forged = mail(headers={**above, "authentication-results": vouched_by_microsoft()})
    assert read_mail(forged, ARRIVED, "microsoft-365", Limits()).doubt == FAILED


def test_without_a_servers_name_nobody_is_believed() -> None:
    nameless = mail(headers={"Authentication-Results": "; dmarc=pass header.from=family.example"})
    assert read_mail(nameless, ARRIVED, "", Limits()).doubt == UNCHECKED


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("Ngozi <NGOZI@Family.Example>", NGOZI),
        (NGOZI, NGOZI),
        ('"ngozi@family.example" <thief@evil.example>', "thief@evil.example"),
        ("=?utf-8?q?ngozi=40family=2Eexample?= <thief@evil.example>", "thief@evil.example"),
        (f"{NGOZI}, thief@evil.example", ""),
        (f"Family: {NGOZI}, thief@evil.example;", ""),
        ("Ngozi", ""),
        ("", ""),
    ],
)
def test_the_sender_is_one_address_and_never_a_name(written: str, sender: str) -> None:
    found = read(mail(headers={"From": written}))
    assert found.sender == sender
    assert found.doubt == ("" if sender == NGOZI else NO_SENDER if not sender else UNCHECKED)


def test_two_from_lines_are_no_sender() -> None:
    twice = mail().replace(b"\r\nTo: absence", b"\r\nFrom: thief@evil.example\r\nTo: absence", 1)
    assert (read(twice).sender, read(twice).doubt) == ("", NO_SENDER)


# -- programs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", mails.ABSENCE_NOTES)
def test_absence_notes_are_known_for_what_they_are(note: str) -> None:
    body, headers = mails.ABSENCE_NOTES[note]
    assert read(mail(body, headers)).automatic is not None


@pytest.mark.parametrize(
    "body",
    [
        "I am currently out of the office on sick leave and will return on Thursday. For urgent matters ring Bob.",
        "Hi,\n\nThank you for your email. I am on annual leave until Monday 23 November with no access to emails.",
        "Please note that I'm away from my desk today and will reply on my return.",
        "This is an automated response. I am ill today and will be back on Monday.",
    ],
)
def test_an_absence_note_without_a_header_is_known_by_its_words(body: str) -> None:
    assert read(mail(body, mails.ANSWER)).automatic is not None


@pytest.mark.parametrize(
    "body",
    [
        "I am out of the office today so please ring my mobile. Amina is ill.",
        "Amina is ill. I am on annual leave and will be back on Monday.",
        "I'm on annual leave and she is ill, back on Monday",
        "We are on holiday, Amina will be back on Monday",
        "Read to her all night, she is ill",
    ],
)
def test_what_a_parent_says_of_the_own_day_is_no_absence_note(body: str) -> None:
    assert read(mail(body, mails.ANSWER)).automatic is None


@pytest.mark.parametrize(
    ("subject", "automatic"),
    [
        ("Automatski odgovor: Amina", True),
        ("Ateb awtomatig: Amina", True),
        ("الرد التلقائي: Amina", True),
        ("خودکار جواب: Amina", True),
        ("স্বয়ংক্রিয় উত্তর: Amina", True),
        ("OOO: Amina", True),
        ("Read: Amina", True),
        ("Oooh: Amina is ill", False),
        ("Reading glasses: Amina", False),
    ],
)
def test_subjects_that_only_programs_write(subject: str, automatic: bool) -> None:
    body = "Your message\n Subject: Amina\n was read on 17 November 2026 09:20:11."
    assert (read(mail(body, {"Subject": subject})).automatic is not None) is automatic


def test_an_entry_of_a_calendar_is_for_a_person_and_its_answer_is_a_programs() -> None:
    entry = "BEGIN:VCALENDAR\nSUMMARY:Amina dentist\nDTSTART:20261124T100000Z\nEND:VCALENDAR"
    asked = read(mail(entry, {"Content-Type": "text/calendar; method=REQUEST", "Subject": "Invitation: Amina dentist"}))
    assert (asked.passed_on, asked.automatic) == (True, None)
    answered = read(mail(entry, {"Content-Type": "text/calendar; method=REPLY", "Subject": "Accepted: meeting"}))
    assert answered.automatic is not None


@pytest.mark.parametrize(
    "body",
    [
        mails.IPHONE_ANSWER.replace("Amina is ill\n", ""),
        mails.OUTLOOK_ANSWER[mails.OUTLOOK_ANSWER.index("From:") :],
        "Answers below in red\n\n" + mails.OUTLOOK_ANSWER[mails.OUTLOOK_ANSWER.index("From:") :],
    ],
)
def test_an_answer_without_words_above_the_quote_is_known_for_that(body: str) -> None:
    found = read(mail(body, mails.ANSWER))
    assert found.inside
    assert not found.text.startswith("Blue Coat"), "the subject is ours"


OUR_WORDS = "Amina was not in registration this morning (Tue 17 Nov). Please tell us why\nshe is away."
BLOCK = (
    "From: Blue Coat <absence@school.example>\nSent: 17 November 2026 09:15\nSubject: Blue Coat: where is Amina?\n\n"
)


@pytest.mark.parametrize(
    ("below", "theirs", "surely"),
    [
        (f"{BLOCK}{OUR_WORDS}\n\nShe is ill, back tomorrow", "She is ill, back tomorrow", True),
        (f"{BLOCK}{' '.join(OUR_WORDS.split())} She is ill", "She is ill", True),
        (f"On Tue at 09:15, Blue Coat<a@school.example> wrote: {OUR_WORDS}", "", True),
        (f"Sent from my iPhone\n\n> {OUR_WORDS.replace(chr(10), chr(10) + '> ')}", "", True),
        (f"{BLOCK}{OUR_WORDS}\n{BLOCK}Amina was missing on Monday.", "Amina was missing on Monday.", False),
        ("", "", True),
    ],
)
def test_what_is_left_beside_our_own_words_is_the_writers(below: str, theirs: str, surely: bool) -> None:
    assert written_among(below, OUR_WORDS) == (theirs, surely)


def test_latin_1_is_what_outlook_means_by_it() -> None:
    raw = mail("XXX", {"Content-Type": 'text/plain; charset="iso-8859-1"', "Subject": None})
    assert read(raw.replace(b"XXX", "Zoë’s ill".encode("cp1252"))).text == "Zoë’s ill"


@pytest.mark.parametrize(
    "headers",
    [{"List-Id": "<news.shop.example>"}, {"List-Unsubscribe": "<mailto:x@shop.example>"}, {"Return-Path": "<>"},
     {"From": "no-reply@shop.example"}, {"From": "noreply@shop.example"}, {"From": "MAILER-DAEMON@x.example"},
     {"Content-Type": "multipart/report; report-type=disposition-notification; boundary=b"}],
)  # fmt: skip
def test_lists_robots_and_read_receipts_are_no_people(headers: dict[str, str]) -> None:
    assert read(mail(headers=headers)).automatic is not None


@pytest.mark.parametrize(
    "subject",
    ["Absence: Amina", "Out of school today", "Amina away until Thursday", "Absent", "On holiday next week",
     "Re: Absence", "Automatic door trapped her finger", "Auto repair, we will be late"],
)  # fmt: skip
def test_what_parents_write_above_a_report_is_no_absence_note(subject: str) -> None:
    assert read(mail(headers={"Subject": subject, "Auto-Submitted": "no"})).automatic is None


@pytest.mark.parametrize(
    ("raw", "bounce"),
    [
        (mails.postfix_bounce(), Bounce(OURS, "failed", "5.1.1", NGOZI)),
        (mails.postfix_bounce(status="4.2.2"), Bounce(OURS, "failed", "4.2.2", NGOZI)),
        (mails.postfix_bounce(action="delayed", status="4.4.1"), Bounce(OURS, "delayed", "4.4.1", NGOZI)),
        (mails.postfix_bounce(action="delivered", status="2.1.5"), Bounce(OURS, "delivered", "2.1.5", NGOZI)),
        (mails.QMAIL_BOUNCE.encode(), Bounce(OURS, "failed", "5.1.1")),
        (mails.postfix_bounce(ours="somebody-elses"), None),
        (mail(headers=mails.ANSWER), None),
        (mail("I am away", {**mails.ANSWER, "Return-Path": "<>", "Auto-Submitted": "auto-replied"}), None),
    ],
)
def test_bounces(raw: bytes, bounce: Bounce | None) -> None:
    assert read(raw).bounce == bounce


# -- files -----------------------------------------------------------------------------------------------------------


def test_files_are_kept_by_what_they_are_and_refused_by_name() -> None:
    raw = with_files(
        "See the card.",
        ("card.pdf", "application/pdf", PDF),
        ("photo.jpg.exe", "image/jpeg", PNG),
        ("virus.pdf", "application/pdf", b"MZ\x90\x00" + b"x" * 100),
        ("letter.docx", "application/octet-stream", b"PK\x03\x04" + b"x" * 100),
        ("page.html", "text/html", b"<script>alert(1)</script>"),
    )
    found = read(raw)
    assert found.text == "Absence.\nSee the card."
    assert found.attachments == (
        Attachment("card.pdf", "application/pdf", PDF),
        Attachment("photo.jpg.exe.png", "image/png", PNG),
    )
    assert [(one.name, one.why) for one in found.turned] == [
        (name, "not a kind of file that is kept") for name in ("virus.pdf", "letter.docx", "page.html")
    ]


def test_limits_of_size_number_and_kind() -> None:
    raw = with_files("x", *((f"{n}.pdf", "application/pdf", PDF + bytes([n])) for n in range(4)), ("p.png", "x/y", PNG))
    assert read(raw, limits=Limits(most_bytes=1000)).turned == (Turned("p.png", "too large"),)
    few = read(raw, limits=Limits(frozenset({"pdf"}), most_files=2))
    assert [one.name for one in few.attachments] == ["0.pdf", "1.pdf"]
    assert [one.why for one in few.turned] == ["too many", "too many", "not a kind of file that is kept"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\\\Users\\\\card.pdf", "card.pdf"),
        ("=?utf-8?q?za=C5=9Bwiadczenie=2Epdf?=", "zaświadczenie.pdf"),
        ("a<script>.pdf", "a script .pdf"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_names_of_files_are_harmless(name: str, kept: str) -> None:
    (found,) = read(with_files("x", (name, "application/pdf", PDF))).attachments
    assert found.name == kept


def test_the_logo_of_a_signature_is_no_evidence() -> None:
    small = with_files("x", ("logo.png", "image/png", PNG[:500]))
    shown = small.replace(b"Content-Disposition: attachment", b"Content-ID: <logo>\r\nContent-Disposition: inline")
    assert (read(shown).attachments, read(shown).turned) == ((), ())
    assert len(read(small).attachments) == 1


def test_of_a_mail_that_is_too_large_the_words_are_read_and_its_files_refused() -> None:
    raw = with_files("Amina is ill", ("film.pdf", "application/pdf", PDF * 1000), headers=mails.ANSWER)[:4000]
    found = read(raw, whole=False)
    assert (found.text, found.attachments, found.turned) == ("Amina is ill", (), (Turned("film.pdf", "too large"),))


def test_it_becomes_a_message_like_any_other() -> None:
    received = read(mail("START", {"Subject": "Re: x"})).received(US)
    assert (received.channel, received.our_address, received.their_address) == ("email", US, NGOZI)
    assert received.opt_out == "START"
    forged = {"Subject": "Re: x", "Authentication-Results": None}
    assert read(mail("START", forged)).received(US).opt_out is None
    assert received.sent_at is not None
    assert received.sent_at < ARRIVED + timedelta(seconds=1)
