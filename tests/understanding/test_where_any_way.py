"""Where a child is, said by the hundred: each sentence means what it was made from, at every hour, with and without
courtesies around it, in answer to our question and unasked.

Worst is a child for whom nobody looks: one thought to be in school, or that nobody can find, that is read as ill, late
or with somebody else. Next worst is a family that is frightened for nothing.
"""

from __future__ import annotations

import random
import re
from datetime import time
from typing import NamedTuple

import pytest

from tests.understanding.reading import read
from tests.understanding.ways import clock, some_school_day

_CHILDREN = (("Tom", "he"), ("Ella", "she"), ("Mohammed", "he"), ("Aisha", "she"), ("Ben", "he"), ("Poppy", "she"))
_FORMS = {"he": ("he", "him", "his"), "she": ("she", "her", "her")}
_BEFORE = ("", "", "", "Hi, ", "Sorry, ", "Hi ", "Morning. ", "Oh sorry ", "hiya ")
_BEHIND = ("", "", "", " thanks", " sorry", " x", ". Thanks")
_LEFT_AT = (time(7, 45), time(8, 0), time(8, 15), time(8, 20), time(8, 30))
_AT_NINE, _MORNING, _ALL_DAY, _NOON = ("09:20",), ("09:20", "11:00"), ("09:20", "11:00", "13:45"), ("13:45",)


class Said(NamedTuple):
    """Ways to say one thing: what each may be read as, whether it is a matter of minutes, and when it is written.

    {C} is the child, {he}, {him} and {his} it, {e} an early hour.
    """

    means: str
    urgent: bool
    at: tuple[str, ...]
    asked: bool
    ways: tuple[str, ...]


