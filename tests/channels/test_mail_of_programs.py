"""Mail that programs close, hold, call back or sign: what is a parent's word in it, and what nobody here can open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from messaging.incoming_mail.evidence import Limits
from messaging.incoming_mail.reading import Mail, read_mail
from tests.support import mails
from tests.support.mails import SERVER, mail


def read(raw: bytes) -> Mail:
    return read_mail(raw, datetime(2026, 11, 17, 8, 10, 5, tzinfo=UTC), SERVER, Limits())


def _multipart(sub: str, *parts: tuple[str, str], more: str = "") -> bytes:
    body = "".join(f"--b1\r\nContent-Type: {kind}\r\n\r\n{words}\r\n" for kind, words in parts)
    kind = f'multipart/{sub}; boundary="b1"{more}'
    return mail(f"{body}--b1--\r\n", {"Subject": "Amina", "Content-Type": kind, "Content-Transfer-Encoding": None})


PLAIN, ENVELOPED = 'text/plain; charset="utf-8"', 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
ARMOURED = "-----BEGIN PGP MESSAGE-----\n\nhQEMA8 ill Thursday\n=abcd\n-----END PGP MESSAGE-----"
CLEAR = (
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nAmina has a fever\n"
    "-----BEGIN PGP SIGNATURE-----\n\niQEz ill\n=abcd\n-----END PGP SIGNATURE-----"
)


@pytest.mark.parametrize(
    ("raw", "locked", "text"),
    [
        (mail("MIIB", {"Subject": "Amina", "Content-Type": ENVELOPED}), True, "Amina"),
        (mail("eJ8+", {"Subject": "", "Content-Type": 'application/ms-tnef; name="winmail.dat"'}), True, ""),
        (mail(ARMOURED, {"Subject": "Amina"}), True, "Amina"),
        (_multipart("encrypted", ("application/pgp-encrypted", "Version: 1"),
                    ('application/octet-stream; name="encrypted.asc"', ARMOURED)), True, "Amina"),
        (_multipart("mixed", (PLAIN, "Amina has a fever"), ('application/ms-tnef; name="winmail.dat"', "eJ8+")),
         False, "Amina has a fever"),
        (_multipart("signed", (PLAIN, "Amina has a fever"), ('application/pkcs7-signature; name="smime.p7s"', "MIIB")),
         False, "Amina has a fever"),
        (mail(CLEAR, {"Subject": "Amina"}), False, "Amina has a fever"),
        (mail("Amina has a fever", {"Subject": "Amina"}), False, "Amina has a fever"),
    ],
)  # fmt: skip
def test_a_mail_that_cannot_be_opened_is_told_from_one_that_is_only_signed(raw: bytes, locked: bool, text: str) -> None:
    found = read(raw)
    assert (found.locked, found.text) == (locked, text)


def test_the_note_of_a_mail_inside_a_mail_and_of_a_control_part() -> None:
    inner = "From: a@b.example\r\nSubject: Appointment / letter\r\n\r\nShe is missing"
    found = read(_multipart("mixed", (PLAIN, "Amina: please see the letter"), ("message/rfc822", inner)))
    assert [one.name for one in found.turned] == ["e-mail Appointment letter"]
    assert "missing" not in found.text
    parts = (("application/pgp-encrypted", "Version: 1"), ('application/octet-stream; name="encrypted.asc"', ARMOURED))
    assert [one.name for one in read(_multipart("encrypted", *parts)).turned] == ["encrypted.asc"]


@pytest.mark.parametrize("line", ["Yahoo Mail: Search, organise, conquer", "Sent from AOL on Android"])
def test_what_a_program_puts_under_an_empty_answer_is_no_word(line: str) -> None:
    quoted = "On Tue, 17 Nov 2026 at 9:15, Blue Coat<absence@school.example> wrote:\n> Amina was not in registration."
    found = read(mail(f"\n{line}\n\n{quoted}", mails.ANSWER))
    assert (found.text, found.inside) == ("", True)


HELD = (
    "Your message to ngozi@family.example is being held. To confirm that you are a human, please click the link"
    " https://box.example/c?1 . This is required once."
)


@pytest.mark.parametrize(
    ("subject", "body", "automatic"),
    [
        ("Verification: West Coventry: Amina [BoxTrapper]", HELD, "held by a filter"),
        ("Re: West Coventry: Amina", HELD, "held by a filter"),
        ("Sender verification needed", "Please verify your address by clicking the link below.", "held by a filter"),
        ("Re: Amina", "Amina is ill. My last message was held up, sorry.", None),
        ("Re: Amina", "She is off today. Please confirm by email that you got this message.", None),
        ("Re: Amina", "Her bus is delayed, she is being held up by the bridge", None),
    ],
)
def test_a_filter_that_holds_ours_is_no_parent(subject: str, body: str, automatic: str | None) -> None:
    assert read(mail(body, {"Subject": subject})).automatic == automatic


@pytest.mark.parametrize(
    ("subject", "body", "passed_on"),
    [
        ("Recall: Amina is ill", 'Ngozi Okafor would like to recall the message, "Amina is ill".', True),
        ("Message Recall: Amina", 'The sender would like to recall the message "Amina".', True),
        ("Recall: the dentist", "Amina has a recall at the dentist on Thursday.", False),
        ("Amina is ill", "I do not recall the message that you mean. Amina is ill today.", False),
    ],
)
def test_what_a_recall_repeats_is_no_report(subject: str, body: str, passed_on: bool) -> None:
    assert read(mail(body, {"Subject": subject})).passed_on is passed_on
