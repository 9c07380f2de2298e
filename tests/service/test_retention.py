"""What is over goes at night, and nothing that is not: words, files, records, and pupils who left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from attendance.calendar import Session
from attendance.people import Contact, Link, Pupil
from attendance.policy.parts import Retention
from attendance.register import Amendment
from messaging.channels.simulator import Simulator
from messaging.channels.sms import CannotBlank, CannotList
from messaging.wording import wording
from service import retention
from service.clock import HandClock
from service.outgoing.blanking import Blanking
from service.retention import ends_of
from service.runner import Runner
from storage import attachments, audit, inbox, journal, migrate, outbox, people, register, schools, threads
from storage.attachments import FileRow
from storage.engine import Database, open_database
from storage.inbox import InboxRow
from storage.journal import Line
from storage.outbox import OutboxRow
from storage.schools import SchoolRow

SCHOOL = "blue-coat"
OURS = "+447700900000"
NIGHT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
OLD, RECENT = datetime(2020, 6, 10, 9, 15, tzinfo=UTC), datetime(2026, 11, 16, 9, 15, tzinfo=UTC)
FOUR_YEARS = datetime(2022, 11, 16, 9, 15, tzinfo=UTC)


@pytest.fixture
async def runner(tmp_path: Path) -> AsyncIterator[Runner]:
    async with open_database(await migrate.new_file(tmp_path / "school.db")) as database:
        async with database.begin() as db:
            await schools.add(db, SchoolRow(SCHOOL, "Blue Coat", "blue-coat"))
            await people.save_people(db, SCHOOL, *everybody())
        clock = HandClock(NIGHT - timedelta(hours=10))
        yield Runner(database, clock, {"sms": Simulator("sms", clock.now)}, wording())


def everybody(*left: str) -> tuple[list[Pupil], list[Contact], list[Link]]:
    names = [name for name in ("amina", "ben", "cal") if name not in left]
    pupils = [Pupil(name, name.title(), "Okafor", 7, "7M") for name in names]
    contacts = [Contact("mum", "Ngozi Okafor", "+447700900001"), Contact("gran", "Ada Okafor", "+447700900002")]
    links = [Link("amina", "mum", 1, "mother"), Link("ben", "mum", 1, "mother"), Link("cal", "gran", 1, "grandmother")]
    links = [link for link in links if link.pupil not in left]
    return pupils, [one for one in contacts if one.id in {link.contact for link in links}], links


async def put(database: Database, at: datetime, name: str) -> None:
    """One of everything, of that time."""
    day = at.date()
    async with database.begin() as db:
        await inbox.put(
            db,
            InboxRow(
                f"i-{name}", "sms", f"SM-{name}", "+447700900000", "+447700900001", "Amina is ill", at, {"Body": "x"}
            ),
        )
        await inbox.done(db, f"i-{name}", SCHOOL, "mum", {"intent": "absence"}, at)
        await attachments.add(db, [FileRow(f"i-{name}", 1, "note.pdf", "application/pdf", 4, b"data")])
        words = OutboxRow(
            f"o-{name}", f"k-{name}", "sms", "+447700900001", "absence.ask", "Why is Amina away?", at, at,
            contact_id="mum", pupils=("amina",), about={"round": 1},
        )  # fmt: skip
        await outbox.add(db, SCHOOL, [words])
        await outbox.accept(db, SCHOOL, {f"o-{name}": f"SX-{name}"}, at)
        await outbox.add_receipt(db, SCHOOL, f"o-{name}", "delivered", None, at)
        await journal.append(db, SCHOOL, [Line(at, "received", {"text": "Amina is ill", "message": "i"}, ("amina",))])
        await register.amend(db, SCHOOL, [amendment(at, day)])
        await audit.append(db, SCHOOL, [audit.Deed(at, "reed", "confirm", "amina")])


def amendment(at: datetime, day: date) -> Amendment:
    return Amendment("amina", Session(day, "am"), "N", "I", False, "Ms Reed", "Attendance officer", "said so", at)


async def night(runner: Runner, at: datetime = NIGHT) -> None:
    await runner.start()
    runner.clock.turn_to(at)  # type: ignore[attr-defined]  # a clock that is turned by hand
    await runner.settle()


async def count(database: Database, table: str, where: str = "1 = 1") -> int:
    async with database.read() as db:
        return int((await db.execute(sa.text(f"SELECT count(*) FROM {table} WHERE {where}"))).scalar_one())


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 7, 31), date(2019, 8, 1)),
        (date(2026, 8, 1), date(2020, 8, 1)),
        (date(2027, 1, 5), date(2020, 8, 1)),
    ],
)
def test_a_year_goes_as_a_whole_and_never_sooner_than_the_law_allows(today: date, first: date) -> None:
    ends = ends_of(Retention(), today)
    assert ends.day == first
    assert today.replace(year=today.year - 6) >= first, "six years are over for all that is before it"
    assert ends.files > ends.records == ends.words


async def test_what_is_over_goes_and_the_rest_stays(runner: Runner) -> None:
    database = runner.database
    await put(database, OLD, "old")
    await put(database, FOUR_YEARS, "four")
    await put(database, RECENT, "new")
    await night(runner)
    left = {"i-four", "i-new"}
    async with database.read() as db:
        assert set((await db.execute(sa.text("SELECT inbox_id FROM inbox"))).scalars()) == left
        assert set((await db.execute(sa.text("SELECT inbox_id FROM attachment"))).scalars()) == {"i-new"}
        assert set((await db.execute(sa.text("SELECT message_id FROM outbox"))).scalars()) == {"o-four", "o-new"}
        assert {line.at for line in await journal.since(db, SCHOOL, 0)} == {FOUR_YEARS, RECENT}
        assert [one.at for one in await register.amendments_of(db, SCHOOL, "amina")] == [FOUR_YEARS, RECENT]
        deeds = await audit.newest(db, SCHOOL)
    assert await count(database, "receipt") == 2
    assert await count(database, "outbox_pupil") == 2
    assert await count(database, "purge_pass") == 0
    assert (deeds[0].action, deeds[0].staff_id) == ("retention", None)
    assert (deeds[0].detail["files"], deeds[0].detail["of"]["messages in"]) == (2, 1)
    assert OLD not in {deed.at for deed in deeds}


async def test_words_are_blanked_sooner_where_the_policy_says_so(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    sooner = Retention(message_years=2)
    monkeypatch.setattr(retention, "ends_of", lambda kept, today: ends_of(sooner, today))
    await put(runner.database, FOUR_YEARS, "four")
    await put(runner.database, RECENT, "new")
    await night(runner)
    async with runner.database.read() as db:
        four, new = await inbox.get(db, "i-four"), await inbox.get(db, "i-new")
        said, asked = await outbox.find(db, "o-four"), await outbox.find(db, "o-new")
        lines = await journal.since(db, SCHOOL, 0)
    assert four is not None
    assert new is not None
    assert said is not None
    assert asked is not None
    assert (four.text, four.raw, four.understood, four.contact_id) == ("", {}, None, "mum")
    assert (new.text, said.text, said.about, asked.text) == ("Amina is ill", "", {}, "Why is Amina away?")
    assert [dict(line.data) for line in lines] == [{"message": "i"}, {"text": "Amina is ill", "message": "i"}]
    assert said.state == "accepted", "that something was said is still known"


async def test_a_great_heap_is_worked_off_in_pieces(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    for number in range(8):
        await put(runner.database, OLD + timedelta(minutes=number), f"old{number}")
    await night(runner)
    assert 0 < await count(runner.database, "inbox") < 8
    for minute in range(1, 12):
        runner.clock.turn_to(NIGHT + timedelta(minutes=minute))  # type: ignore[attr-defined]
        await runner.settle()
    for table in ("inbox", "attachment", "outbox", "receipt", "journal", "journal_pupil", "amendment"):
        assert await count(runner.database, table) == 0, table
    assert await count(runner.database, "timer", "kind = 'retention' AND due_at > '2026-11-18 12'") == 1


@pytest.mark.parametrize("passed", ["", "2026-08-01 00:00:00.000000"])
@pytest.mark.parametrize("table", ["amendment", "receipt", "audit"])
async def test_the_database_itself_refuses_to_delete_what_is_too_young(runner: Runner, table: str, passed: str) -> None:
    await put(runner.database, RECENT, "new")
    with pytest.raises(sa.exc.IntegrityError, match="append-only"):
        await with_pass(runner.database, passed, f"DELETE FROM {table}")


async def test_no_pass_lets_anything_be_changed(runner: Runner) -> None:
    await put(runner.database, RECENT, "new")
    with pytest.raises(sa.exc.IntegrityError, match="append-only"):
        await with_pass(runner.database, "2030-08-01 00:00:00.000000", "UPDATE amendment SET reason = 'another'")


async def with_pass(database: Database, before: str, statement: str) -> None:
    async with database.begin() as db:
        if before:
            await db.execute(sa.text("INSERT INTO purge_pass VALUES ('blue-coat', :before)"), {"before": before})
        await db.execute(sa.text(statement))


async def test_a_pupil_who_left_goes_after_the_years_with_contacts_of_nobody_else(runner: Runner) -> None:
    database = runner.database
    await put(database, RECENT, "new")
    async with database.begin() as db:
        await people.save_people(db, SCHOOL, *everybody("amina", "cal"))
        await threads.save(db, [threads.ThreadRow(OURS, "sms", "+447700900002", {})])
    await night(runner)
    assert await count(database, "timer", "kind = 'leaver'") == 2
    assert await count(database, "pupil") == 3
    due = datetime(2033, 8, 1, 1, 30, tzinfo=UTC)
    await night(runner, due - timedelta(days=1))
    assert await count(database, "pupil") == 3
    await night(runner, due + timedelta(minutes=1))
    async with database.read() as db:
        roll = await people.load_roll(db, SCHOOL)
    assert set(roll.pupils) == {"ben"}
    assert set(roll.contacts) == {"mum"}, "she is Ben's too"
    assert await count(database, "thread") == 0
    assert await count(database, "amendment") == 0
    assert (await runner.school(SCHOOL)).roll.pupils.keys() == {"ben"}


async def test_a_pupil_who_came_back_is_kept(runner: Runner) -> None:
    async with runner.database.begin() as db:
        await people.save_people(db, SCHOOL, *everybody("cal"))
    await night(runner)
    async with runner.database.begin() as db:
        await people.save_people(db, SCHOOL, *everybody())
    await night(runner, datetime(2033, 8, 2, 1, 30, tzinfo=UTC))
    assert await count(runner.database, "pupil") == 3
    assert await count(runner.database, "timer", "kind = 'leaver'") == 0


async def test_a_late_amendment_keeps_a_pupil_who_left(runner: Runner) -> None:
    async with runner.database.begin() as db:
        await people.save_people(db, SCHOOL, *everybody("amina"))
    await night(runner)
    async with runner.database.begin() as db:
        await register.amend(db, SCHOOL, [amendment(datetime(2028, 1, 10, tzinfo=UTC), date(2026, 11, 2))])
    await night(runner, datetime(2033, 8, 2, 1, 30, tzinfo=UTC))
    assert await count(runner.database, "pupil") == 3
    assert await count(runner.database, "amendment") == 1
    await night(runner, datetime(2034, 8, 2, 1, 30, tzinfo=UTC))
    assert await count(runner.database, "pupil") == 2


async def test_a_dry_run_says_what_would_go_and_changes_nothing(runner: Runner) -> None:
    await put(runner.database, OLD, "old")
    await put(runner.database, RECENT, "new")
    found = await runner.turn(SCHOOL, retention.would_go)
    assert found["delete: messages in"] == found["delete: amendments"] == found["delete: files"] == 1
    assert found["blank: messages out"] == 1
    assert await count(runner.database, "inbox") == 2
    await night(runner)
    after = await runner.turn(SCHOOL, retention.would_go)
    assert set(after.values()) == {0}


class Forgetful:
    """A Twilio that can forget; what it is asked is kept."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    async def blank(self, provider_id: str) -> None:
        self.asked.append(provider_id)
        if self.down:
            raise CannotList("503")
        if provider_id == "SX-gone":
            raise CannotBlank("404")


