"""Who is well, in the family's own language, is no report; and "she" of one girl and her brothers is that girl."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Asked, understand
from tests.understanding.reading import CALENDAR, read, written


def reported(text: str, children: str) -> dict[str, str | None]:
    return {child: report.code for report in read(text, children=children).reports for child in report.children}


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("O Tiago vai à escola mas a Inês está com febre", "Inês:3 Tiago:6"),
        ("A Inês está doente hoje, o Tiago vai à escola", "Inês:3 Tiago:6"),
        ("Kuba idzie do szkoły, ale Zosia wymiotuje", "Zosia:3 Kuba:6"),
        ("Mihai merge la școală dar Ana are febră", "Ana:3 Mihai:6"),
        ("Mateo está bien, pero Sofía tiene fiebre y no va al colegio", "Sofía:3 Mateo:6"),
        ("Hugo va à l'école mais Léa vomit", "Léa:3 Hugo:6"),
        ("Max kommt in die Schule, Lena hat Fieber", "Lena:3 Max:6"),
        ("Luca sta bene ma Sofia ha la febbre", "Sofia:3 Luca:6"),
        ("Can okula gelecek ama Elif ateşli", "Elif:3 Can:6"),
        ("Bilal theek hai lekin Sana ko bukhar hai", "Sana:3 Bilal:6"),
        ("Макс пойдет в школу, а Соня болеет", "Соня:3 Макс:6"),
        ("София хвора, Макс йде до школи", "София:3 Макс:6"),
        ("Иван е добре, но Елена има температура", "Елена:3 Иван:6"),
        ("Emma má horečku, Jakub jde do školy", "Emma:3 Jakub:6"),
        ("Amina way xanuunsan tahay, Yusuf iskuulka ayuu aadayaa", "Amina:3 Yusuf:6"),
        ("Ema serga, Lukas eina į mokyklą", "Ema:3 Lukas:6"),
        ("سارة مريضة اليوم، عمر ذاهب إلى المدرسة", "سارة:3 عمر:6"),
    ],
)
def test_who_is_well_is_not_reported(text: str, children: str) -> None:
    assert reported(text, children) == {"c1": "I"}


@pytest.mark.parametrize(
    "text", ["A Inês está doente hoje, o Tiago vai à escola", "O Tiago está na escola, a Inês está doente"]
)
def test_who_is_missed_and_said_to_go_is_looked_for(text: str) -> None:
    message = written(text, "2026-11-10T09:20", "Inês:3 Tiago:6")
    both = Asked("absence", None, ("c1", "c2"), date(2026, 11, 10))
    understood = understand(replace(message, asked=both), CALENDAR)
    assert (understood.intent, understood.urgent) == ("present", True)
    assert {child: report.code for report in understood.reports for child in report.children} == {"c1": "I", "c2": None}


@pytest.mark.parametrize(
    ("text", "children", "who"),
    [
        ("Kuba nie idzie do szkoły, jest chory, Zosia też", "Zosia:3 Kuba:6", {"c1", "c2"}),
        ("A Inês está doente, o Tiago também não vai à escola", "Inês:3 Tiago:6", {"c1", "c2"}),
        ("Ana este bolnavă și Mihai la fel", "Ana:3 Mihai:6", {"c1", "c2"}),
        ("O Tiago não vai à escola, tem febre", "Inês:3 Tiago:6", {"c2"}),
        ("Max geht nicht in die Schule, er hat Fieber", "Lena:3 Max:6", {"c2"}),
        ("Hugo ne va pas bien, il reste à la maison", "Léa:3 Hugo:6", {"c2"}),
        ("Макс не пойдет в школу, болеет", "Соня:3 Макс:6", {"c2"}),
    ],
)
def test_who_does_not_go_is_reported(text: str, children: str, who: set[str]) -> None:
    assert set(reported(text, children)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("She's got a temperature so won't be in", "c2"),
        ("her tummy hurts, she is staying off today", "c2"),
        ("Morning, she isn't well today", "c2"),
        ("He's not well. Temp of 39", "c1"),
        ("can he have friday 20th off for a wedding please", "c1"),
    ],
)
def test_she_is_the_only_girl_of_the_writers(text: str, who: str) -> None:
    understood = read(text, children="Tom:3 Ella:6")
    assert {child for report in understood.reports for child in report.children} == {who}
    assert "child" not in understood.ask


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("She's ill", "Mia:3 Ella:6"),
        ("She's not well today", "Robin:3 Ella:6"),
        ("Mrs Khan told me she would let you know, ill today", "Tom:3 Ella:6"),
        ("My mum says she isn't well so no school", "Tom:3 Ella:6"),
    ],
)
def test_she_may_be_somebody_else(text: str, children: str) -> None:
    assert "child" in read(text, children=children).ask
