"""A policy file with a fault is refused: what is wrong, on which line, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.policy import (
    OVERRIDABLE,
    Policy,
    PolicyFault,
    load_policy,
    parse_policy,
    policy_by_key,
    policy_path,
    with_override,
)

SOUND = policy_path("blue-coat").read_text(encoding="utf-8")


def faults_of(text: str) -> tuple[str, ...]:
    with pytest.raises(PolicyFault) as refused:
        parse_policy(text, "blue-coat.toml")
    return refused.value.faults


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_the_file_that_the_others_are_made_from_is_sound() -> None:
    assert parse_policy(SOUND).key == "blue-coat"


@pytest.mark.parametrize(
    ("old", "new", "at", "fault"),
    [
        ("cutoff = ", "cuttoff = ", "cuttoff", "report.cuttoff: unknown key; did you mean `cutoff`?"),
        ("[brake]", "[break]", "[break]", "break: unknown key; did you mean `brake`?"),
        (
            'calendar = "blue-coat.json"',
            'calendar = "blue-coat.json"\nheadteacher = "Dr M"',
            "headteacher",
            "school.headteacher: unknown key; the keys here are attendance_target_pct, calendar",
        ),
        (
            'opens = "08:45"',
            'opens = "8.45"',
            '"8.45"',
            "register.1.opens: '8.45' is not a time of day; write it as \"HH:MM\"",
        ),
        ('closes = "09:15"', 'closes = "08:15"', "[[register]]", "the register closes at 08:15, but opens at 08:45"),
        (
            'closes = "09:15"',
            'closes = "09:16"',
            "[[register]]",
            (
                "register.1: the register is open for 31 minutes, more than the 30 that the guidance allows "
                "(Working together, August 2024, para 290); close it by 09:15, or open it later"
            ),
        ),
        ('late_from = "08:45"', 'late_from = "09:20"', "[[register]]", "late_from 09:20 is not between opens 08:45"),
        (
            'session = "am"',
            'session = "noon"',
            '"noon"',
            "register.1.session: 'noon' is not possible; write 'am' or 'pm'",
        ),
        ('deadline = "12:00"', 'deadline = "10:20"', '"75m"', "round 4 begins at 10:30, when the case is already"),
        ('after = "60m"', 'after = "20m"', "rounds = [", "firstday.rounds: round 3 begins before round 2"),
        ("to = [3, 4]", "to = []", '"75m"', "firstday.rounds.4.to: is empty; name at least one"),
        (
            'role = "safeguarding_lead"',
            'role = "safegarding_lead"',
            '"safegarding_lead"',
            "firstday.ladder.2.role: `safegarding_lead` is not a role; did you mean `safeguarding_lead`?",
        ),
        (
            '["previous_concern"',
            '["worrying"',
            '"worrying"',
            "`worrying` is not a pupil tag; use one of child_protection",
        ),
        ("accepts = []", 'accepts = ["I", "H"]', "accepts", "use `C` (Leave of absence for exceptional circumstance)"),
        ('["/", "\\\\", "N", "L"]', '["/", "l"]', "teacher_codes", "registers.teacher_codes: `l` is not a code"),
        ('register_deadline = "09:30"', 'register_deadline = "09:00"', "register_deadline", "before the last morning"),
        ('until = "07:30"', 'until = "09:30"', "[[register]]", "closes at 09:15, within the quiet hours 18:00-09:30"),
        (
            'afternoon_deadline = "60m"',
            'afternoon_deadline = "13:30"',
            "afternoon_deadline",
            "13:30 is not after the register of pm.all closes at 13:40",
        ),
        ('group = "lunch2"', 'group = "all"', "# lunch 2", "register.3: `pm.all` is listed twice"),
        ("expires_school_days = 5", "expires_school_days = 10", "expires", "10 is more than the 5 that the law allows"),
        ("register_years = 6", "register_years = 3", "register_years", "kept for at least 6 years (SI 2024/208)"),
        ('"england-2024"', '"england-2006"', "code_set", "england-2006 is not valid for sessions from 19 August 2024"),
        (
            'short_name = "Blue Coat School"',
            'short_name = "Blue Coat Sçhool"',
            "short_name",
            "ç would double the price",
        ),
        ('short_name = "Blue Coat School"', f'short_name = "{"x" * 21}"', "short_name", "longer than 20 letters"),
        ('phone = "07700 900991"', 'phone = "the office"', "phone", "does not have the form that is wanted"),
        ('notice = "2w"', 'notice = "2 months"', 'notice = "2 months"', 'is not a notice period; write "4w" (weeks)'),
        ('id = "4"', 'id = "3"', None, "stage: two stages have the same id"),
        ("below_pct = 90", "below_pct = 900", "below_pct = 900", "stage.3.below_pct: 900 is out of range"),
        ("cme_day = 5", "cme_day = true", "cme_day", "la.cme_day: 'True' cannot be used; write a valid integer"),
        ("usual = 40", 'usual = "40"', 'usual = "40"', "brake.usual: '40' cannot be used; write a valid integer"),
        ("meeting = true", 'meeting = "yes"', 'meeting = "yes"', "leave.meeting: 'yes' cannot be used"),
        (
            '"leave.notice" = ',
            '"leave.notise" = ',
            'notice = "2w"',
            'leave.notice: has no source; add `"leave.notice" = "…"` to [sources]',
        ),
        (
            '"leave.notice" = ',
            '"leave.notise" = ',
            '"leave.notise"',
            "names no key of this file; did you mean `leave.notice`?",
        ),
        ('"report.cutoff" = "5.2.1"', '"report.cutoff" = " "', '"report.cutoff"', "is empty; write the place"),
        ('"report.cutoff" = ', '"report" = ', '"report" = ', "covers a whole table; give each of its keys a source"),
        ('"report.cutoff" = ', '"report" = ', "cutoff = ", "report.cutoff: has no source"),
    ],
)
def test_each_fault_has_its_line_and_its_remedy(old: str, new: str, at: str | None, fault: str) -> None:
    assert old in SOUND
    broken = SOUND.replace(old, new, 1)
    found = [one for one in faults_of(broken) if fault in one]
    assert found, faults_of(broken)
    if at is not None:
        assert found[0].startswith(f"blue-coat.toml:{line_of(broken, at)}: "), found[0]


@pytest.mark.parametrize("key", ["deadline", "cutoff", "usual", "key"])
def test_a_missing_key_is_named(key: str) -> None:
    line = next(line for line in SOUND.splitlines() if line.startswith(f"{key} = "))
    assert any(f".{key}: is missing; write it" in one for one in faults_of(SOUND.replace(f"{line}\n", "", 1)))


def test_a_policy_without_any_register_is_refused() -> None:
    start, end = SOUND.index("[[register]]"), SOUND.index("[registers]")
    assert any("register: is missing" in one for one in faults_of(SOUND[:start] + SOUND[end:]))


def test_a_policy_without_an_afternoon_register_is_below_the_law() -> None:
    start, end = SOUND.index("[[register]]                     # lunch 1"), SOUND.index("[registers]")
    assert any(
        "there is no afternoon register; the law wants one" in one for one in faults_of(SOUND[:start] + SOUND[end:])
    )


def test_all_faults_come_at_once_from_the_top_down() -> None:
    broken = (
        SOUND.replace('"08:45"', '"8h45"', 1)
        .replace('deadline = "12:00"', 'deadline = "noon"')
        .replace("[la]", "[lea]")
    )
    found = faults_of(broken)
    lines = [int(one.split(":")[1]) for one in found if " has no source" not in one and "names no key" not in one]
    assert len(lines) == 3, found
    assert lines == sorted(lines), found


def test_one_wrong_thing_is_one_fault() -> None:
    """No fault draws others after it: no missing source for a key that is misspelt, or for a window with a bad time."""
    misspelt = SOUND.replace("cme_day = ", "cme_days = ")
    assert len(faults_of(misspelt)) == 1, faults_of(misspelt)
    assert len(faults_of(SOUND.replace('closes = "09:15"', 'closes = "9.75"', 1))) == 1
    no_sources = faults_of(SOUND[: SOUND.index("\n[sources]")])
    assert len(no_sources) == 1
    assert "there is no table [sources]" in no_sources[0]


def test_a_table_without_any_source_is_named_once() -> None:
    lines = [line for line in SOUND.splitlines() if not line.startswith(('"report.', '"quiet_hours', '"unexplained'))]
    found = faults_of("\n".join(lines))
    assert [one.split(": ")[1] for one in found] == ["quiet_hours", "report", "unexplained"]
    assert "has no source for any of its keys (cutoff, repeat, " in found[1]


def test_text_that_is_no_toml_gets_toml_s_own_place() -> None:
    assert any("is not TOML" in one and "line 3" in one for one in faults_of("[school]\nkey = 'x'\nname = \n"))
    assert faults_of("")
    assert any(
        "sources: must be a table" in one for one in faults_of(f'sources = "none"\n{SOUND.split("[sources]")[0]}')
    )


def test_a_file_that_is_not_there_or_has_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyFault, match="cannot be read"):
        load_policy(tmp_path / "gone.toml")
    with pytest.raises(PolicyFault, match="cannot be read"):
        load_policy(tmp_path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyFault, match="not UTF-8"):
        load_policy(binary)
    other = tmp_path / "other.toml"
    other.write_text(SOUND, encoding="utf-8")
    with pytest.raises(PolicyFault, match=r"school\.key is `blue-coat`, the file is called `other`"):
        load_policy(other)


def test_a_key_written_with_quotes_or_over_several_lines_keeps_its_line() -> None:
    broken = SOUND.replace('"blue-coat.json"', '"""\n[brake]\nusual = 7\n"""', 1)
    place = line_of(broken, 'calendar = """')
    assert any(one.startswith(f"blue-coat.toml:{place}: school.calendar") for one in faults_of(broken))
    after = broken.replace("usual = 40", "usual = -1")
    assert any(
        one.startswith(f"blue-coat.toml:{line_of(after, 'usual = -1')}: brake.usual") for one in faults_of(after)
    )


