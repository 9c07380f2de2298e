"""The network beside the weights: what it is handed, that no name is in it, and that it answers alike each time."""

from __future__ import annotations

from bot.understanding import understand
from bot.understanding.evidence import Reading
from bot.understanding.learned.messages import judge_message
from bot.understanding.network.consulting import consult
from bot.understanding.network.encoding import LONGEST, encode
from bot.understanding.network.pieces import numbers, pieces
from bot.understanding.reader import look
from tests.understanding.reading import CALENDAR, written

PIECES = {number: piece for piece, number in numbers().items()}
ILL = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}


def seen(text: str, children: str = "Tom:3 Ella:6", asked: str | None = None) -> Reading:
    message = written(text, children=children, asked=asked, draft=ILL if asked in ("return", "confirm") else None)
    return look(message, CALENDAR).reading


def encoded(text: str, children: str = "Tom:3 Ella:6", asked: str | None = None) -> list[str]:
    return [PIECES[number] for number in encode(seen(text, children, asked), CALENDAR).pieces]


def test_a_word_is_made_up_of_its_longest_pieces() -> None:
    for word in ("dentist", "chickenpoxy", "zzyx"):
        made = [PIECES[number] for number in pieces(word)]
        assert made[0] + "".join(piece.removeprefix("##") for piece in made[1:]) == word
        assert all(piece.startswith("##") for piece in made[1:])
    assert [PIECES[number] for number in pieces("dentist")] == ["dentist"]


def test_a_letter_that_no_piece_has_makes_a_word_unknown() -> None:
    assert [PIECES[number] for number in pieces("п")] == ["[UNK]"]


def test_what_we_asked_and_hold_comes_before_the_words() -> None:
    line = encoded("back tomorrow", asked="return")
    assert line[:4] == ["[CLS]", "asked", "return", "[before]"]
    assert line[4:9] == ["[C0]", "boy", "youngest", "[asked]", "[held]"]
    assert line[9:14] == ["[C1]", "girl", "oldest", "[held]", "i"]
    assert line[14:] == ["[SEP]", "back", "[D0]", "[tomorrow]", "tomorrow", "[SEP]"]


def test_children_of_one_year_are_twins_and_an_only_child_has_no_place_among_others() -> None:
    twins = encoded("both ill", "Tom:3 Ella:3 Ray:1")
    assert [word for word in twins if word in ("twin", "youngest", "oldest")] == ["twin", "twin", "youngest"]
    assert not {"youngest", "oldest", "twin"} & set(encoded("ill", "Tom:3"))


def test_no_name_is_handed_over() -> None:
    line = encoded("Ella is ill. Tom is fine. Zebedee is ill too")
    assert not {"tom", "ella"} & set(line)
    assert "zebedee" not in "".join(piece.removeprefix("##") for piece in line)
    assert line.count("[C1]") == line.count("[C0]") == 2


def test_each_day_and_time_has_its_mark() -> None:
    reading = seen("Tom dentist 2pm on Friday, back Monday")
    found = encode(reading, CALENDAR)
    assert [PIECES[found.pieces[place]] for place in found.days.values()] == ["[D0]", "[D1]"]
    assert [PIECES[found.pieces[place]] for place in found.times.values()] == ["[T0]"]
    friday = reading.days.roles[0][0]
    assert PIECES[found.pieces[found.days[friday.start, friday.end] + 1]] == "[week]"


def test_a_long_text_is_cut_and_says_so() -> None:
    line = encoded("he is ill and " * 700)
    assert len(line) <= LONGEST
    assert line[-2:] == ["[cut]", "[SEP]"]
    assert encoded("Tom ill on Monday " * 40).count("[SEP]") == 2


def test_only_the_words_of_a_part_are_read() -> None:
    reading = seen("Tom is ill, Ella is at the dentist")
    whole = [PIECES[number] for number in encode(reading, CALENDAR).pieces]
    part = [PIECES[number] for number in encode(reading, CALENDAR, range(4)).pieces]
    assert "dentist" in whole
    assert "dentist" not in part
    assert "ill" in part


def test_it_answers_every_question_and_twice_alike() -> None:
    reading = seen("Tom has been sick all night, back Thursday, in at 10")
    once, twice = consult(reading, CALENDAR), consult(reading, CALENDAR)
    assert once == twice
    assert set(once.children) == {"c1", "c2"}
    assert once.children["c1"] > once.children["c2"]
    assert len(once.days) == len(reading.days.roles)
    assert set(once.several) == {"kind", "reason", "half"}
    assert max(once.several["reason"], key=lambda code: once.several["reason"][code]) == "I"


def test_its_sums_count_beside_those_of_the_weights() -> None:
    reading = seen("Tom has been sick all night")
    opinion = consult(reading, CALENDAR)
    alone, both = judge_message(["always"]), judge_message(["always"], opinion=opinion)
    assert both.several["reason"]["I"] > alone.several["reason"]["I"]
    assert both.yes["urgent"] < 0.5


def test_a_text_of_ten_thousand_letters_is_read() -> None:
    assert understand(written("Tom is ill. " * 900), CALENDAR).intent == "absence"
