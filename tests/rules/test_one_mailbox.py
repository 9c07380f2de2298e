"""googlemail.com and gmail.com are one mailbox: the same writer, the same thread, the same STOP, the same bar."""

from __future__ import annotations

from attendance.people import AddressState, Roll, address_key, spellings_of
from tests.support.builders import contact, link, pupil


def test_the_two_names_of_one_provider_are_one() -> None:
    assert address_key("Mum@GoogleMail.com") == address_key("mum@gmail.com") == "mum@gmail.com"
    assert address_key("mum@mail.example") == "mum@mail.example"
    assert address_key("+447700900001") == "+447700900001"
    assert spellings_of("mum@googlemail.com") == ("mum@gmail.com", "mum@googlemail.com")
    assert spellings_of("mum@mail.example") == ("mum@mail.example",)


def roll(**more: object) -> Roll:
    mum, dad = contact("mum", 1, email="mum@googlemail.com"), contact("dad", 2, email="Mum@gmail.com")
    links = [link("amina", "mum", 1, barred=bool(more.get("barred"))), link("amina", "dad", 2, "father")]
    stopped = {("email", "mum@gmail.com"): AddressState.STOPPED} if more.get("stopped") else {}
    return Roll.of([pupil("amina")], [mum, dad], links, (), stopped)


def test_the_writer_is_known_by_either() -> None:
    assert {one.id for one in roll().at("email", "mum@gmail.com")} == {"mum", "dad"}
    assert {one.id for one in roll().at("email", "MUM@googlemail.com")} == {"mum", "dad"}


def test_what_was_stopped_or_barred_is_so_by_either() -> None:
    assert roll(stopped=True).ways_to("amina", "mum", ["email"]) == ()
    assert roll(barred=True).ways_to("amina", "dad", ["email"]) == ()
