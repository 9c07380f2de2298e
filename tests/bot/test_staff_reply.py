"""What counts as "I have it", and which alert it takes. Whatever is not clear takes nothing."""

from __future__ import annotations

import pytest

from bot.for_staff.staff_reply import Chosen, StaffReply, choose, read_staff_reply

TAKEN = """
ok|OK|Ok.|okay!|k|yes|Yep, got it|got it|Got it thanks|I've got it|I’ve got it|on it|I'm on it now|im on it
mine|will do|ACK|acknowledged|👍|👍🏽|✅|ok thank you|I have it|taking it|Yes, on it
ackowledge|aknowledged thx
on it, checking her lessons now|im ringing the Corrigans now|Ringing mum now|ok looking for him|I'll ring them now
got it, going to check the music block|Yes dealing with it|trying to get hold of dad""".replace("\n", "|").split("|")[
    1:
]
UNCLEAR = """
no|no 112|No. 112|not me|ok?|which one?|can't take it|can't take 112|ok but who has Ben?|ask Mrs Okoro|later
in 10 minutes|ok in 10 minutes|seen|noted|thanks|thank you|received|STOP|not ok|no ok|She is in the library
don't have it|yes but not 112|I have a temperature|I have it wrong|someone else|...|0|112 is not mine|no thanks|1
ok 1|okay so he is not in
calling in sick|im looking after 9C|I'll ring them after break|ringing mum but she's not answering
checking with you first|looking for cover|still ringing round, nothing|I'm going home
will ring|can you ring them now|ringing 112 and 113
let me know when you have rung""".replace("\n", "|").split("|")[1:]


@pytest.mark.parametrize("text", TAKEN)
def test_words_that_take_it(text: str) -> None:
    assert read_staff_reply(text) == StaffReply(True)


@pytest.mark.parametrize("text", ["", "   ", "\n", *UNCLEAR, "ok " * 200])
def test_words_that_are_not_clear_take_nothing(text: str) -> None:
    assert read_staff_reply(text) is None


@pytest.mark.parametrize(
    ("text", "takes", "numbers"),
    [
        ("112", False, ("112",)),
        ("#112", False, ("112",)),
        ("ok 112", True, ("112",)),
        ("OK, 112.", True, ("112",)),
        ("112 got it", True, ("112",)),
        ("ok 112 and 113 thanks", True, ("112", "113")),
        ("112 112", False, ("112",)),
        ("ok\n112", True, ("112",)),
    ],
)
def test_numbers_name_the_alert(text: str, takes: bool, numbers: tuple[str, ...]) -> None:
    assert read_staff_reply(text) == StaffReply(takes, numbers)


def test_a_signature_is_not_an_answer_and_does_not_spoil_one() -> None:
    who = ("Ms Reed", "Attendance officer")
    assert read_staff_reply("Ok\n\nMs Reed\nAttendance Officer", who) == StaffReply(True)
    assert read_staff_reply("Ok\n\nMs Reed\nand tell Mrs Okoro", who) is None
    assert read_staff_reply("Ms Reed", who) is None


OK, NUMBER, OTHERS = StaffReply(True), StaffReply(True, ("112",)), StaffReply(True, ("112", "900"))


@pytest.mark.parametrize(
    ("reply", "named", "told", "open_", "chosen"),
    [
        (OK, None, ["112"], ["112"], Chosen(("112",))),
        (OK, None, ["112", "113"], ["112", "113"], Chosen(ask=True)),  # several are open
        (OK, None, ["113", "112"], ["113"], Chosen(("113",))),
        (OK, None, ["112", "113"], ["113"], Chosen(ask=True)),  # the last one told of is somebody else's by now
        (OK, None, ["112"], [], Chosen()),  # nothing is open, and nothing to ask
        (OK, "113", ["112", "113"], ["112", "113"], Chosen(("113",))),  # the message itself was answered
        (OK, "113", ["112", "113"], ["112"], Chosen(("113",))),  # and it is over: never another one instead
        (NUMBER, None, ["112", "113"], ["112", "113"], Chosen(("112",))),
        (NUMBER, "113", ["112", "113"], ["112", "113"], Chosen(("112",))),
        (NUMBER, None, ["113"], ["113"], Chosen(ask=True)),  # somebody else's number
        (OTHERS, None, ["112"], ["112"], Chosen(ask=True)),  # one of the two: nothing is taken
        (None, None, ["112"], ["112"], Chosen(ask=True)),
        (None, "112", ["112"], ["112"], Chosen(ask=True)),
        (None, None, [], [], Chosen(ask=True)),
    ],
)
def test_which_alert_is_taken(
    reply: StaffReply | None, named: str | None, told: list[str], open_: list[str], chosen: Chosen
) -> None:
    assert choose(reply, named, told, open_) == chosen