_SAID = {
    "left": Said("present", True, _ALL_DAY, True, (
        "{he} left at {e}", "{he} left the house at {e}", "{he} left for school as normal", "{he} left ages ago",
        "{he} set off at {e} with {his} bag", "{he} went out the door at {e}", "{he} left before I went to work",
        "{C} went off to school at {e} as usual",
    )),
    "brought": Said("present", True, _MORNING, True, (
        "I dropped {him} at the gate", "dropped {him} off at {e}", "{his} nan took {him} this morning",
        "I watched {him} go in", "Dropped {C} at breakfast club at 7.45", "I handed {him} to the teacher at the door",
        "ive literally just dropped {him} off", "this is {his} nan, I dropped {him} off at {e}",
    )),
    "on the bus": Said("present missing", True, _MORNING, True, (
        "{he} got on the bus", "{he} caught the {e} bus", "the taxi picked {him} up at {e}",
        "{he} got a lift with {his} friend's mum", "{he} walked with {his} mates",
        "this is {his} stepdad, {he} got the bus",
    )),
    "believed in school": Said("present", True, _MORNING, True, (
        "{he} should be in", "{he} is in school", "{he} definitely went in", "as far as I know {he}'s in school",
        "{he} is not absent", "{his} mate says {he}'s in maths", "{he} just texted me {he}'s in maths",
        "spoke to {him} and {he} says {he} got {his} mark", "what? {he} left at {e}", "is {he} not in school?",
        "Is {C} not in?", "teacher just rang, {he}'s there", "the teacher's found {him}",
    )),
    "back after noon": Said("present", True, _NOON, True, (
        "{he} went back after lunch", "{he} came home for lunch and went back at 1", "I took {him} back at 1",
        "{he} had dinner at home then went back",
    )),
    "not known where": Said("missing", True, _ALL_DAY, True, (
        "I don't know where {he} is", "dont know", "wish I knew", "{he}'s not here", "{he} should have come home",
        "{his} phone's going to voicemail", "cant get through to {him}", "I can't get hold of {him}",
        "no answer from {him}", "haven't seen {him} since last night", "{he} never came home",
        "we're looking for {him}", "{he}'s run off", "{he} jumped out the car at the lights and ran",
        "{he}'s not with me or {his} dad", "{he}'s not in {his} room",
    )),
    "sought, unasked": Said("missing", True, _MORNING, False, (
        "I can't get hold of {C}, did {he} get to school ok?", "can't find {C} anywhere", "{C} has gone missing",
        "{C} isn't answering {his} phone, is {he} with you?",
    )),
    "denied, unasked": Said("present", True, _MORNING, False, (
        "app says {C} absent but {he} is in school", "you've marked {C} absent but {he}'s there",
        "I've just had a message that {C} isn't in but I dropped {him} off",
        "just seen {C} is marked absent, {he} got the bus at {e}",
    )),
    "with another": Said("other_parent absence", False, _MORNING, True, (
        "{he}'s at {his} dad's", "ask {his} mum", "{his} nan has {him}", "childminder has {him}",
        "{his} gran's got {him}", "{C} is with the childminder", "I'm at work, ask {his} mum",
        "not my week, ring {his} mum",
    )),
    "with whoever writes": Said("absence late", False, _ALL_DAY, True, (
        "{he}'s here in bed", "{he}'s sat next to me", "{he} is at my house", "{he}'s in {his} room",
        "{he} is still in {his} bedroom", "{he}'s asleep upstairs", "I've kept {him} home", "{he} is at home with me",
    )),
    "fetched": Said("absence", False, _NOON, True, (
        "I've already picked {him} up", "I collected {him} at 12", "the nurse rang, I collected {him}",
        "i came and got {him} at dinner time", "{he} was sent home ill", "school rang me to collect {him}",
        "{he}'s been sent home with a temperature",
    )),
    "will not go in": Said("absence late", False, _AT_NINE, True, (
        "{he} refuses to get out of the car", "{he} got to the gates and wouldn't go in",
        "sat outside school with {him}, {he} won't budge", "{he}'s clinging to me at the gate",
        "I can't get {him} to come in",
    )),
    "a step away": Said("late", False, _AT_NINE, True, (
        "we're at the gates now", "just parking up", "just pulled up outside school now", "nearly there", "on our way",
        "coming through the gates now", "{he}'s on {his} way in now", "{C}'s just left, won't be long",
        "stuck in traffic", "traffic is awful", "{he} got the later bus", "be there shortly",
    )),
    "a step away, unasked": Said("late", False, _MORNING, False, (
        "we're at the gates now", "just parking up", "just pulled up outside school now", "nearly there", "on our way",
        "{C}'s just left, won't be long", "stuck in traffic", "{C} is on {his} way",
    )),
    "has left": Said("leaver", False, _MORNING, True, (
        "{C} has been deregistered", "{he} left at Christmas", "{C} is home educated now", "{he}'s no longer a pupil",
        "{C} goes to a different school now", "{he} doesn't go there anymore", "{he} was withdrawn last term",
        "please take {him} off your register, {he} has left", "{he} starts {his} new school today",
    )),
    "nobody's": Said("wrong_number", False, _MORNING, True, (
        "wrong number", "I don't know who {C} is", "I don't know any {C}", "never heard of {C}", "not my child",
        "there's no {C} here", "I think you want somebody else", "my kids are grown up",
    )),
}  # fmt: skip


def _made(said: Said, number: int, dice: random.Random) -> tuple[str, str, str]:
    """A sentence, when it was sent, and whose child."""
    name, pronoun = dice.choice(_CHILDREN)
    he, him, his = _FORMS[pronoun]
    way = said.ways[number % len(said.ways)]
    text = way.format(C=name, he=he, him=him, his=his, e=clock(dice.choice(_LEFT_AT), dice))
    if said.asked and dice.random() < 0.25:
        text = re.sub(rf"^{he}\b", name, text, count=1)
    before, behind = dice.choice(_BEFORE), dice.choice(_BEHIND)
    text = before + text + (behind if text[-1] != "?" else "")
    if dice.random() < 0.3:
        text = text[0].upper() + text[1:]
    return text, f"{some_school_day(dice)}T{dice.choice(said.at)}", name


@pytest.mark.parametrize("name", _SAID)
def test_where_a_child_is(name: str) -> None:
    said, dice, wrong = _SAID[name], random.Random(name), []
    for number in range(max(16, 3 * len(said.ways))):
        text, sent, child = _made(said, number, dice)
        told = read(text, sent, f"{child}:8", "absence" if said.asked else None)
        if told.intent not in said.means.split() or told.urgent != said.urgent:
            wrong.append(f"{sent} {text!r}: {told.intent}{' urgent' if told.urgent else ''}")
    assert wrong == []
