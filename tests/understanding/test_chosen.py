"""Children that plain words choose: the rest of a family, the other one, a name put in place of another one."""

from __future__ import annotations

import pytest

from bot.understanding import Understanding
from tests.understanding.measured import DRAFT
from tests.understanding.reading import read

THREE, TWO, FOUR = "Ned:3 Polly:5 Fay:1", "Ned:5 Polly:8", "Al:1 Bea:3 Cal:6 Jade:10"


def told(answer: Understanding) -> dict[str, str | None]:
    return {child: report.code for report in answer.reports for child in report.children}


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("Only Alma today. The other two have a sickness bug", "Hugo:1 Iris:4 Alma:7", ["c1", "c2"]),
        ("just Alma in today, other two full of cold", "Hugo:1 Iris:4 Alma:7", ["c1", "c2"]),
        ("Only Ned in today. Polly's got tonsillitis", TWO, ["c2"]),
        ("only sending Ned today, the other one has been sick all night", TWO, ["c2"]),
        ("Ned's the only one coming in, other two have temperatures", THREE, ["c2", "c3"]),
        (
            "Polly's been coughing since Saturday and Fay's joined in, Ned's the only one I can send",
            THREE,
            ["c2", "c3"],
        ),
        ("Fay has had a tummy bug and now Polly's caught it, Ned is the only one fit for school", THREE, ["c2", "c3"]),
        ("two out of three with chickenpox, Ned is the lucky one", THREE, ["c2", "c3"]),
        ("polly's got a bug and now fays joined in, neds the only one I can send", THREE, ["c2", "c3"]),
        ("2 of 3 down with the bug, ned the lucky one", THREE, ["c2", "c3"]),
        ("Three out of four have flu, only Ned has escaped", f"{THREE} Tom:7", ["c2", "c3", "c4"]),
        ("Polly's the only one off, migraine", THREE, ["c2"]),
        ("Only Ned is ill, the other two are fine", THREE, ["c1"]),
        ("Only Ned off today, other two are in, he has a cold", THREE, ["c1"]),
        ("only Ned today please excuse him he has a cold", TWO, ["c1"]),
        ("Just Polly today, she has a temperature", TWO, ["c2"]),
        ("Ned's the lucky one today, he's got the dentist at 2. Polly in", TWO, ["c1"]),
        ("sorry, Ned is ill, and so is Polly", TWO, ["c1", "c2"]),
    ],
)
def test_the_rest_of_the_family(text: str, children: str, meant: list[str]) -> None:
    assert sorted(told(read(text, children=children))) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ned off Thursday for a college interview, no sorry that's Polly. Ned normal", ["c2"]),
        ("ned is ill today. sorry i mean polly", ["c2"]),
        ("ned poorly. oops polly i mean", ["c2"]),
        ("Ned has a temperature, no wait it's Polly, ned is fine", ["c2"]),
        ("polly wont be in, bad cough. Sorry meant Ned not Polly", ["c1"]),
        ("Ned off with a cold, sorry that's Polly's cold he's got", ["c1"]),
        ("Ned off sick. Sorry this is Polly's mum", ["c1"]),
        ("Ned is ill. Sorry, it's Polly too", ["c1", "c2"]),
    ],
)
def test_a_name_in_place_of_another_one(text: str, meant: list[str]) -> None:
    assert sorted(told(read(text, children=TWO))) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no its the other one", ["c2"]),
        ("wrong twin", ["c2"]),
        ("you've mixed them up, it's the other twin", ["c2"]),
        ("wrong child, it's the other one that's ill", ["c2"]),
        ("yes and polly now too", ["c1", "c2"]),
        ("yes and polly the same now", ["c1", "c2"]),
        ("yes, polly same", ["c1", "c2"]),
        ("yes plus polly", ["c1", "c2"]),
        ("its both of them not just ned", ["c1", "c2"]),
    ],
)
def test_another_child_than_we_read_back(text: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T09:40", "Ned:7 Polly:7", "confirm", DRAFT)
    assert (answer.intent, sorted(told(answer))) == ("absence", meant)


@pytest.mark.parametrize(
    "text",
    [
        "yes thats right for Ned, Polly is in",
        "yes neds right, polly is in school",
        "Yes correct. Polly is at school",
        "yes but polly is in",
        "wrong, it's more of a cough but yes back thursday",
    ],
)
def test_a_yes_with_news_of_the_well_one_is_a_yes(text: str) -> None:
    answer = read(text, "2026-11-10T09:40", TWO, "confirm", DRAFT)
    assert (answer.intent, answer.reports, answer.urgent) == ("confirm", (), False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no friday", "return"),
        ("yes right but he'll be back friday", "return"),
        ("no its a dentist appointment", "absence"),
    ],
)
def test_a_yes_or_no_with_something_new_is_none(text: str, intent: str) -> None:
    assert read(text, "2026-11-10T09:40", TWO, "confirm", DRAFT).intent == intent


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("polly. sorry, i put P, they're both P", ["c2"]),
        ("perry. my mistake both of mine start with P", ["c1"]),
        ("Polly sorry, both of them have the same initials", ["c2"]),
        ("both of them", ["c1", "c2"]),
        ("Perry. and Polly, both off", ["c1", "c2"]),
    ],
)
def test_a_name_first_answers_which_child(text: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T09:40", "Perry:9 Polly:6", "child", {**DRAFT, "children": []})
    assert sorted(told(answer)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("strange, Ned's in. It's Polly who's off. I dropped him myself at breakfast club", ["c1", "c2"]),
        ("You've got the wrong one, Polly's the one at home, Ned went in at 8.30", ["c1", "c2"]),
        ("he got the 8.10 bus with Polly, so if she is in he is", ["c1"]),
        ("Ned caught the train with Polly this morning. Is Polly in?", ["c1"]),
        ("Ned walked in with Polly at 8.20. If Polly's there he must be", ["c1"]),
        ("Ned and Polly both got on the bus at 8", ["c1"]),
    ],
)
def test_whose_place_was_asked(text: str, meant: list[str]) -> None:
    answer = read(text, "2026-11-10T09:20", TWO, "absence")
    assert (answer.intent, answer.urgent, sorted(told(answer))) == ("present", True, meant)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("you only asked about ned but polly is off as well, same bug", {"c1": "I", "c2": "I"}),
        ("polly has it too, same rash as ned", {"c1": "I", "c2": "I"}),
        ("Ned has the dentist, polly is off as well with a bug", {"c1": "M", "c2": "I"}),
        ("he hurt his knee at football one of the lads kicked him", {"c1": "I"}),
        ("she's in bed, one of the girls gave her a cold", {"c1": "I"}),
    ],
)
def test_of_whom_we_asked_and_the_other_one(text: str, codes: dict[str, str]) -> None:
    assert told(read(text, "2026-11-10T09:20", TWO if "she" not in text else "Polly:8 Ned:5", "absence")) == codes


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("The 3 little ones are staying home with sickness, Jade is making her own way in", FOUR, ["c1", "c2", "c3"]),
        ("3 little uns off with nits, big un on her way in", FOUR, ["c1", "c2", "c3"]),
        ("the two youngest are stopping here today, nits, Jade's getting the bus", "Al:1 Bea:3 Jade:10", ["c1", "c2"]),
        ("2 little uns off with nits, big un on her way in", "Al:1 Bea:3 Jade:10", ["c1", "c2"]),
        ("the little ones are off with a bug", "Al:1 Bea:3 Jade:10", ["c1", "c2"]),
        ("the little ones are off with a bug, Al is in", "Al:1 Bea:3 Jade:10", ["c2", "c3"]),
        ("the three big ones are off today with flu, Al is in", FOUR, ["c2", "c3", "c4"]),
        ("little one is off with a bug", "Al:1 Bea:3 Jade:10", ["c1"]),
        ("every one of us has the bug, all off", "Al:1 Bea:3", ["c1", "c2"]),
        ("every last one of them is off with a bug", "Al:1 Bea:3 Jade:10", ["c1", "c2", "c3"]),
        ("the little ones are off with a bug", FOUR, []),
        ("one of them is off with a bug", "Al:1 Bea:3", []),
        (
            "tummy bug here. the little ones are stopping with us today, Jade went in",
            "Al:1 Bea:3 Jade:10",
            ["c1", "c2"],
        ),
    ],
)
def test_children_by_size_and_number(text: str, children: str, meant: list[str]) -> None:
    assert sorted(told(read(text, children=children))) == meant


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("jo sick max sick nora says shes sick but shes coming", "Jo:1 Max:4 Nora:6", ["c1", "c2"]),
        ("holly sick ivy sick, noel is coming", "Holly:1 Ivy:4 Noel:6", ["c1", "c2"]),
        ("ben ill, tia ill, leo moaning but he's on his way", "Ben:1 Tia:4 Leo:6", ["c1", "c2"]),
        ("Ben coughing Tia coughing Leo pretending to cough and is coming in", "Ben:1 Tia:4 Leo:6", ["c1", "c2"]),
        ("Ben temp Tia temp Leo fine", "Ben:1 Tia:4 Leo:6", ["c1", "c2"]),
        ("jo poorly max swinging the lead but he's coming", "Jo:1 Max:4", ["c1"]),
        ("Ben's got the sniffles but I'm sending him. Tia has tonsillitis, no school", "Ben:10 Tia:8", ["c2"]),
        ("Ben's a bit snotty but coming in, Tia's temperature is 39 so she's not", "Ben:10 Tia:8", ["c2"]),
        ("ben had a cold last week but fine now. tia has it and is off", "Ben:10 Tia:8", ["c2"]),
        ("Ben says he's ill too but he's only copying Tia, she has a temperature", "Ben:10 Tia:8", ["c2"]),
        ("violets got a bad wrist off gymnastics, robs fine. violets back tomorrow", "Violet:4 Rob:1", ["c1"]),
        ("scarlets full of cold, teddy is in", "Scarlett:4 Teddy:1", ["c1"]),
        ("scarlet has a rash on her arms, teddys ok", "Scarlett:4 Teddy:1", ["c1"]),
        ("Jenson has a rash, teddys ok", "Jensen:4 Teddy:1", ["c1"]),
        ("scarlet fever I'm afraid. Teddy", "Scarlett:4 Teddy:1", ["c2"]),
        ("Teddy's come out in a rash, doctor says scarlet fever", "Scarlett:4 Teddy:1", ["c2"]),
    ],
)
def test_some_are_ill_and_one_comes(text: str, children: str, meant: list[str]) -> None:
    assert sorted(told(read(text, children=children))) == meant


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nell's hot and grumpy, medicine isn't working. Ike can come but I'll be late, 9.30", {"c1": None, "c2": "I"}),
        ("nell burning up. ike will be in but late, half nine ish", {"c1": None, "c2": "I"}),
        ("Nell has been sick. I'll be late with Ike, waiting for my mum to sit with her", {"c1": None, "c2": "I"}),
        ("Nell poorly so Ike might be a bit late, 9.15", {"c1": None, "c2": "I"}),
        ("Both late today, puncture, 9.30", {"c1": None, "c2": None}),
        (
            "Nell's been sick, I'm keeping her off. Ike's on work experience at the vets all week",
            {"c1": "W", "c2": "I"},
        ),
        ("Ike's on placement at the garage today. Nell has a migraine so is off", {"c1": "W", "c2": "I"}),
        ("ike has football trials with the county today, nell's off sick", {"c1": "P", "c2": "I"}),
        ("Nell off with a bug. Ike has no clean uniform so he's off as well", {"c1": "O", "c2": "I"}),
        ("Ike is suspended until Thursday, nell's off sick", {"c1": "E", "c2": "I"}),
        ("Ike was on work experience last week, Nell is ill", {"c2": "I"}),
        ("Ike broke his wrist on the trampoline. Nell is ok and will be in", {"c1": "I"}),
    ],
)
def test_two_children_with_two_fates(text: str, codes: dict[str, str | None]) -> None:
    answer = read(text, children="Ike:10 Nell:8")
    assert told(answer) == codes
    assert answer.intent == ("absence" if any(codes.values()) else "late")


