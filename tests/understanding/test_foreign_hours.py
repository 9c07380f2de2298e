"""Times, and "not tomorrow either", in the languages of the glossary."""

from __future__ import annotations

import pytest

from bot.understanding.data import table
from bot.understanding.words.hours import hours_of
from tests.understanding.reading import read, told


@pytest.mark.parametrize("language", [name for name in table("hours.toml") if name != "years"])
def test_the_hours_of_every_language_can_be_read_and_no_word_has_two_numbers(language: str) -> None:
    words = [each.partition(":")[0] for each in table("hours.toml")[language]["numbers"].split()]
    assert len(set(words)) == len(words)
    assert language in table("glossary.toml")
    hours = hours_of(language)
    assert hours is not None
    assert list(hours.told(["abc", ",", "def", "?"])) == []


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("Tom llega a las 9 y 10", "09:10"),
        ("Tom llega tarde, a las nueve y diez", "09:10"),
        ("Tom llega tarde, a las 10 menos 20", "09:40"),
        ("Tom vai chegar atrasado, às 9 e 10", "09:10"),
        ("Tom arriva in ritardo, alle 9 e 10", "09:10"),
        ("Tom intarzie azi, ajunge la 9 si 10", "09:10"),
        ("Tom sera en retard, il arrive vers 9 heures 10", "09:10"),
        ("Tom sera en retard, à 10 heures moins le quart", "09:45"),
        ("Tom spóźni się, będzie 10 po 9", "09:10"),
        ("Tom spóźni się, będzie za 10 dziesiąta", "09:50"),
        ("Tom kommt später, um 10 nach 9", "09:10"),
        ("Tom kommt später, um viertel vor zehn", "09:45"),
        ("Tom geç kalacak, saat 9'u 10 geçe gelir", "09:10"),
        ("Tom geç kalacak, saat 10'a çeyrek kala", "09:45"),
        ("Tom der se aayega, 9 baj kar 10 minute par", "09:10"),
        ("Tom late aayega, paune 10 baje", "09:45"),
        ("ابني متاخر الساعة 9 و 10", "09:10"),
        ("ابني متاخر الساعة 10 الا ربع", "09:45"),
        ("ابني متاخر الساعة التاسعة والنصف", "09:30"),
        ("Tom опоздает, будет в 10 минут десятого", "09:10"),
        ("Tom опоздает, будет без пяти десять", "09:55"),
        ("Tom запізниться, о 9 10", "09:10"),
        ("Tom 迟到, 9点10分到", "09:10"),
        ("Tom 会迟到 九点一刻到校", "09:15"),
        ("Tom yn hwyr heddiw, am 10 munud wedi 9", "09:10"),
        ("Tom přijde později, v 9 hodin 10", "09:10"),
        ("Tom přijde později, ve čtvrt na deset", "09:15"),
        ("Tom késik, 9 óra 10 kor jön", "09:10"),
        ("Tom ще закъснее, в 9 и 10", "09:10"),
    ],
)
def test_minutes_after_and_before_the_hour(text: str, arrives: str) -> None:
    assert [f"{report.arrives:%H:%M}" for report in read(text).reports if report.arrives] == [arrives]


@pytest.mark.parametrize(
    "text",
    [
        "As duas filhas estão doentes, não vão à escola",
        "Tom está doente, vai às 9 e 2 irmãs ficam",
        "Tom a vomi il y a une heure, il est malade",
        "copiii sunt bolnavi, au 9 si 10 ani",
        "Tom 病了, 十一点到医院",
    ],
)
def test_a_number_of_something_else_is_no_hour(text: str) -> None:
    assert [report.arrives for report in read(text).reports] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "nici mâine nu vine",
        "Yarın da gelemeyecek",
        "jutro tez go nie bedzie",
        "Amanhã também não vai",
        "mañana tampoco",
        "neanche domani viene",
        "demain non plus",
        "kal bhi nahi aayega",
        "morgen auch nicht",
        "и завтра не придет",
        "и утре няма да дойде",
        "ir rytoj nebus mokykloje",
        "holnap sem jön iskolába",
        "ani zítra nepřijde",
        "fydd ddim mewn yfory chwaith",
        "明天也不能来上学",
        "bokra kaman mish jay",
        "berri sidoo kale ma iman doono",
    ],
)
def test_not_tomorrow_either_is_today_and_tomorrow(text: str) -> None:
    assert told(read(text)) == {"c1": ["2026-11-10 2026-11-12"]}


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Tom are febra dar maine vine", "2026-11-11"),
        ("Tom bugün gelmeyecek, yarın gelecek", "2026-11-11"),
        ("Tom nu vine nici azi nici maine", "2026-11-12"),
        ("Tom no viene hoy ni mañana", "2026-11-12"),
    ],
)
def test_tomorrow_itself_and_neither_day(text: str, back: str) -> None:
    assert [str(report.return_day) for report in read(text).reports] == [back]