def test_each_tutor_group_may_have_a_window_of_its_own() -> None:
    window = '[[register]]\nsession = "pm"\ngroup = "{}"\nopens = "12:30"\ncloses = "13:00"\n\n'
    start, end = SOUND.index("[[register]]                     # lunch 2"), SOUND.index("[registers]")
    text = SOUND[:start] + window.format("7A") + window.format("7B") + SOUND[end:]
    text = "\n".join(line for line in text.splitlines() if not line.startswith('"register.pm.lunch2'))
    policy = parse_policy(f'{text}\n"register.pm" = "5.1.3"\n')
    found = policy.window_for("7b", 7, "pm")
    assert found is not None
    assert found.group == "7B"
    assert policy.source_of("register.pm.7A.closes") == "5.1.3"


def test_faults_of_the_whole_come_from_the_top_down() -> None:
    broken = SOUND.replace("expires_school_days = 5", "expires_school_days = 6").replace(
        '"england-2024"', '"england-2006"'
    )
    broken = broken.replace('closes = "09:15"', 'closes = "09:16"').replace('id = "4"', 'id = "3"')
    lines = [int(one.split(":")[1]) for one in faults_of(broken) if "names no key" not in one]
    assert len(lines) == 4
    assert lines == sorted(lines)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.times() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def told_by(attempt: Callable[[], Policy]) -> tuple[str, ...] | None:
    """The faults, or None for a policy that can be used."""
    try:
        attempt()
    except PolicyFault as refused:
        return refused.faults
    return None


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(SOUND)), length=st.integers(1, 60), instead=st.text(max_size=20))
def test_any_slip_of_the_hand_is_a_fault_or_a_policy_never_a_crash(cut: int, length: int, instead: str) -> None:
    faults = told_by(lambda: parse_policy(SOUND[:cut] + instead + SOUND[cut + length :]))
    assert faults is None or faults
    assert all(": " in one for one in faults or ())


@settings(max_examples=100, deadline=None)
@given(overrides=st.dictionaries(st.sampled_from(sorted(OVERRIDABLE)) | st.text(max_size=8), VALUES, max_size=3))
def test_any_value_of_an_override_is_a_fault_or_a_policy_never_a_crash(overrides: dict[str, Any]) -> None:
    faults = told_by(lambda: with_override(policy_by_key("blue-coat"), overrides))
    assert faults is None or faults
