"""Words that only say who it is hold no reason; a child who was dropped at her nan's, ill, is not thought in school."""

from __future__ import annotations

import pytest

from bot.understanding import Child, Message, understand
from tests.understanding.reading import CALENDAR, read, written

MORNING = "2026-11-24T09:22"


@pytest.mark.parametrize("family", ["Nora:7", "Nora:7 Finn:4"])
@pytest.mark.parametrize(
    "text", ["its Nora", "it's Nora", "Nora", "hi its Nora", "sorry its nora", "Re Nora", "Nora Smith"]
)
def test_who_it_is_is_no_reason(text: str, family: str) -> None:
    answer = read(text, MORNING, family, "absence")
    assert [(report.children, report.code) for report in answer.reports] == [(("c1",), "N")]
    assert "reason" in answer.ask


@pytest.mark.parametrize(
    "text",
    [
        "I dropped her at my mum's at 7, she's ill",
        "dropped her at my mums this morning shes poorly",
        "I left her with my mum shes got a cold",
        "dropped at her nans she has a temperature",
        "I left her at my mums with a temp",
        "she's at my sister's with a cold",
    ],
)
def test_who_is_ill_at_her_nans_is_not_looked_for(text: str) -> None:
    answer = read(text, MORNING, "Nora:7", "absence")
    assert (answer.intent, answer.urgent) == ("absence", False)
    assert answer.reports[0].code == "I"


@pytest.mark.parametrize(
    "text",
    [
        "I dropped him at the childminders",
        "I dropped her at her nan's at half 7",
        "I dropped her at my mums and she walks her in",
        "I dropped her at my mums, she takes her to school",
        "I dropped her at the gate with her brother",
        "Her nan dropped her at the gate",
        "I dropped her at breakfast club",
    ],
)
def test_who_is_brought_on_from_there_is_looked_for(text: str) -> None:
    answer = read(text, MORNING, "Nora:7", "absence")
    assert (answer.intent, answer.urgent) == ("present", True)


@pytest.mark.parametrize(
    "text", ["she's with my mum who is in hospital", "my mum has a temperature so I can't get her in"]
)
def test_an_illness_of_hers_is_not_the_childs(text: str) -> None:
    answer = read(text, MORNING, "Nora:7", "absence")
    assert answer.reports[0].code != "I"
    assert answer.reports[0].code != "M"


@pytest.mark.parametrize("family", ["Mensah", "Khan", "Day-Lewis", "O'Brien", "Akhtar"])
def test_a_family_name_is_no_reason(family: str) -> None:
    at = written("").sent_at
    message = Message(at, (Child("c1", "Kofi", family, (), 9, "9C"),), None, (), f"Kofi {family} 9C absent today")
    (report,) = understand(message, CALENDAR).reports
    assert (report.code, report.first_day, report.return_day) == ("N", at.date(), None)
