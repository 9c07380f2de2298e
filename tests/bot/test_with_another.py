"""Who has the child now: a contact whom the words name; and somebody barred who is said to have it."""

from __future__ import annotations

import pytest

from attendance.case import Case
from attendance.effects import RaiseAlert
from attendance.events import DangerHeard, NotWithMe
from bot.outcome import CaseEvent
from bot.understanding import Understanding
from tests.support.builders import contact, link
from tests.support.messages import Thread, alerted, case, event, events, family, means, says, template

GUESSED = means("absence", says("amina", code="V"), ask=("reason", "return"))
THERE = means("present", says("amina", code=None, first=None), urgent=True)
GARY = contact("gary", 2)
WITH_GARY = family(
    link("amina", "mum", 1, household="a"),
    link("amina", "gary", 2, "father", household="b"),
    contacts=[contact("mum", 1), GARY],
)
GARY_BARRED = family(
    link("amina", "mum", 1, household="a"),
    link("amina", "gary", 2, "father", household="b", barred=True),
    contacts=[contact("mum", 1), GARY],
)


@pytest.mark.parametrize(
    "text",
    [
        "No he is with Gary, he has had him since Sunday",
        "shes at Gary's",
        "Amina is still with gary",
        "gary has got her this week",
        "Isn't she with Gary? Its changeover day",
        "is amina not at Gary's",
        "Gary picked her up last night",
    ],
)
@pytest.mark.parametrize("understood", [GUESSED, THERE], ids=["a guess", "believed there"])
def test_the_other_parent_by_first_name_is_the_other_parent(text: str, understood: Understanding) -> None:
    outcome = Thread("mum", cases=[case()], of=WITH_GARY).hears(understood, text)
    onward = event(outcome)
    assert isinstance(onward, NotWithMe)
    assert onward.outcome == "with_other_parent"
    assert template(outcome) == "absence.passed_on"


NOT_SEEN = means("missing", says("amina", code=None, first=None), urgent=True)


@pytest.mark.parametrize(
    "text", ["haven't seen her this week she's with Gary", "Ive not spoken to her since Sunday, Gary has got her"]
)
def test_not_seen_and_with_a_contact_by_name_is_no_search(text: str) -> None:
    assert isinstance(event(Thread("mum", cases=[case()], of=WITH_GARY).hears(NOT_SEEN, text)), NotWithMe)


@pytest.mark.parametrize(
    "text",
    [
        "can't find her, she's with Gary?",
        "haven't seen her this week, she's supposed to be with Gary",
        "not seen her since last night, she's with Gary but he won't answer",
    ],
)
def test_not_seen_and_only_supposed_with_a_contact_is_one(text: str) -> None:
    outcome = Thread("mum", cases=[case()], of=WITH_GARY).hears(NOT_SEEN, text)
    assert template(outcome) == "absence.danger"


def test_each_parent_names_the_other() -> None:
    pointed = case(outcome="with_other_parent", pointed_by="gary", round=2)
    outcome = Thread("mum", cases=[pointed], of=WITH_GARY).hears(GUESSED, "No she is with Gary")
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Gary took her in", THERE),
        ("she left with Gary at 8", THERE),
        ("she's at school with Gary's girl", THERE),
        ("She is with Gary, she has a cold", means("absence", says("amina"))),
        ("she was with Gary at the weekend and is poorly", means("absence", says("amina"))),
    ],
)
def test_a_name_beside_other_news_changes_nothing(text: str, understood: Understanding) -> None:
    outcome = Thread("mum", cases=[case()], of=WITH_GARY).hears(understood, text)
    assert "NotWithMe" not in [name for _, name in events(outcome)]


@pytest.mark.parametrize(
    "text",
    [
        "she's with her dad",
        "She is with Gary",
        "her dad has got her",
        "Gary's got her today",
        "She's not here, she went off to her dads last night and never came back",
        "gone to her dad's",
        "Amina stayed over at Gary's",
        "think she ran off to her dad",
    ],
)
@pytest.mark.parametrize("cases", [[case()], []], ids=["sought", "no case"])
def test_with_somebody_barred_is_danger(text: str, cases: list[Case]) -> None:
    words = means("other_parent", says("amina", code=None))
    outcome = Thread("mum", cases=cases, of=GARY_BARRED).hears(words, text)
    heard = [
        one.event.kind for one in outcome.effects if isinstance(one, CaseEvent) and isinstance(one.event, DangerHeard)
    ]
    told = [
        one.reason for one in outcome.effects if isinstance(one, RaiseAlert) and one.roles == ("safeguarding_lead",)
    ]
    assert "safeguarding" in (*heard, *told)
    assert template(outcome) == "absence.danger"


@pytest.mark.parametrize(
    "text",
    [
        "she was with her dad last year",
        "her dad is ill and she is poorly too",
        "a cold",
        "she never went to her dads, she is poorly",
        "she is not going to her dad's, she has a cold",
        "she went to the doctors with a cold",
    ],
)
def test_a_barred_father_who_has_not_got_it_is_none(text: str) -> None:
    outcome = Thread("mum", cases=[case()], of=GARY_BARRED).hears(means("absence", says("amina")), text)
    assert template(outcome) == "absence.recorded"


@pytest.mark.parametrize(
    "text",
    [
        "where is Amina today then",
        "is Amina in",
        "Where's amina?",
        "can u tell me if amina is there",
        "Hi. Could you let me know whether Amina is in school today?",
        "I want to know if amina is at school",
        "is she in? " * 30 + "Tell me",
    ],
)
def test_a_barred_person_who_only_asks_is_told_of_and_nobody_is_sought(text: str) -> None:
    asks = means("missing", says("amina", code=None, first=None), urgent=True)
    outcome = Thread("gary", cases=[case()], of=GARY_BARRED).hears(asks, text)
    assert alerted(outcome) == [("barred_contact_wrote", True)]


@pytest.mark.parametrize("text", ["I cant find amina", "where is amina she ran off", "where is amina, she is not here"])
def test_a_barred_person_who_has_lost_it_is_heard(text: str) -> None:
    lost = means("missing", says("amina", code=None, first=None), urgent=True)
    outcome = Thread("gary", cases=[case()], of=GARY_BARRED).hears(lost, text)
    assert ("missing", True) in alerted(outcome)


WITH_NAN = case(stage="answered", whereabouts="claimed", code="I", reason="proposed", answered_by="nan")


@pytest.mark.parametrize(
    "text",
    [
        "sorry in a meeting, is Amina not in?? my mum was meant to take her",
        "is she not there? her nan should have brought her",
    ],
)
def test_who_asks_of_a_child_whose_nan_has_answered_starts_no_search(text: str) -> None:
    outcome = Thread("mum", cases=[WITH_NAN]).hears(THERE, text)
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize(
    "text",
    [
        "is Amina not in?? my mum dropped her at the gate",
        "is Amina not in?? my sister was meant to take her",
        "is Amina not in?? my mum was meant to take her and she is not answering",
        "my mum was meant to take her in",
    ],
)
def test_who_tells_more_or_of_somebody_else_does(text: str) -> None:
    assert isinstance(event(Thread("mum", cases=[WITH_NAN]).hears(THERE, text)), DangerHeard)


def test_nor_is_it_enough_where_nobody_has_answered() -> None:
    text = "is Amina not in?? my mum was meant to take her"
    assert isinstance(event(Thread("mum", cases=[case()]).hears(THERE, text)), DangerHeard)
