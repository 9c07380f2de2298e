"""Whatever happens to a case, in whatever order and however often: what must hold all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from attendance.calling import advance, new_case
from attendance.case import Case
from attendance.codes import has_arrived
from attendance.effects import Ask, Effect, RaiseAlert, Tell
from attendance.events import (
    AfternoonMissed,
    ChaseBegins,
    DangerHeard,
    Event,
    MarkChanged,
    NotWithMe,
    OnTheWay,
    ReasonGiven,
    ReasonWithdrawn,
    SafeWithoutReason,
    SendHeld,
    SendReleased,
    StaffConfirmed,
    StaffSettled,
    StaffTookBack,
    TimePassed,
    UnclearAnswer,
    WordsFailed,
    WordsLeft,
)
from tests.support.builders import AM, AMINA, FAMILY, MUM, NAN, at, contact, link, rounds, school

REPORTERS = st.sampled_from(["mum", "dad", "nan"])
MINUTE = timedelta(minutes=1)

FAMILY_WITH_A_BAR = (link("amina", "ray", 0, "father", barred=True), *FAMILY)
PLACES = school(
    contacts=[MUM, contact("dad", 2, email="mum@home.example"), NAN, contact("ray", 4, email="ray@home.example")],
    links=FAMILY_WITH_A_BAR,
    rounds=rounds(
        ("0m", [1, 2], ["sms", "email"]),
        ("30m", [3], ["sms", "email"]),
        ("60m", [2, 3], ["call"]),
        ("75m", [4, 9], ["email", "sms"]),
        ("90m", [2], ["email"]),
    ),
)
"""A barred father in the first place, a mail address that two parents share, a place that is nobody's, a call."""


