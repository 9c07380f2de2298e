"""A channel that fails for everybody, or is slow: one alarm by another route; what is still worth saying is said."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from service.outgoing.pace import Pace
from tests.support.families import AMINA, BEN, adult, child
from tests.support.fixtures import OpenSchool

MANY = [
    (f"kid{number}", adult(f"mum{number}", f"Mum Kid{number}", 100 + number, "mother", f"h{number}"))
    for number in range(40)
]
CHILDREN = [child(name, f"{name.title()} Kid", mother["id"]) for name, mother in MANY]
ADULTS = [mother for _, mother in MANY]
NO_BRAKE = {"brake.more_than": 1000}


async def test_forty_failures_are_one_alarm_and_one_text_each_when_it_is_back(open_school: OpenSchool) -> None:
    school = await open_school(*CHILDREN, adults=ADULTS, rules=NO_BRAKE)
    await school.at("09:05").provider_down("50m")
    await school.at("09:15").register_closes(without_reason=[name for name, _ in MANY])
    await school.at("09:40").register(kid0="L")
    await school.at("09:50").nothing_heard()
    outage = [line for line in school.of_kind("alert") if line["reason"] == "delivery_outage"]
    first = [line for line in outage if line["to"] == outage[0]["to"]]
    assert {line["channel"] for line in outage} == {"email"}
    assert len(first) == 1
    assert school.texts() == []

    await school.at("10:30").nothing_heard()
    asked = Counter(to for to, template in school.texts() if template == "absence.ask")
    assert set(asked.values()) == {1}
    assert "mum0" not in asked, "a child who has come in is not asked about"
    assert len(asked) == 39
    sent = Counter(message.to for message in school.world.simulators["sms"].sent)
    assert all(number == 1 for to, number in sent.items() if to in {mother["phone"] for mother in ADULTS})
    assert "delivery_outage" not in [one.reason for one in await school.live_alerts()]


async def test_a_second_outage_is_a_second_alarm(open_school: OpenSchool) -> None:
    school = await open_school(*CHILDREN[:4], adults=ADULTS, rules=NO_BRAKE)
    await school.at("09:05").provider_down("20m")
    await school.at("09:15").register_closes(without_reason=["kid0", "kid1"])
    await school.at("09:40").nothing_heard()
    before = len([line for line in school.of_kind("alert") if line["reason"] == "delivery_outage"])
    await school.at("10:00").provider_down("20m")
    await school.at("10:01").register(kid2="N", kid3="N")
    await school.at("10:15").nothing_heard()
    after = len([line for line in school.of_kind("alert") if line["reason"] == "delivery_outage"])
    assert (before > 0, after > before) == (True, True)


async def test_when_mail_is_down_staff_hear_of_it_by_text(open_school: OpenSchool) -> None:
    school = await open_school(*CHILDREN[:2], adults=ADULTS, rules=NO_BRAKE)
    email = school.world.simulators["email"]
    email.down_until = school.world.clock.now() + timedelta(hours=3)
    await school.at("09:15").register_closes(without_reason=["kid0"])
    await school.at("09:45").nothing_heard()
    outage = [line for line in school.of_kind("alert") if line["reason"] == "delivery_outage"]
    assert {line["channel"] for line in outage} == {"sms"}
    assert len({line["to"] for line in outage}) == len(outage)


async def test_words_that_were_put_back_leave_later_and_raise_no_alarm(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    clock = _Clock()
    runner = school.world.runner
    runner.pace = Pace({"sms": 0.01}, clock)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:16").nothing_heard()
    assert len(school.texts()) == 1
    rows = [*await school.words_about("amina"), *await school.words_about("ben")]
    (waiting,) = [one for one in rows if one.state == "queued" and one.contact_id]
    assert waiting.attempts == 0
    clock.at += 3600
    await school.at("09:30").nothing_heard()
    assert sorted(school.texts()) == [("kelly", "absence.ask"), ("ngozi", "absence.ask")]
    assert "delivery_outage" not in [reason for _, reason in school.alerts()]


async def test_what_became_needless_while_it_was_held_is_not_said(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    clock = _Clock()
    school.world.runner.pace = Pace({"sms": 0.01}, clock)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    ((asked, _),) = school.texts()
    late = {"ngozi": "ben", "kelly": "amina"}[asked]
    await school.at("09:16").register(**{late: "L"})
    clock.at += 3600
    await school.at("09:30").nothing_heard()
    assert len([template for _, template in school.texts() if template == "absence.ask"]) == 1


class _Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at
