"""Which language a message is in, and what its glossary finds; languages.csv measures whole messages."""

from __future__ import annotations

import pytest

from bot.understanding.data import table
from bot.understanding.language import in_english, read_language
from bot.understanding.normalise import read_words
from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nie przyjdzie dzisiaj, ma goraczke", "polish"),
        ("nu vine azi la scoala, are febra", "romanian"),
        ("oggi non viene a scuola", "italian"),
        ("他今天发烧了", "chinese"),
        ("Tom won't be in today, he has a temperature", ""),
        ("Ill ring later, Tom is poorly", ""),
        ("Maja is off again today", ""),
        ("hes at his nans, can u ask them", ""),
        ("cant make it in 2day, sry", ""),
        ("yr7 parents evening 2moro? thx", ""),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert read_language(read_words(text), frozenset(("maja",))) == language


def test_every_phrase_of_every_glossary_can_be_looked_for() -> None:
    for language in table("glossary.toml"):
        words, hits = in_english(read_words("abc, 9:30 def?", foreign=True), language)
        assert words.texts == ["abc", ",", "9:30", "def", "?"]
        assert hits == []


@pytest.mark.parametrize(
    ("text", "child", "leaves"),
    [
        ("Dzien dobry, odbiorę Zosię o 13:15, ma wizytę u lekarza", "Zosia", "13:15"),
        ("Bună ziua, fetița are programare la medic azi, o iau la 12:30", "Ana", "12:30"),
        ("recojo a Mateo a las 12:30, tiene cita médica", "Mateo", "12:30"),
        ("Vou buscar a Inês às 13h, tem consulta", "Inês", "13:00"),
        ("je viens chercher Léa à 14h, rdv médecin", "Léa", "14:00"),
        ("Kızımı saat 13:00 te alacağım, doktor randevusu var", "Elif", "13:00"),
        ("Заберу Софию в 13:00, записаны к врачу", "Sofia", "13:00"),
        ("ابني عنده موعد عند الطبيب الساعة 11 وسآخذه الساعة 10:30", "Omar", "10:30"),
    ],
)
def test_a_child_is_collected_for_an_appointment(text: str, child: str, leaves: str) -> None:
    report = read(text, children=f"{child}:3").reports[0]
    assert report.code == "M"
    assert f"{report.leaves:%H:%M}" == leaves


@pytest.mark.parametrize(
    "text",
    [
        "Zofia jest chora, Marek jest zdrowy",
        "Zofia nie przyjdzie, jest chora. Marek idzie do szkoły",
        "Zofia are febră, Marek merge la școală",
        "Zofia tiene fiebre, Marek va al colegio",
        "Zofia ha la febbre, Marek va a scuola",
    ],
)
def test_a_child_who_goes_to_school_is_not_the_ill_one(text: str) -> None:
    understood = read(text, children="Marek:8 Zofia:6")
    assert [(report.children, report.code) for report in understood.reports] == [(("c2",), "I")]


@pytest.mark.parametrize(
    "text",
    [
        "ella salió de casa a las 8",
        "il est parti à 8h",
        "Ele saiu de casa às 8h",
        "è uscito di casa alle 8",
        "Er ist um 8 Uhr losgegangen",
        "wyszedł z domu o ósmej",
        "okula gitti sabah",
    ],
)
def test_who_set_out_is_looked_for_in_whatever_language(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    "text", ["No fue al colegio, tiene fiebre", "il est malade, il a de la fièvre", "ma gorączkę, nie jest w szkole"]
)
def test_who_is_ill_in_another_language_has_not_set_out(text: str) -> None:
    assert [report.code for report in read(text, asked="absence").reports] == ["I"]
