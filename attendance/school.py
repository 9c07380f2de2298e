"""One school as every decision sees it: its policy, its calendar and everybody on its roll. A value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from attendance.calendar import CalendarTooShort, Half, SchoolCalendar, Session, instant, local
from attendance.people import Pupil, Roll
from attendance.policy import Policy, RegisterWindow

DAY_ENDS = time(16, 0)


@dataclass(frozen=True)
class School:
    """What a decision may look at besides the state it decides about."""

    id: str
    policy: Policy
    calendar: SchoolCalendar
    roll: Roll

    def window(self, pupil: Pupil, half: Half) -> RegisterWindow | None:
        """When this pupil's register is open in this half of the day, or None where none is taken."""
        return self.policy.window_for(pupil.group, pupil.year, half)

    def closes_at(self, pupil: Pupil, session: Session) -> datetime | None:
        """The instant (UTC) at which this pupil's register closes, or None where none is taken."""
        window = self.window(pupil, session.half)
        return instant(session.day, window.closes) if window else None

    def is_quiet(self, moment: datetime) -> bool:
        """True when families hear no unasked word: quiet hours, and days without school."""
        return self.words_may_leave(moment) != moment

    def is_odd_hour(self, moment: datetime) -> bool:
        """True when no register of this school is near its close: before the day begins, after it, or no school day."""
        return self.is_quiet(moment) or moment >= self.end_of_day(local(moment).date())

    def words_may_leave(self, moment: datetime) -> datetime:
        """The first instant at or after `moment` when unasked words may reach a family."""
        quiet = self.policy.quiet_hours
        at = local(moment)
        if self.calendar.is_school_day(at.date()) and quiet.until <= at.time() < quiet.from_:
            return moment
        day = at.date() if at.time() < quiet.until else at.date() + timedelta(days=1)
        try:
            return instant(self.calendar.on_or_after(day), quiet.until)
        except CalendarTooShort:
            return instant(day, quiet.until)

    def next_morning(self, moment: datetime) -> datetime:
        """The first instant after this school day (or at once before one) when unasked words may reach a family."""
        at = local(moment)
        over = moment >= self.end_of_day(at.date())
        return self.words_may_leave(instant(at.date(), self.policy.quiet_hours.from_) if over else moment)

    def end_of_day(self, day: date) -> datetime:
        """After this, first-day words are out of date: a text at 19:00 is worse than none."""
        return instant(day, DAY_ENDS)

    def due_on(self, day: date, now: datetime) -> datetime:
        """By when somebody has what is to be done on a day: its end, or that of the next school day if it is over."""
        due = self.end_of_day(day)
        return due if due > now else self.end_of_day(local(self.next_morning(now)).date())

    def due_within(self, days: int, today: date, now: datetime) -> datetime:
        """The end of the school day so many school days after `today`; not before `now`, nor beyond the calendar."""
        try:
            return max(now, self.end_of_day(self.calendar.after(today, days)))
        except CalendarTooShort:
            return max(now, self.end_of_day(today))