async def test_twilio_forgets_old_texts_once_and_after_a_restart_goes_on(runner: Runner) -> None:
    twilio, clock = Forgetful(), HandClock(NIGHT)
    for days, name in ((30, "first"), (20, "gone"), (9, "second"), (3, "young")):
        await put(runner.database, NIGHT - timedelta(days=days), name)
    twilio.down = True
    blanking = Blanking(runner.database, twilio, clock, timedelta(days=7))
    await blanking.step()
    assert len(twilio.asked) == 1
    twilio.down, twilio.asked = False, []
    await blanking.step()
    assert not twilio.asked, "not before a while"
    clock.turn_by(timedelta(minutes=6))
    await blanking.step()
    old = {"SM-first", "SX-first", "SM-gone", "SX-gone", "SM-second", "SX-second"}
    assert (set(twilio.asked), len(twilio.asked)) == (old, 6)
    clock.turn_by(timedelta(days=5))
    await Blanking(runner.database, twilio, clock, timedelta(days=7)).step()
    assert twilio.asked[6:] == ["SM-young", "SX-young"]


async def test_the_command_brings_tonight_forward(runner: Runner) -> None:
    await runner.start()
    await put(runner.database, OLD, "old")
    await runner.turn(SCHOOL, retention.bring_forward)
    await runner.settle()
    assert await count(runner.database, "inbox") == 0
    lines = retention.periods(Retention(), NIGHT)
    assert [line.rpartition("from ")[2] for line in lines] == ["01 Aug 2020", "01 Aug 2023", "01 Aug 2020"]
