"""Words of a reason that mean another one where they stand; reasons.csv measures the plain ones."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

ASKED = "2026-11-10T09:20"


def code(text: str, asked: str | None = "absence") -> str | None:
    return read(text, ASKED if asked else "2026-11-10T08:00", "Kit:9", asked).reports[0].code


@pytest.mark.parametrize(
    "text",
    [
        "Eid was yesterday but his cousins are still here so he is staying home",
        "Eid was on Friday but the family is still visiting so he's off today",
        "Diwali is on Saturday only but his aunt has come over from Nairobi, he wants the day with her",
        "nothing to do with Eid, his uncle's over from Dubai for the day",
        "Hanukkah's over but my parents are only here till tonight so he's with them",
    ],
)
def test_a_visit_is_no_festival(text: str) -> None:
    assert code(text) in ("O", "C", "G")


@pytest.mark.parametrize(
    "text",
    [
        "Eid today so he's off, cousins are here",
        "Eid was announced late so he's off today for prayers",
        "Yom Kippur today, fasting and at synagogue",
        "It is Diwali today so Kit will be at home with family",
        "Eid prayers then lunch at grandparents so no school today",
    ],
)
def test_a_festival_is_one(text: str) -> None:
    assert code(text) == "R"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Please can Kit have Thursday morning off, pageboy suit fitting for my sisters wedding. back for lunch", "O"),
        ("kilt fitting Thursday afternoon for my brother's wedding, can Kit finish at 1", "O"),
        ("suit fitting for the wedding tomorrow so Kit will miss the morning", "O"),
        ("Friday off for Kit please, my sister's getting married and he's page boy", "C"),
        ("Kit is having his hearing aid fitted on Friday morning", "M"),
    ],
)
def test_clothes_are_fitted_before_the_wedding(text: str, meant: str) -> None:
    assert code(text, None) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kit's got a test today and he's dying, can he do it tomorrow? keeping him in bed", "I"),
        ("he's got his mocks today but he's dying, I've sent him back to bed", "I"),
        ("he's absolutely dying with this cold, sending him back to bed", "I"),
        ("his aunt is dying and we are driving to Cardiff to be with her", "C"),
        ("grandad is slipping away and he wants to be with him", "C"),
        ("Kit and I are with his mammy, she's very near the end, he will be back when he can", "C"),
        ("the family have been called in to see grandad for the last time", "C"),
        ("we're near the end of term and he's shattered, day off", "O"),
    ],
)
def test_who_is_dying(text: str, meant: str) -> None:
    assert code(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("he has stopped at his dads because he missed the last train, back tomorrow", "O"),
        ("we missed our last bus home so he won't be in until tomorrow", "O"),
        ("Kit stayed at his nans because they missed the last bus home, not in today", "O"),
        ("trains are all cancelled, strike, kit can't get in", "Y2"),
        ("no trains running at all because of the snow so he's at home", "Y2"),
    ],
)
def test_a_train_that_is_missed_was_running(text: str, meant: str) -> None:
    assert code(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "some lads are waiting for him outside the gates so he's stopping with me",
        "they filmed him in the showers, he's not doing PE or school today",
        "those boys have threatened to stab him so he's staying home",
        "says if I make him go in he'll do something stupid, I've hidden the tablets",
        "sports day, they laughed at him last time, I'm not putting him through it, he's off",
    ],
)
def test_fear_is_never_a_reason_of_its_own(text: str) -> None:
    assert code(text) in ("N", "I")


@pytest.mark.parametrize("text", ["he's refusing to come in, just being stubborn", "he hates maths and won't budge"])
def test_a_whim_is(text: str) -> None:
    assert code(text) == "O"


@pytest.mark.parametrize(
    "text",
    [
        "my anxiety is through the roof and I can't leave the house, sorry",
        "my mental health is bad and I couldn't get him there today",
        "I've had a migraine since last night so he's not in",
        "my depression is really bad this week, he'll be in tomorrow",
        "Mum here, I've got a temp of 39 and no one to bring Kit",
        "Not well myself so keeping Kit home with me",
        "I have been sick all night, Kit won't be in",
        "I was up with a bad tooth and slept through, Kit off today",
        "My epilepsy is playing up and I can't walk him in on my own",
        "I've got what Kit had so can't bring him, he's fine",
        "I broke my ankle yesterday, can't do the school run",
    ],
)
def test_the_writers_own_illness_is_not_the_childs(text: str) -> None:
    assert code(text) in ("O", "N")


@pytest.mark.parametrize(
    "text",
    [
        "I have covid and so does he",
        "me and Kit both have the bug",
        "I've been up all night with him, temp of 40",
        "I think he has tonsillitis",
        "I have a poorly boy here, temperature",
        "my little boy has a temperature",
        "my eldest is really ill",
        "I have got a bad back and his stomach is bad too so home today",
        "his mental health is bad today, I couldn't get him out of bed",
        "I've got a cold and he has it too",
    ],
)
def test_the_childs_beside_it_is(text: str) -> None:
    assert code(text) == "I"


@pytest.mark.parametrize(
    "text",
    [
        "too hot for him in that mobile classroom, keeping him at home",
        "it was 31 degrees in his classroom yesterday so he's stopping in the garden",
        "This heat is too much for him, he's in the paddling pool at home today",
        "boiling out there, keeping him in the shade at home",
        "34 degrees and no fans, no thanks, staying home",
        "not sending him in this heat sorry",
        "red weather warning for heat, keeping Kit home",
        "Kit is joining the climate strike today. We support him",
        "didnt fancy double maths apparently",
    ],
)
def test_the_heat_of_the_day_and_a_whim_are_no_illness(text: str) -> None:
    assert code(text) == "O"


@pytest.mark.parametrize(
    "text",
    [
        "he's boiling hot, 39 degrees",
        "too hot to touch and shivering",
        "he's got heat stroke from yesterday",
        "this heat has set his asthma off",
        "his eczema is bad in the heat, staying home",
        "the heat gave him a migraine, off today",
        "40 degrees, calpol not touching it",
        "Kit's like an oven, calpol and bed",
        "I couldn't be bothered to text, he's got a bug",
        "marched in the parade on Sunday, now has a cold. off",
    ],
)
def test_the_heat_of_a_fever_is_one(text: str) -> None:
    assert code(text) == "I"


def test_who_could_not_be_bothered_has_no_better_reason() -> None:
    draft = {"children": ["c1"], "code": "N", "first_day": "2026-11-10", "session": "day"}
    said = read("just couldnt be bothered", ASKED, "Kit:9", "reason", draft)
    assert [report.code for report in said.reports] == ["O"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("taking him to see the nurse about his rash at 9", "M"),
        ("Kit saw the doctor about his cough, it's a virus, off today", "I"),
        ("I'm worried about his cough so he's staying home", "I"),
        ("I am concerned about his temperature, not sending him", "I"),
        ("I have a hospital scan about my back so cant bring him", "O"),
    ],
)
def test_what_somebody_is_seen_about_is_no_illness_of_today(text: str, meant: str) -> None:
    assert code(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("My sister flies in from Sydney tomorrow so Kit's off to meet her at Heathrow", "O"),
        ("we're picking up my mum from Manchester airport Friday, he'll be off", "O"),
        ("got to collect his gran off the ferry at Holyhead today, Kit's with me", "O"),
        ("Cousins landing from Lagos this morning, whole family's off to Gatwick to greet them", "O"),
        ("taking grandma to the airport so Kit wont be in", "O"),
        ("we collect my parents from Stansted in the morning so no school for Kit", "O"),
        ("we fly to Malaga tomorrow, back Monday", "G"),
        ("meeting his dad in Spain, flying Thursday", "G"),
        ("his dad is flying over with him to Ireland for the week", "G"),
        ("taking Kit to Cyprus, flight from Gatwick tomorrow", "G"),
        ("we're getting a taxi to the airport at 4, off to Turkey till Monday", "G"),
    ],
)
def test_who_is_met_at_an_airport_travels_and_not_the_child(text: str, meant: str) -> None:
    assert code(text, None) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the escort's off sick so the taxi won't take him", "Y1"),
        ("bus driver was taken ill, no bus", "Y1"),
        ("his carer has flu so nobody to get him dressed", "O"),
        ("his teacher's off sick so he says he's not coming", "O"),
        ("our childminder is poorly so I've no way to get him in", "O"),
        ("teacher says he's ill so I collected him", "I"),
        ("taxi driver said he was sick in the cab so he's turned round", "I"),
        ("his carer says he has a rash", "I"),
        ("childminder rang, he's got a temperature", "I"),
    ],
)
def test_the_illness_of_a_helper_is_not_the_childs(text: str, meant: str) -> None:
    assert code(text, None) == meant


@pytest.mark.parametrize(
    ("text", "is_ill"),
    [
        ("i cant cope anymore hes kicked me again this morning and wont get in the car", False),
        ("we are not coping, he wont get in the car", False),
        ("Kit cant cope today, so anxious, keeping him home", True),
        ("he is not coping, keeping him off", True),
    ],
)
def test_a_parent_who_cannot_cope_is_no_illness_of_the_child(text: str, is_ill: bool) -> None:
    assert (code(text, None) == "I") is is_ill


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kit won't be in today, he is in police custody", "Y5"),
        ("Kit off today. He's in a cell at the police station", "Y5"),
        ("Kit's dad is in custody so he's upset and staying off today, custody hearing this morning", "C"),
        ("Kit won't be in today, the police have taped off the road", "Y7"),
        ("Kit not in today the fire brigade won't let us out of the block", "Y7"),
        ("Kit not in, we can't leave till the plumber has been", "O"),
        ("Kit is off today because the health protection team says he has to stay home", "Y6"),
        ("Kit has measles, public health rang us. He won't be in today", "I"),
        ("Kit won't be in today as we're showmen and we're moving on to the next fair", "T"),
        ("Kit won't be in today, it's the school fair and he hates it", "O"),
        ("Kit off today, we're going to the circus", "O"),
        ("Kit won't be in today, he's with his home tutor from the council", "K"),
        ("No Kit today, it's his day at the special school", "D"),
        ("Kit off today, the police are telling everyone not to travel", "Y2"),
        ("ill explain when I see you, Kit wont be in today", "N"),
    ],
)
def test_a_reason_that_is_seldom_given_is_taken_at_its_words(text: str, code: str) -> None:
    assert [report.code for report in read(text, children="Kit:8").reports] == [code]