@pytest.mark.parametrize(
    ("text", "children", "meant"),
    [
        ("boys are off, flu. Rosa in", "Rosa:3 Luca:5 Nico:8", ["c2", "c3"]),
        ("girls in, boys off with sickness", "Rosa:3 Luca:5 Nico:8", ["c2", "c3"]),
        ("Girls are fine, boys have both got temps", "Rosa:3 Ella:1 Luca:5 Tom:8", ["c3", "c4"]),
        ("the girls are poorly, boys in school", "Rosa:3 Ella:1 Luca:5 Tom:8", ["c1", "c2"]),
        ("just the boys today, Rosa's got tonsillitis", "Rosa:3 Luca:5 Nico:8", ["c1"]),
        ("the boys but not Rosa have headlice so staying off today", "Rosa:3 Luca:5 Nico:8", ["c2", "c3"]),
        ("everyone bar Rosa is ill, she's coming in", "Rosa:3 Luca:5 Nico:8", ["c2", "c3"]),
        ("everyone but Nico has the bug, he's on the bus", "Rosa:3 Luca:5 Nico:8", ["c1", "c2"]),
        ("they're all in except Nico, he's got a migraine", "Rosa:3 Luca:5 Nico:8", ["c3"]),
        ("all fine and at school bar Nico, who has a temp", "Rosa:3 Luca:5 Nico:8", ["c3"]),
        ("she's got a temp, he's in", "Rosa:3 Luca:5", ["c1"]),
        ("he's sick, she's on her way", "Rosa:3 Luca:5", ["c2"]),
        ("she's sick and he's got it too", "Rosa:3 Luca:5", ["c1", "c2"]),
        ("Luca and Rosa are both full of cold but only Luca is staying off", "Rosa:3 Luca:5", ["c2"]),
        ("both been sick but just Rosa is staying home today", "Rosa:3 Luca:5", ["c1"]),
        ("not only Luca is off, Rosa has it as well", "Rosa:3 Luca:5", ["c1", "c2"]),
        ("only Luca is home, tummy bug", "Rosa:3 Luca:5", ["c2"]),
    ],
)
def test_boys_and_girls_and_all_but_one(text: str, children: str, meant: list[str]) -> None:
    assert sorted(told(read(text, children=children))) == meant


@pytest.mark.parametrize("text", ["same as Luca yesterday, sick", "she's got what Luca had last week"])
def test_who_is_only_compared_is_not_reported(text: str) -> None:
    assert told(read(text, "2026-11-10T09:20", "Rosa:3 Luca:5", "absence")) == {"c1": "I"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no neither, its their cousin", "reject"),
        ("no, neither of them", "reject"),
        ("yes, neither will be in", "absence"),
    ],
)
def test_neither_is_a_no(text: str, intent: str) -> None:
    assert read(text, "2026-11-10T09:40", TWO, "confirm", {**DRAFT, "children": ["c1"]}).intent == intent
