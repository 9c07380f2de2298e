"""Attendance stages: the thresholds of a school's policy, as tasks for the person whom the policy names.

A task says the fact and the policy's step; a letter, a meeting or a visit is that person's decision (promise 6).

- The percentage is of the pupil's own possible sessions in the school year so far, compared as whole numbers: 90.0 per
  cent is not below 90. Nobody is judged by fewer than `ENOUGH` sessions (statute notes, section 7; policy schema, 6.3).
- Of several percentages that were passed the deepest is opened, once in a school year; its note names the others.
- Two triggers can be counted: `unauthorised_absence`, and so many unauthorised in the last so many sessions. N is not
  among them: it becomes O, or is explained, within five school days.
- "No improvement" and the like are a person's judgement, never counted (policy schema, 6.3): on the review date that
  the stage sets (`review_weeks`, `monitor_weeks`), or before. Saying it opens the stage that follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.effects import OpenTask
from attendance.leave.flags import ENOUGH, Record
from attendance.periods import school_year
from attendance.policy.parts import Stage
from attendance.school import School
from attendance.spoken import day_words

WHAT = "attendance_stage"
NO_IMPROVEMENT = "no improvement"
"""With this outcome of a stage's task or review the person goes on to the next stage."""
WITHIN = 5
"""School days in which the person should have looked: nothing here is of the same day."""
OF_COMPULSORY_AGE_ONLY = "not_compulsory_age"
"""A tag: children below compulsory school age are in no figures of persistent absence (statute notes, section 6)."""
FIRM = frozenset({"G", "O", "U"})
"""Unauthorised for good; N is not decided yet. Source: statute notes, section 9."""
_COUNTED = re.compile(r"(\d+)_unauthorised_in_last_(\d+)_sessions")


@dataclass(frozen=True, slots=True)
class Standing:
    """One pupil's school year so far: sessions, those that are unauthorised for good, and those of the last ones."""

    pupil: str
    record: Record
    firm: int = 0
    firm_lately: int = 0
    """Of the last sessions that `sessions_counted` asks for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A stage that was opened for a pupil in this school year, and when."""

    stage: str
    at: date


def sessions_counted(school: School) -> int:
    """How many sessions back the policy's counted trigger looks; 0 where it has none."""
    return max((int(found[2]) for stage in school.policy.stage if (found := _counted(stage))), default=0)


def due_stages(standing: Standing, opened: Collection[Opened], school: School) -> list[Stage]:
    """The stages whose task is to be opened now."""
    pupil = school.roll.pupils.get(standing.pupil)
    if pupil is None or OF_COMPULSORY_AGE_ONLY in pupil.tags or pupil.year < 0:
        return []
    places = {stage.id: place for place, stage in enumerate(school.policy.stage)}
    done = {one.stage for one in opened}
    by_percentage = [
        stage for stage in school.policy.stage if stage.below_pct is not None and _reached(standing, stage)
    ]
    deepest = by_percentage[-1:]
    deeper_done = any(
        places[one] >= places[stage.id] and school.policy.stage[places[one]].below_pct is not None
        for one in done & places.keys()
        for stage in deepest
    )
    counted = [stage for stage in school.policy.stage if stage.below_pct is None and _triggered(standing, stage)]
    return [*([] if deeper_done else deepest), *(stage for stage in counted if stage.id not in done)]


def _reached(standing: Standing, stage: Stage) -> bool:
    return _is_below(standing.record, stage) or _triggered(standing, stage)


def _is_below(record: Record, stage: Stage) -> bool:
    if stage.below_pct is None or record.possible < ENOUGH:
        return False
    mark = stage.below_pct * record.possible
    return record.attended * 100 < mark or (stage.inclusive and record.attended * 100 == mark)


def _triggered(standing: Standing, stage: Stage) -> bool:
    if stage.or_trigger == "unauthorised_absence":
        return standing.firm > 0
    found = _counted(stage)
    return found is not None and standing.firm_lately >= int(found[1])


