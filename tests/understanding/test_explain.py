"""The trace: layers with their places, and what the strongest grounds of a judgement were."""

from __future__ import annotations

import pytest

from bot.understanding.explain import Spoke, trace_of, what_spoke
from bot.understanding.learned.features import of_message
from bot.understanding.learned.messages import Judged, judge_message
from bot.understanding.learned.tokens import aligned
from bot.understanding.reader import look
from bot.understanding.values import Seen
from tests.understanding.reading import CALENDAR, read, written


def judged(text: str, asked: str | None = None) -> tuple[Judged, set[str]]:
    seen = look(written(text, asked=asked), CALENDAR).reading
    things = of_message(seen, aligned(seen), CALENDAR)
    return judge_message(things), things


def grounds(text: str, spoke: tuple[Spoke, ...], asked: str | None = None) -> list[tuple[str, str]]:
    """What the trace names as grounds, with the parent's words that it points to."""
    trace = trace_of(look(written(text, asked=asked), CALENDAR).reading, "absence", 0.5, spoke)
    return [(one.what, text[one.span[0] : one.span[1]]) for one in trace if ", for " in one.what]


def spoken(*things: tuple[str, float]) -> tuple[Spoke, ...]:
    return (Spoke("kind", "present", 0.9, things),)


def test_the_trace_says_what_each_layer_saw() -> None:
    text = "Tom has a cold, back Thursday"
    answer = read(text, explain=True)
    seen = {(one.layer, text[one.span[0] : one.span[1]]) for one in answer.trace}
    assert ("who", "Tom") in seen
    assert ("why", "a cold") in seen
    assert ("when", "Thursday") in seen
    assert all(0 <= one.certainty <= 1 for one in answer.trace)


@pytest.mark.parametrize(
    ("text", "asked", "rule"),
    [
        ("I think he's bunking. Phone going to voicemail", "absence", "nobody has the child"),
        ("Tom had to go back for his epipen, don't mark him late", None, "of a mark in the register"),
        ("leave me alone i told 2 of you", "absence", "only complains"),
        ("Tom has a cold", None, None),
    ],
)
def test_a_rule_of_plain_words_that_made_the_kind_is_named(text: str, asked: str | None, rule: str | None) -> None:
    named = [one.what for one in read(text, asked=asked, explain=True).trace if one.what.startswith("by the rule")]
    assert named == ([f"by the rule: {rule}"] if rule else [])


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ("w off", "off"),
        ("w off @absence", "off"),
        ("ww set off", "set off"),
        ("w_w <child> off", "Tom set off"),
        ("begins <child>", "Tom"),
        ("hit kind:present", "set off"),
        ("hit kind:present / set off", "set off"),
        ("ww ^ <child>", "Tom"),
    ],
)
def test_a_ground_points_to_the_parents_own_words(thing: str, words: str) -> None:
    one = "this word" if " " not in words else "these words"
    assert grounds("Tom set off at 8", spoken((thing, 1.0)), "absence") == [(f"present, for {one}", words)]


def test_a_word_is_named_for_its_neighbourhood() -> None:
    _, fine = next((thing.split(" ") for thing in judged("Tom has a fever")[1] if thing.startswith("f f")), ("", ""))
    found = grounds("Tom has a fever", spoken((f"f {fine}", 1.0)))
    assert found
    assert all(words in "Tom has a fever".split() for _, words in found)


def test_what_stands_at_one_place_counts_together_and_is_named_once() -> None:
    strong = spoken(
        ("w set", 0.6), ("ww set off", 0.5), ("ww <child> set", 0.4), ("hit kind:present", 0.45), ("w at", 0.1)
    )
    found = grounds("Tom set off by bike", strong)
    assert [words for _, words in found] == ["set off"]


def test_no_more_than_three_grounds_and_none_that_is_not_there() -> None:
    many = spoken(*((f"w {word}", 1.0) for word in ("tom", "i", "am", "very", "tired", "today", "so", "sorry")))
    assert len(grounds("i am very tired so sorry", many)) == 3
    assert (
        grounds("i am tired", spoken(("known nothing", 2.0), ("always", 3.0), ("w absent", 1.0), ("day none", 1.0)))
        == []
    )


def test_our_question_is_a_ground_too() -> None:
    assert grounds("no", spoken(("asked confirm", 1.0)), "absence") == [("present, for what we had asked", "")]


def test_the_strongest_grounds_of_real_weights_are_words_that_a_person_would_name() -> None:
    text = "Tom has a fever and was sick all night"
    verdict, things = judged(text)
    spoke = what_spoke(verdict, things, "absence", "I")
    assert [(one.layer, one.answer) for one in spoke] == [("kind", "absence"), ("why", "I")]
    assert spoke[1].sure == verdict.several["reason"]["I"]
    assert {words for what, words in grounds(text, spoke) if what.startswith("I, ")} & {"a fever", "fever", "sick"}


def test_a_flag_says_which_words_raised_it() -> None:
    text = "his stepdad hit him with a belt again"
    verdict, things = judged(text)
    found = grounds(text, what_spoke(verdict, things, "absence", flags=("safeguarding",)))
    raised = [words for what, words in found if what.startswith("safeguarding")]
    assert any("hit" in words or "belt" in words for words in raised), found


def test_without_grounds_the_trace_is_the_layers_alone() -> None:
    seen = look(written("Tom is ill"), CALENDAR).reading
    assert trace_of(seen, "absence", 0.9)[-1] == Seen("kind", (0, 10), "absence", 0.9)
