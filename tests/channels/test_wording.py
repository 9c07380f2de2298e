"""Every message, filled with the names that real classes have, and the grammar that fills them."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from messaging.segments import count
from messaging.wording import (
    Wording,
    WordingFault,
    clock,
    day_words,
    either,
    is_are,
    short_day,
    span_words,
    together,
    was_were,
    wording,
)

SCHOOL = "Twenty Letter School"  # the longest short name that a policy may have
PHONE = "01632 960123"
DAY = date(2026, 9, 30)

BASE: dict[str, Any] = {
    "school": SCHOOL,
    "phone": PHONE,
    "half": "pm",
    "day": DAY,
    "present": True,
    "check": True,
    "late": False,
    "arrives": time(9, 40),
    "first_day": DAY,
    "return_day": date(2026, 11, 30),
    "missing": ["dates", "reason"],
    "days": [date(2027, 5, 5), date(2027, 5, 7)],
    "question": "Whose wedding is it?",
    "why": "over",
    "reason": "message_to_read",
    "who": "S.B. 8B",
    "urgent": False,
    "detail": "",
    "link": "",
    "cases": 31,
    "due": 31,
    "sent": 29,
    "held": 2,
    "not_in": ["4K"],
    "nobody": 1,
    "looks": True,
    "files": ["card.docx", "film.mov"],
    "locked": False,
    "large": False,
    "did": "ack",
    "step": "tick",
    "at": time(9, 41),
    "lines": ["S.B. 8B: nobody reached"],
    "more": 0,
    "number": "112",
    "refused": "",
    "outcome": "answered_ill",
    "children": [{"number": "112", "who": "S.B. 8B"}, {"number": "113", "who": "M.B. 8B"}],
    "matters": [{"number": "112", "who": "S.B. 8B", "reason": "not_reached"}],
}

NEEDS: dict[str, set[str]] = {
    "absence.ask": {"school", "names", "half", "day"},
    "absence.ask_siblings": {"school", "names", "half", "day"},
    "absence.ask_other_contact": {"school", "names", "phone"},
    "absence.recorded": {"what"},
    "absence.which_child": {"names"},
    "absence.reason": {"names"},
    "absence.return": {"names"},
    "absence.confirm": {"what"},
    "absence.corrected": {"what"},
    "absence.stands": {"names", "phone", "looks"},
    "absence.danger": {"school", "phone"},
    "absence.looking": {"school", "phone", "at"},
    "absence.all_clear": {"school", "names", "present", "late"},
    "absence.settled_other_household": {"school", "names"},
    "absence.handed_to_staff": {"school", "phone"},
    "absence.passed_on": {"school", "phone"},
    "late.recorded": {"names", "arrives"},
    "absence.in_school": {"names", "at", "phone"},
    "late.here": {"names", "check", "phone"},
    "leave.received": {"names", "first_day", "return_day"},
    "leave.missing": {"names", "missing"},
    "leave.granted": {"school", "names", "first_day", "return_day"},
    "leave.refused": {"school", "phone", "names", "first_day"},
    "leave.granted_in_part": {"school", "phone", "names", "days"},
    "leave.extra_refused": {"school", "phone", "names", "return_day"},
    "leave.more": {"school", "names", "question"},
    "leave.not_possible": {"phone", "names", "why"},
    "leave.until_when": {"names"},
    "leave.longer": {"names", "return_day"},
    "leave.withdrawn": {"names", "first_day"},
    "leave.form": {"school", "link"},
    "leave.no_form": {"phone"},
    "leave.letter": {"school", "phone", "names"},
    "unknown_sender": {"school", "phone"},
    "email.not_kept": {"school", "phone", "files", "locked", "large"},
    "opt_out": {"school", "phone"},
    "help": {"school", "phone"},
    "staff.alert": {"school", "reason", "who", "urgent", "detail", "number", "link"},
    "telegram.invite": {"school", "link"},
    "telegram.linked": {"school", "phone"},
    "telegram.how": {"school", "phone"},
    "telegram.not_linked": {"school", "phone"},
    "telegram.share": set(),
    "telegram.words_only": {"school", "phone"},
    "staff.acted": {"who", "did", "at"},
    "staff.note": {"detail"},
    "staff.leave": {"step", "days"},
    "staff.board": {"school", "at", "lines", "more", "link"},
    "staff.chat": {"school"},
    "staff.taken": {"school", "at", "matters", "refused"},
    "staff.settled": {"school", "at", "who", "outcome", "number"},
    "staff.undone": {"school", "at", "who"},
    "staff.whose": {"school", "children", "more"},
    "staff.which": {"school", "matters", "more", "link"},
    "staff.none": {"school", "link"},
    "staff.summary": {"school", "half", "day", "cases", "due", "sent", "held", "nobody", "not_in", "link"},
}

FAMILIES: list[list[str]] = [
    ["Mo"],
    ["Łukasz"],
    ["D'Arcy-Anne"],
    ["Christopher"],
    ["Nina", "Maja"],
    ["Zoë", "Siân"],
    ["Olek", "Nina", "Maja"],
]

ALERTS = """not_reached no_contact believed_in_school missing safeguarding contradicted vulnerable_absent
afternoon_absence unaccounted register_missing discrepancy mass_send_held message_to_read sender_doubt
barred_contact_wrote unlisted_number number_bad opted_out not_returned not_settled delivery_outage leave_to_decide
leave_overdue leave_contradicted leave_taken morning_summary""".split()


def values(template: str, names: list[str]) -> dict[str, Any]:
    """What the template needs, and nothing else."""
    known = {**BASE, "names": names, "what": f"{together(names)} off ill today, back Thursday"}
    return {key: known[key] for key in NEEDS[template]}


def suits(template: str, names: list[str]) -> bool:
    """Some messages are for one child, some for several."""
    if template in ("absence.ask_siblings", "absence.which_child"):
        return len(names) > 1
    return not (template == "absence.ask" and len(names) > 1)


def test_the_templates_are_those_of_the_vocabulary() -> None:
    assert set(wording().names("en")) == set(NEEDS)


@pytest.mark.parametrize("names", FAMILIES, ids="-".join)
@pytest.mark.parametrize("template", sorted(NEEDS))
def test_every_template_renders_with_awkward_names_and_counts_its_parts(template: str, names: list[str]) -> None:
    if not suits(template, names):
        return
    words = wording().say(template, "en", **values(template, names))
    cost = count(words.text)
    assert (words.segments, words.encoding) == (cost.count, cost.encoding)
    foreign = set("".join(names)) & set("Łłëâ")
    if "names" in NEEDS[template] or "what" in NEEDS[template]:
        assert all(name in words.text for name in names)
        assert set(cost.doubling) == foreign  # what doubles the bill is a name, never our own wording
    else:
        assert words.encoding == "GSM-7"
    assert bool(words.warnings) == bool(cost.doubling)
    assert words.segments <= (3 if cost.doubling else 1), words.text
    assert not re.search(r"[{}]|None|True|False|  | [.,]", words.text), words.text
    assert words.subject


@pytest.mark.parametrize("template", sorted(NEEDS))
def test_a_missing_value_is_an_error_and_never_a_gap(template: str) -> None:
    whole = values(template, ["Nina", "Maja"])
    for key in whole:
        if (template, key) == ("staff.alert", "detail"):
            continue
        less = {name: value for name, value in whole.items() if name != key}
        with pytest.raises(WordingFault, match=template):
            wording().say(template, "en", **less)


def test_the_first_question_is_open_and_carries_its_date() -> None:
    words = wording().say("absence.ask", "en", school="Blue Coat", names=["Mo"], half="am", day=date(2026, 11, 11))
    assert words.text == (
        "Blue Coat: Mo was not in registration this morning, Wed 11 Nov. "
        "Please reply to tell us why and when Mo will be back."
    )
    assert not re.search(r"ill|sick|poorly|unwell", words.text.replace("will", ""))


def test_siblings_share_a_question() -> None:
    words = wording().say(
        "absence.ask_siblings", "en", school="Looe", names=["Nina", "Maja"], half="pm", day=date(2026, 11, 11)
    )
    assert words.text.startswith("Looe: Nina and Maja were not in registration this afternoon, Wed 11 Nov.")


def test_another_adult_hears_of_no_absence_and_no_reason() -> None:
    words = wording().say("absence.ask_other_contact", "en", school="Looe", names=["Solomon"], phone=PHONE)
    assert PHONE in words.text
    assert not re.search(r"absen|away|registr|ill|missing|reason", words.text.lower())


def test_the_other_household_hears_neither_why_nor_where() -> None:
    words = wording().say("absence.settled_other_household", "en", school="Looe", names=["Solomon"])
    assert not re.search(r"\bill\b|with |home|because|safe|reason|absen", words.text.lower())


def test_the_all_clear_says_in_school_only_of_a_child_who_is() -> None:
    here, late, known = (
        wording().say("absence.all_clear", school="Looe", names=["Mateo"], present=present, late=late).text
        for present, late in ((True, False), (True, True), (False, False))
    )
    assert here.startswith("Looe: Mateo is in school after all. You need do nothing more.")
    assert late == "Looe: Mateo is in school now. You need do nothing more."
    assert known.startswith("Looe: we now know about Mateo. You need do nothing more.")
    assert "in school" not in known


def test_danger_is_answered_with_who_acts_and_999_and_names_nobody() -> None:
    text = wording().say("absence.danger", "en", school="Looe", phone=PHONE).text
    assert "being told now and will ring you" in text
    assert "ring 999" in text


@pytest.mark.parametrize("template", ["unknown_sender", "absence.danger", "absence.handed_to_staff", "opt_out", "help"])
def test_words_to_strangers_and_doubtful_writers_have_no_place_for_a_name(template: str) -> None:
    assert not NEEDS[template] & {"names", "what"}


def test_leave_messages_never_carry_the_reason() -> None:
    text = (
        wording()
        .say(
            "leave.granted",
            "en",
            school="Looe",
            names=["Esme"],
            first_day=date(2027, 5, 5),
            return_day=date(2027, 5, 7),
        )
        .text
    )
    assert text == (
        "Looe: the headteacher has agreed leave for Esme from Wed 5 May, back Fri 7 May. "
        "Please tell us if your plans change."
    )


@pytest.mark.parametrize(
    ("missing", "end"),
    [
        (["reason"], "please tell us why you ask."),
        (["dates", "reason"], "please tell us the first day away and the day back and why you ask."),
        (
            ["child", "return", "reason"],
            "please tell us which child it is for, the day back in school and why you ask.",
        ),
    ],
)
def test_what_leave_still_needs_is_asked_in_one_sentence(missing: list[str], end: str) -> None:
    assert wording().say("leave.missing", "en", names=[], missing=missing).text.endswith(end)


@pytest.mark.parametrize("reason", ALERTS)
@pytest.mark.parametrize("urgent", [True, False])
def test_every_alert_reason_has_words_that_fit_in_one_text(reason: str, urgent: bool) -> None:
    words = wording().say(
        "staff.alert",
        "en",
        school=SCHOOL,
        reason=reason,
        who="S.B. 8B",
        urgent=urgent,
        detail="",
        number="112",
        link="https://school.example/board",
    )
    assert words.segments == 1
    assert words.text.startswith("URGENT ") == urgent
    assert words.subject is not None
    assert "S.B." not in words.subject


def test_an_alert_for_an_unknown_reason_is_an_error() -> None:
    with pytest.raises(WordingFault):
        wording().say(
            "staff.alert", school="Looe", reason="boredom", who="", urgent=False, detail="", number="", link=""
        )


def test_the_summary_says_what_did_not_leave() -> None:
    text = (
        wording()
        .say(
            "staff.summary",
            school="Looe", half="am", day=DAY, cases=33, due=31, sent=28, held=2, nobody=2, not_in=[], link="",
        )
        .text
    )  # fmt: skip
    assert text == (
        "Looe, Wed 30 Sep am: 33 without a reason. First round: 28 of 31 sent, 2 held. 1 not sent: use the call sheet."
        " 2 with nobody to write to: ring."
    )


def test_values_from_outside_cannot_break_the_line_or_run_as_a_template(tmp_path: Path) -> None:
    words = wording().say("absence.recorded", what="Mo\r\n\r\nSubject: {{ 7*7 }} \u202eoff\u200b ill")
    assert words.text == "Thanks. We have Mo Subject: {{ 7*7 }} off ill. Reply NO if that is wrong."


def test_a_language_without_wording_falls_back_to_english_and_says_so() -> None:
    words = wording().say("absence.recorded", "pl", what="Mo off ill today")
    assert words.text.startswith("Thanks.")
    assert "pl" in words.warnings[0]


def test_a_wording_of_the_schools_own_is_used_and_runs_in_a_sandbox(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.txt").write_text("Hello {{ names|together }}’s family", encoding="utf-8")
    (tmp_path / "en" / "nasty.txt").write_text("{{ names.__class__.__mro__ }}", encoding="utf-8")
    (tmp_path / "en" / "broken.txt").write_text("{% if %}", encoding="utf-8")
    (tmp_path / "en" / "blank.txt").write_text("{% if names == 1 %}x{% endif %}", encoding="utf-8")
    own = Wording(tmp_path)
    assert own.say("mine", names=["Mo"]).text == "Hello Mo's family"
    for name in ("nasty", "broken", "blank", "not_there", "../secret"):
        with pytest.raises(WordingFault):
            own.say(name, names=["Mo"])


def test_a_letter_that_doubles_the_bill_is_named_with_what_it_costs() -> None:
    words = wording().say("absence.ask", school="Looe", names=["Łukasz"], half="am", day=DAY)
    assert words.warnings == ("Ł: not in the plain text alphabet, so it is charged as 2, not 1.",)


TODAY = date(2027, 5, 4)  # a Tuesday


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 5, 4), "today"),
        (date(2027, 5, 5), "tomorrow"),
        (date(2027, 5, 3), "yesterday"),
        (date(2027, 5, 6), "Thursday"),
        (date(2027, 5, 10), "Monday"),
        (date(2027, 5, 11), "Tuesday 11 May"),  # a week ahead "Tuesday" would mean today
        (date(2027, 5, 2), "Sunday 2 May"),
        (date(2028, 5, 4), "Thursday 4 May 2028"),
    ],
)
def test_day_words(day: date, said: str) -> None:
    assert day_words(day, TODAY) == said


def test_small_grammar() -> None:
    assert together("Mo") == together(["Mo"]) == "Mo"
    assert together(["Nina", "Maja"]) == "Nina and Maja"
    assert together(["Nina", "Maja", "Olek"]) == "Nina, Maja and Olek"
    assert either(["Nina", "Maja"]) == "Nina or Maja"
    assert (was_were(["Mo"]), was_were("Mo"), was_were(["A", "B"])) == ("was", "was", "were")
    assert (is_are(["Mo"]), is_are(["A", "B"])) == ("is", "are")
    assert short_day(date(2027, 5, 6)) == "Thu 6 May"
    assert clock(time(9, 5)) == "09:05"
    assert span_words(date(2027, 5, 4), date(2027, 5, 6), TODAY) == "today, back Thursday"
    assert span_words(date(2027, 5, 4), None, TODAY) == "today"
    for nothing in ([], "", [""]):
        with pytest.raises(WordingFault):
            together(nothing)


@pytest.mark.parametrize("name", ["absence.recorded", "absence.corrected"])
def test_a_brother_of_whom_the_words_say_nothing_is_asked_after_in_one_part(name: str) -> None:
    plain = wording().say(name, what="Jamie off ill today").text
    why = wording().say(name, what="Jamie off ill today", why=["Reece"])
    still = wording().say(name, what="Jamie off ill today", still=["Reece"])
    assert why.text == f"{plain} Can you tell us why Reece is away?"
    assert still.text == f"{plain} Please tell us about Reece too."
    assert (why.segments, still.segments) == (1, 1)


@pytest.mark.parametrize("name", ["absence.recorded", "absence.corrected"])
def test_nobody_says_thanks_for_an_ambulance(name: str) -> None:
    said = wording().say(name, what="Jamie off ill today", grave=True)
    assert not re.search("thank|!", f"{said.text} {said.subject}", re.IGNORECASE)
    assert "told staff" in said.text
    assert "We have Jamie off ill today" in said.text or "We now have Jamie off ill today" in said.text
    assert said.segments == 1


def test_a_time_that_has_gone_by_is_not_said_again() -> None:
    assert "We expect Noah soon." in wording().say("late.recorded", names=["Noah"], arrives=None, soon=True).text


@pytest.mark.parametrize("name", ["absence.recorded", "absence.corrected"])
def test_the_day_of_return_is_asked_for_beside_the_read_back_in_one_part(name: str) -> None:
    what = "Nina and Maja off ill today"
    plain = wording().say(name, what=what)
    asked = wording().say(name, what=what, until=["Nina", "Maja"])
    assert asked.text == f"{plain.text} Which day will Nina and Maja be back, if you know?"
    assert wording().say(name, what=what, until=[], why=[], still=[]).text == plain.text
    assert asked.segments == 1


def test_who_was_asked_about_two_is_not_told_to_do_nothing_while_one_of_them_is_looked_for() -> None:
    for name, more in (
        ("absence.settled_other_household", {}),
        ("absence.all_clear", {"present": True, "late": False}),
    ):
        one = wording().say(name, "en", school="Looe", names=["Ivy"], still=["Elmer"], **more).text
        assert "Please tell us about Elmer." in one
        assert "You need" not in one
        assert "You need" in wording().say(name, "en", school="Looe", names=["Ivy"], still=[], **more).text