def _counted(stage: Stage) -> re.Match[str] | None:
    return _COUNTED.fullmatch(stage.or_trigger)


def stage_task(
    stage: Stage, standing: Standing, opened: Collection[Opened], today: date, now: datetime, school: School
) -> OpenTask:
    """The task of a stage, once a school year."""
    done = {one.stage for one in opened}
    passed = [
        one.id
        for one in school.policy.stage
        if one.below_pct is not None and one.id != stage.id and one.id not in done and _reached(standing, one)
    ]
    sentences = [_fact(standing), _step(stage)]
    if passed and stage.below_pct is not None:
        sentences.append(f"Passed without being opened: {', '.join(passed)}.")
    if quiet := sorted(school.roll.pupils[standing.pupil].tags & set(stage.quiet_tags)):
        sentences.append(f"Think before any letter: {', '.join(quiet).replace('_', ' ')}.")
    key = task_key(stage.id, standing.pupil, today)
    return OpenTask(
        key, WHAT, stage.from_role, school.due_within(WITHIN, today, now), (standing.pupil,), note=" ".join(sentences)
    )


def review_tasks(
    standing: Standing, opened: Collection[Opened], today: date, now: datetime, school: School
) -> list[OpenTask]:
    """The reviews that have fallen due of the stages that were opened; each once."""
    found: list[OpenTask] = []
    for stage in school.policy.stage:
        weeks = stage.review_weeks or ((stage.monitor_weeks,) if stage.monitor_weeks else ())
        begun = next((one.at for one in opened if one.stage == stage.id), None)
        for number in weeks if begun is not None else ():
            if begun is None or today < begun + timedelta(weeks=number):
                continue
            following = following_stage(stage.id, school)
            note = f"Review of stage {stage.id}, {number} weeks after {day_words(begun, today)}. {_fact(standing)}"
            if following is not None:
                note += f" If that is no improvement, the policy goes on: {_step(following)}"
            key = f"{task_key(stage.id, standing.pupil, begun)}/review/{number}"
            due = school.due_within(WITHIN, today, now)
            found.append(OpenTask(key, WHAT, stage.from_role, due, (standing.pupil,), note=note))
    return found


def following_stage(stage: str, school: School) -> Stage | None:
    """The stage that a person goes on to where this one brought no improvement; None where the next one is counted."""
    stages: Sequence[Stage] = school.policy.stage
    place = next((place for place, one in enumerate(stages) if one.id == stage), len(stages))
    here = stages[place] if place < len(stages) else None
    named = next((one for one in stages if here is not None and one.id == here.next), None)
    following = named or (stages[place + 1] if place + 1 < len(stages) else None)
    return following if following and following.below_pct is None and _counted(following) is None else None


def task_key(stage: str, pupil: str, day: date) -> str:
    """What the task of a stage is called in the school year of `day`."""
    return f"{prefix_of(day)}{stage}/{pupil}"


def prefix_of(day: date) -> str:
    """What the keys of all stages of the school year of `day` begin with."""
    return f"stage/{school_year(day)[0].year}/"


def _fact(standing: Standing) -> str:
    record = standing.record
    if not record.possible:
        return "No sessions are counted yet."
    tenths = record.attended * 1000 // record.possible  # never rounded up to the threshold
    return (
        f"Attendance {tenths // 10}.{tenths % 10} per cent in this school year: {record.attended} of {record.possible}"
        f" sessions, {record.authorised} missed with and {record.unauthorised} without authorisation."
    )


def _step(stage: Stage) -> str:
    """The policy's step in its own words."""
    also = [
        *([f"letter {stage.letter}"] if stage.letter else []),
        *(["a meeting"] if stage.meeting and "meeting" not in stage.action else []),
        *(["a home visit is possible"] if stage.home_visit else []),
        *([f"target {stage.target_pct:g} per cent"] if stage.target_pct else []),
    ]
    detail = f" ({', '.join(also)})" if also else ""
    return f"Stage {stage.id}: {stage.action.replace('_', ' ') or 'as the policy says'}{detail}."
