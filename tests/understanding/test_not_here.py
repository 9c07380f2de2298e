"""A contact who has not got the child gives no reason: somebody else has to be asked, at once."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "he isnt with me, its Katrinas week",
        "Tom is not with me",
        "I havent got him",
        "not with me, he should be with his mum",
    ],
)
def test_who_has_not_got_the_child_reports_no_absence(text: str) -> None:
    assert read(text).intent == "other_parent"


@pytest.mark.parametrize(
    "text", ["Tom is ill, he is not with me but his nan has told me", "I haven't got him up yet, he has been sick"]
)
def test_a_reason_beside_it_is_a_report(text: str) -> None:
    assert [report.code for report in read(text).reports] == ["I"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no idea ive been at work since 6", "missing"),
        ("the childminder takes him", "present"),
        ("childminder was bringing him this morning, i will ring her", "present"),
    ],
)
def test_who_only_supposes_where_the_child_is_gives_no_reason(text: str, kind: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == (kind, True)


@pytest.mark.parametrize("asked", ["absence", "reason"])
@pytest.mark.parametrize(
    "text",
    [
        "he was still in bed when i left for work",
        "she was getting ready when I left",
        "was asleep when we left this morning",
        "Tom was up and dressed when i went to work",
    ],
)
def test_who_tells_only_when_the_child_was_seen_last_does_not_know(text: str, asked: str) -> None:
    told = read(text, asked=asked)
    assert told.intent in ("missing", "other_parent")
    assert told.urgent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he was still being sick when i left for work", "absence"),
        ("was fine when i left this morning but nan says hes been sick", "absence"),
        ("he was still in bed with a temperature when i left", "absence"),
        ("he was late when i left, he will be in by 10", "late"),
        ("He was fine when i left him at the childminders", "present"),
    ],
)
def test_what_is_said_beside_it_counts(text: str, kind: str) -> None:
    assert read(text, asked="absence").intent == kind


def test_ill_at_the_childminders_is_ill() -> None:
    told = read("left her with the childminder this morning, she has a temperature so not in", asked="absence")
    assert [report.code for report in told.reports] == ["I"]


@pytest.mark.parametrize("sent", ["2026-11-10T09:20", "2027-01-21T09:20"])
def test_who_has_moved_and_goes_there_no_more_has_left(sent: str) -> None:
    assert read("We have moved house, she doesnt go there anymore", sent, asked="absence").intent == "leaver"


def test_who_is_moving_house_today_is_away() -> None:
    assert read("we are moving house today so Tom wont be in", asked="absence").intent == "absence"


@pytest.mark.parametrize(
    "text",
    [
        "I dont know",
        "no idea",
        "idk",
        "no idea. ringing him",
        "dont know, ringing Tom now",
        "haven't got a clue sorry",
        "Honestly no idea, I'm at work",
        "not sure, let me ring him",
        "I'll call him and find out",
        "no idea why",
    ],
)
@pytest.mark.parametrize("sent", ["2026-11-10T09:20", "2027-01-20T13:50"])
def test_who_cannot_say_why_the_child_is_away_does_not_know_where_it_is(text: str, sent: str) -> None:
    told = read(text, sent, asked="absence")
    assert told.intent in ("missing", "other_parent")
    assert told.urgent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no idea when he's back but he has a cold", "absence"),
        ("I dont know when he'll be back", "absence"),
        ("idk ask his mum", "other_parent"),
        ("call me", "question"),
        ("I'll ring the school", "question"),
    ],
)
def test_other_things_that_somebody_does_not_know_are_no_alarm(text: str, kind: str) -> None:
    assert read(text, asked="absence").intent == kind


def test_when_the_child_is_back_may_be_unknown() -> None:
    told = read("I dont know", asked="return")
    assert (told.intent, told.urgent) == ("return", False)


@pytest.mark.parametrize(
    "text",
    [
        "She's with me, I fetched her at lunch",
        "he is here with me, he rang from the office so I picked him up from class",
        "Tom is at home with me, he walked out of class upset",
        "he's with me now but I know he should be in class",
    ],
)
def test_nobody_looks_for_a_child_who_is_with_the_writer(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("absence", False)


@pytest.mark.parametrize("text", ["is he not with me?? I dropped him at 8", "he was with me until 8 then he left"])
def test_one_who_was_with_the_writer_is_looked_for(text: str) -> None:
    assert read(text, asked="absence").intent in ("present", "missing")


def test_fetched_at_lunch_is_away_after_it() -> None:
    (report,) = read("She's with me, I fetched her at lunch", "2026-11-10T13:26", asked="absence").reports
    assert (report.session, report.return_day) == ("day", None)


@pytest.mark.parametrize(
    "text",
    [
        "with his dad since sunday hes supposed to be getting him in. try him",
        "with his dad since saturday, he's meant to be bringing him in. ring him",
        "he's at his dad's this week, ask him",
    ],
)
def test_whoever_has_the_child_is_asked_without_alarm(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("other_parent", False)


def test_who_has_taken_the_child_is_an_alarm() -> None:
    told = read("with his dad, he took him without my permission and is going abroad", asked="absence")
    assert (told.urgent, told.safeguarding) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "She told me it is inset day for year 9 only, she is here in bed. Is it not true?? I bring her now",
        "He said he told me it was non uniform, he's gone back to change, 10 minutes",
    ],
)
def test_what_a_child_told_of_the_school_is_no_secret(text: str) -> None:
    assert not read(text, "2026-11-10T09:20", "Tom:9", "absence").safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "sent him in with a bad tummy, is he ok",
        "i sent him in this morning, he had a bit of a cold but was ok",
        "he had a bad tummy but I sent him anyway",
        "He's gone in with a headache",
        "he wasnt well but insisted on going in",
        "he got the bus, bit poorly though",
        "she had a sore throat but I made her come in",
    ],
)
def test_a_child_who_set_off_unwell_is_looked_for_and_not_ill_at_home(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("present", True)
    assert read(text, "2026-11-10T08:10").intent == "question"


@pytest.mark.parametrize(
    "text",
    [
        "didn't send him in, bad tummy",
        "I would have sent him in but he was sick",
        "I sent him in but he came back home poorly",
        "sent him in yesterday, today hes burning up",
        "temperature dropped but still off today",
        "he got off the bus and was sick so we turned round",
        "dropped a heavy box on his foot, cant walk",
        "took him in to be checked, he has an ear infection",
    ],
)
def test_a_child_who_never_went_or_came_back_is_ill(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", ["I"])


@pytest.mark.parametrize(
    "text",
    [
        "shes at the walk in centre with me, came off her bike on the way",
        "we are at A&E with him, fell off his bike on the way",
        "hospital with him, knocked his tooth out on the way to school",
    ],
)
def test_who_was_hurt_on_the_way_is_not_on_it(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", ["I"])


@pytest.mark.parametrize("text", ["he's on his way, been to the doctors", "Tom missed the bus, we are on the way"])
def test_who_is_on_the_way_is_late(text: str) -> None:
    assert all(report.return_day is None or report.session == "am" for report in read(text, asked="absence").reports)


@pytest.mark.parametrize(
    "text",
    [
        "havent seen him since sunday hes at his dads",
        "I've not seen him since Friday, its his dads weekend",
        "haven't seen him this week, he is with his mum",
        "I have not spoken to Tom since Saturday, he's been staying at his dad's",
        "not seen him all week its his mums turn",
        "Havent seen him since saturday, its his mums week",
        "havent seen Tom since monday hes with his mum till friday",
    ],
)
def test_not_seen_by_the_one_parent_and_with_the_other_is_no_search(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent, told.safeguarding) == ("other_parent", False, False)


@pytest.mark.parametrize(
    "text",
    [
        "havent seen him since sunday, he should be at his dads",
        "not seen him since last night, thought he was at his dads",
        "I haven't seen him since Friday, he's not at his dads",
        "haven't seen him since yesterday, he's at his dads but his dad isn't answering",
        "not seen him since this morning",
    ],
)
def test_not_seen_and_only_supposed_with_the_other_is_one(text: str) -> None:
    told = read(text, asked="absence")
    assert told.intent in ("missing", "other_parent")
    assert told.urgent


@pytest.mark.parametrize(
    "text",
    [
        "ive just looked in his room and he's not there. thought he'd gone to school. is he not in?",
        "ive just been up n his rooms empty. thought he'd gone to school. is he deffo not there",
        "his bed's empty, I assumed he'd gone to school",
        "not in the house, I thought he was at school. are you sure he isnt there?",
        "thought he was in school, he's not answering me",
        "assumed he was in school, his room's empty and so's his rucksack",
        "He's not in the house. I presumed he'd caught the bus",
        "he's not here, I thought he was with you",
    ],
)
def test_who_only_thought_the_child_gone_does_not_know_where_it_is(text: str) -> None:
    understood = read(text, "2026-11-10T09:20", "Tom:10", "absence")
    assert (understood.intent, understood.urgent) == ("missing", True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I thought he'd be there, he got on the school bus at 8", "present"),
        ("he should be there, I thought he was in. are you sure?", "present"),
        ("thought you knew, he's at the dentist", "absence"),
        ("He's not in his bed, he's on the sofa with a bucket. I thought I'd rung", "absence"),
        ("thought he had gone but he's still in bed, sorry, will send him now", "late"),
    ],
)
def test_a_thought_of_another_thing_stays_what_it_is(text: str, intent: str) -> None:
    assert read(text, "2026-11-10T09:20", "Tom:10", "absence").intent == intent


@pytest.mark.parametrize("text", ["not my day", "its not my week", "not my weekend with him"])
def test_whose_day_it_is_not_has_not_got_the_child(text: str) -> None:
    assert read(text, asked="absence").intent == "other_parent"


@pytest.mark.parametrize(
    "text",
    [
        "rang the office already",
        "phoned school earlier",
        "emailed you already",
        "see voicemail",
        "pls check your emails",
        "check your answerphone",
        "as per my email",
        "as per the voicemail I left this morning",
        "please see my earlier text",
        "as discussed with Mr Price",
        "I've explained all this to Mrs Khan",
        "it was in the email I sent last night",
        "have you not listened to the voicemail",
        "refer to my email of Friday",
    ],
)
def test_who_told_the_office_already_is_not_asked_why(text: str) -> None:
    understood = read(text, asked="absence")
    assert understood.intent == "absence"
    assert "reason" not in understood.ask


@pytest.mark.parametrize(
    ("text", "intent", "code"),
    [
        ("she's poorly as per my voicemail", "absence", "I"),
        ("please see email, she has a temperature", "absence", "I"),
        ("off to the dentist as discussed with Mrs Khan", "absence", "M"),
        ("tried ringing her, got the answerphone", "missing", None),
        ("her phone just goes to answerphone, no idea where she is", "missing", None),
        ("I got her answerphone, she should be in", "present", None),
    ],
)
def test_what_is_told_beside_a_voicemail_counts(text: str, intent: str, code: str | None) -> None:
    understood = read(text, children="Ella:8", asked="absence")
    assert understood.intent == intent
    assert [report.code for report in understood.reports] == [code]


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("Surely a mistake, he's got a maths test today he wouldnt miss", "Tom:9"),
        ("That can't be right, he went off happy this morning", "Tom:9"),
        ("must be wrong, it's his birthday and he was taking cakes in", "Tom:9"),
        ("Are you sure? He has football trials today, no way he'd miss it", "Tom:9"),
        ("That's not right. he's got an exam first thing", "Tom:11"),
        ("Are you certain? It's her turn for show and tell, no way she'd skip", "Ella:2"),
        ("This can't be right, it's mock week", "Tom:11"),
        ("some mistake surely", "Tom:9"),
    ],
)
def test_who_cannot_believe_it_thinks_the_child_in_school(text: str, child: str) -> None:
    understood = read(text, "2026-11-10T09:20", child, "absence")
    assert (understood.intent, understood.urgent) == ("present", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("my mistake, I thought I'd told you, he's ill", "I"),
        ("it's not right that you text me at work, he's got a cough", "I"),
        ("he's not right in himself", "I"),
        ("he would never miss a day unless he was really ill, temp 39", "I"),
        ("are you sure you didn't get my email? dentist at 9", "M"),
        ("no mistake, he's got flu", "I"),
    ],
)
def test_a_reason_beside_a_mistake_is_one(text: str, code: str) -> None:
    understood = read(text, "2026-11-10T09:20", "Tom:9", "absence")
    assert (understood.intent, [report.code for report in understood.reports]) == ("absence", [code])


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("sorry for not replying. hes at his nans, he'll be in on Monday", False),
        ("sorry I wasnt answering my phone, he is ill", False),
        ("apologies for not responding, Tom has a bug", False),
        ("sorry he is not answering his phone", True),
        ("I rang him and had no answer", True),
        ("he isnt replying to my texts", True),
    ],
)
def test_who_did_not_answer_us_is_not_missing(text: str, missing: bool) -> None:
    told = read(text, asked="absence")
    assert (told.intent == "missing", told.urgent) == (missing, missing)


@pytest.mark.parametrize(
    "text",
    [
        "no hes not, I dropped him back at his mums last night at 9",
        "not with me, dropped him at his mums at 7 this morning",
        "I took him home to his mum on Sunday",
        "handed him over to his mum last night",
    ],
)
def test_who_was_handed_to_the_other_parent_is_not_believed_in_school(text: str) -> None:
    told = read(text, "2026-11-10T09:30", asked="absence")
    assert (told.intent, told.reports) == ("other_parent", ())


@pytest.mark.parametrize(
    "text",
    [
        "dropped him at his nans at 8, she takes him to school",
        "I dropped him off with the teacher myself",
        "dropped him at school, he went in with his mums friend",
        "dropped him to his mums at 8 and she walks him in",
    ],
)
def test_who_was_taken_towards_school_is_looked_for(text: str) -> None:
    assert read(text, "2026-11-10T09:30", asked="absence").intent == "present"


@pytest.mark.parametrize(
    "text",
    [
        "No he isnt, its her week, he went back to hers sunday",
        "he went back to hers on sunday",
        "No he's at hers",
        "I dropped him back at hers on Sunday",
        "No she isnt, she's at her dad's",
        "I dont have him until friday",
        "not with me until Friday",
        "At his dad's for contact, back tomorrow",
        "With his mum this week, back with me Sunday",
    ],
)
def test_the_day_on_which_a_child_changes_homes_is_no_return_to_school(text: str) -> None:
    told = read(text, "2026-11-24T09:25", "Tom:8", asked="absence")
    assert (told.intent, told.reports) == ("other_parent", ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("He's poorly, its her week but he's stayed with me", ["I"]),
        ("its been a rough week for her, she is ill", ["I"]),
        ("he's not well, he was at his dads this weekend", ["I"]),
        ("he is not in, he is at his dads funeral", ["C"]),
    ],
)
def test_a_week_and_a_home_beside_a_reason_are_a_report(text: str, codes: list[str]) -> None:
    told = read(text, "2026-11-24T09:25", "Tom:8", asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", codes)


def test_at_home_with_the_other_parent_is_at_home() -> None:
    told = read("He's home with mum today, back tomorrow", "2026-11-24T09:25", "Tom:8", asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", ["N"])


@pytest.mark.parametrize("text", ["He's with the police", "he's at the police station", "the police have got him"])
def test_whom_the_police_have_is_in_custody(text: str) -> None:
    told = read(text, "2026-11-24T09:25", "Tom:8", asked="absence")
    assert (told.intent, [report.code for report in told.reports]) == ("absence", ["Y5"])


@pytest.mark.parametrize(
    "text",
    [
        "the police have got her phone, she is ill",
        "We're at the police station giving a statement, she's got to come with us",
        "He's got the police round this morning so he's staying home",
    ],
)
def test_police_beside_a_child_are_no_custody(text: str) -> None:
    told = read(text, "2026-11-24T09:25", "Tom:8", asked="absence")
    assert "Y5" not in [report.code for report in told.reports]