class AnyDay(RuleBasedStateMachine):
    """Events in any order and repetition."""

    def __init__(self) -> None:
        super().__init__()
        self.now = at("09:15")
        self.case: Case = new_case(AMINA, AM, self.now, "N", PLACES)
        self.happened: list[Event] = []
        self.asks: list[Ask] = []
        self.cleared: list[tuple[str, str]] = []
        self.alarm_keys: list[str] = []

    def happens(self, make: Callable[[str], Event]) -> list[Effect]:
        event = make(f"e{len(self.happened)}")
        before = self.case
        self.case, effects = advance(before, event, self.now, PLACES)
        self.happened.append(event)
        self._check(before, event, effects)
        return effects

    def _check(self, before: Case, event: Event, effects: list[Effect]) -> None:
        again, nothing = advance(self.case, event, self.now, PLACES)
        assert (again, nothing) == (self.case, []), "a repeated event changes nothing"
        asks = [effect for effect in effects if isinstance(effect, Ask)]
        for ask in asks:
            assert ask.contact != "ray", "nobody barred is asked"
            if ask not in self.asks:
                place = (ask.channel, ask.address)
                assert place not in [(one.channel, one.address) for one in self.asks], "asked twice at one address"
        self.asks += [ask for ask in asks if ask not in self.asks]
        if self.case.stage in ("answered", "alarmed", "settled"):
            assert not asks, "one answer stops the asking"
        if before.stage == "alarmed" and self.case.stage != "alarmed":
            assert isinstance(event, StaffSettled), "only a named person ends an alarm"
        for tell in effects:
            if isinstance(tell, Tell):
                assert tell.contact != "ray", "nobody barred is told"
                if tell.template == "absence.all_clear":
                    news = (tell.contact, tell.purpose)
                    assert news not in self.cleared, "one all-clear each, and one for each alarm"
                    self.cleared.append(news)
                    reached = [one.contact for one in self.case.attempts if one.may_have_arrived]
                    assert tell.contact in (*reached, *before.worried), "cleared without having been asked, or afraid"

    @rule()
    def begins(self) -> None:
        self.happens(ChaseBegins)

    @rule(who=REPORTERS, code=st.sampled_from(["I", "M", "C", "N"]))
    def reason(self, who: str, code: str) -> None:
        self.happens(lambda id: ReasonGiven(id, who, code))

    @rule(who=REPORTERS)
    def safe(self, who: str) -> None:
        self.happens(lambda id: SafeWithoutReason(id, who))

    @rule(who=REPORTERS)
    def unclear(self, who: str) -> None:
        before = self.case
        assert self.happens(lambda id: UnclearAnswer(id, who)) == [], (
            "unclear words neither stop the chase nor hasten it"
        )
        assert (self.case.stage, self.case.due_at) == (before.stage, before.due_at)

    @rule(who=REPORTERS, minutes=st.integers(1, 90))
    def on_the_way(self, who: str, minutes: int) -> None:
        expected = self.now + minutes * MINUTE
        self.happens(lambda id: OnTheWay(id, who, expected))

    @rule(who=REPORTERS, outcome=st.sampled_from(["with_other_parent", "wrong_person", ""]))
    def not_with_me(self, who: str, outcome: str) -> None:
        self.happens(lambda id: NotWithMe(id, who, outcome))

    @rule(who=REPORTERS)
    def withdrawn(self, who: str) -> None:
        self.happens(lambda id: ReasonWithdrawn(id, who))

    @rule(kind=st.sampled_from(["missing", "believed_in_school", "contradicted", "safeguarding"]))
    def danger(self, kind: str) -> None:
        effects = self.happens(lambda id: DangerHeard(id, "mum", kind, "words"))
        fresh = [effect for effect in effects if isinstance(effect, RaiseAlert) and effect.urgent]
        assert fresh, "danger is heard in every stage"
        assert fresh[0].key not in self.alarm_keys, "each alarm has a ladder of its own"
        self.alarm_keys.append(fresh[0].key)
        assert kind == "safeguarding" or self.case.stage == "alarmed"

    @rule(code=st.sampled_from(["N", "", "/", "L", "U", "I", "V"]), by=st.sampled_from([None, "Ms Reed"]))
    def mark(self, code: str, by: str | None) -> None:
        before = self.case
        self.happens(lambda id: MarkChanged(id, code, by))
        if before.mark_by is None and before.mark in ("/", "L", "U") and code in ("N", "") and by is None:
            assert self.case.stage != "settled" or before.outcome not in ("present_after_all", "arrived_late"), (
                "a child whose mark went back to N is lost"
            )

    @rule()
    def held(self) -> None:
        self.happens(SendHeld)

    @rule()
    def released(self) -> None:
        self.happens(lambda id: SendReleased(id, "Dr Hart"))
        assert not self.case.held

    @rule()
    def afternoon(self) -> None:
        self.happens(AfternoonMissed)

    @rule()
    def confirmed(self) -> None:
        self.happens(lambda id: StaffConfirmed(id, "Ms Reed"))

    @rule(outcome=st.sampled_from(["answered_ill", "present_after_all", "not_reached"]))
    def settled(self, outcome: str) -> None:
        self.happens(lambda id: StaffSettled(id, "Ms Reed", outcome))
        assert self.case.stage == "settled"

    @rule()
    def taken_back_by_staff(self) -> None:
        was_settled = self.case.stage == "settled" and not has_arrived(self.case.mark)
        self.happens(lambda id: StaffTookBack(id, "Ms Reed"))
        assert not was_settled or self.case.stage in ("handed_over", "alarmed")

    @precondition(lambda self: self.case.attempts)
    @rule(data=st.data(), failed=st.sampled_from([None, "bad_number", "unknown", "out_of_date", "cancelled"]))
    def words(self, data: st.DataObject, failed: str | None) -> None:
        one = data.draw(st.sampled_from(self.case.attempts))
        if failed is None:
            self.happens(lambda id: WordsLeft(id, one.contact, one.channel, one.round))
        else:
            self.happens(lambda id: WordsFailed(id, one.contact, one.channel, one.round, failed))

    @rule(minutes=st.integers(1, 240))
    def an_old_time(self, minutes: int) -> None:
        wrong = self.now - minutes * MINUTE
        if wrong == self.case.due_at:
            return
        before = self.case
        assert self.happens(lambda id: TimePassed(id, wrong)) == []
        assert replace(self.case, seen=before.seen) == before, "an overtaken time changes nothing"

    @precondition(lambda self: self.case.due_at is not None)
    @rule()
    def silence(self) -> None:
        due = self.case.due_at
        assert due is not None
        self.now = max(self.now, due)
        before = self.case
        effects = self.happens(lambda id: TimePassed(id, due))
        if before.is_waiting and self.now >= before.deadline_at:
            assert self.case.stage == "handed_over", "the deadline always hands over"
            assert any(isinstance(effect, RaiseAlert) and effect.climbs for effect in effects)
        assert replace(self.case, seen=before.seen) != before, "silence always becomes an event"

    @rule(minutes=st.integers(1, 60))
    def time_goes_by(self, minutes: int) -> None:
        due: datetime | None = self.case.due_at
        later = self.now + minutes * MINUTE
        self.now = min(later, due) if due is not None and due > self.now else later

    @invariant()
    def silence_has_an_end(self) -> None:
        if self.case.is_waiting:
            assert self.case.due_at is not None
            assert self.case.due_at <= self.case.deadline_at
        if self.case.stage == "answered" and self.case.outcome == "late_on_the_way":
            assert self.case.due_at is not None


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(
    max_examples=150, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
