"""The commands as an operator types them: `firstcall init`, accounts, backup, and what each says when it cannot."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner, Result

from service.cli import app
from service.settings import load, names
from service.settings_faults import check_for_serve
from service.sign_in import providers_of

SETTINGS = ["--public-url", "https://absence.school.example", "--twilio-account-sid", "AC" + "0" * 32]
PEOPLE = """\
pupil_id,given,family,year,group,contact_id,contact_name,relation,priority,mobile
p1,Amina,Okafor,7,7M,c1,Ngozi Okafor,mother,1,07700 900001
"""
STAFF = "staff_id,name,position,roles,phone\nreed,Ms Reed,Attendance officer,attendance_officer,07700 900900\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in names():
        monkeypatch.delenv(name, raising=False)


def firstcall(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given)


def init(*more: str, given: str | None = None) -> Result:
    return firstcall("init", "--yes", "--policy", "blue-coat", *SETTINGS, *more, given=given)


def rows(statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect("firstcall.db")) as db:
        return db.execute(statement).fetchall()


def test_init_writes_a_private_env_the_school_its_number_and_one_administrator() -> None:
    result = init("--twilio-from", "07700 900000", "--password-stdin", given="four words in a row\n")

    assert (result.exit_code, result.stderr) == (0, "")
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600
    settings = load()
    assert settings.twilio_from == "+447700900000"
    assert len(settings.secret_key.get_secret_value()) >= 32
    assert rows("SELECT school_id, policy_key FROM school") == [("blue-coat", "blue-coat")]
    assert rows("SELECT channel, address FROM sender") == [("sms", "+447700900000")]
    ((name, password_hash),) = rows("SELECT username, password_hash FROM account")
    assert (name, PasswordHasher().verify(str(password_hash), "four words in a row")) == ("admin", True)
    assert rows("SELECT count(*) FROM pupil") == [(0,)]
    assert "TWILIO_AUTH_TOKEN is missing" in result.stdout


def test_without_a_password_one_is_made_and_shown_once() -> None:
    first, second = init(), init()

    assert "Its password is " in first.stdout
    assert "Its password is " not in second.stdout
    assert "was there already" in second.stdout


def test_an_env_that_is_here_is_never_overwritten_without_a_word() -> None:
    init("--twilio-from", "07700 900000")
    before = Path(".env").read_text()
    kept = init("--twilio-from", "07700 900001")
    assert Path(".env").read_text() == before
    assert "is kept" in kept.stdout

    init("--twilio-from", "07700 900001", "--overwrite")
    assert load().twilio_from == "+447700900001"


def test_nobody_is_asked_where_nobody_can_answer() -> None:
    result = firstcall("init", given="")

    assert result.exit_code == 2
    assert "add --yes" in result.stderr
    assert not Path(".env").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--policy", "blue-cote"], "did you mean `blue-coat`?"),
        (["--policy", ""], "Give --policy with one of blue-coat"),
        (["--twilio-from", "0770"], "TWILIO_FROM: "),
        (["--public-url", "absence.school.example"], "FIRSTCALL_PUBLIC_URL is not a web address"),
        (["--database-url", "mysql://x/y"], "FIRSTCALL_DATABASE_URL begins with mysql"),
        (["--username", "Ms Reed"], "A user name has"),
        (["--smtp-url", "mail.school.example"], "SMTP_URL must look like"),
    ],
)
def test_what_cannot_be_right_is_said_in_one_line_and_nothing_is_written(arguments: list[str], said: str) -> None:
    result = init(*arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not Path("firstcall.db").exists()
    assert not Path(".env").exists()


def test_a_database_that_cannot_be_opened_is_one_line() -> None:
    for url in ("sqlite:///no/such/folder/firstcall.db", "postgresql://nobody:hush@127.0.0.1:9/none"):
        result = init("--database-url", url, "--overwrite")
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
        assert "cannot be opened" in result.stderr
        assert "hush" not in result.stderr


def test_a_short_password_is_refused() -> None:
    result = init("--password-stdin", given="short\n")

    assert (result.exit_code, Path(".env").exists()) == (2, False)
    assert "at least 10 characters" in result.stderr


def test_serve_without_settings_says_each_that_is_missing_and_exits_2() -> None:
    result = firstcall("serve")

    assert result.exit_code == 2
    named = [line.partition(" ")[0] for line in result.stderr.splitlines()]
    assert named == [
        "FIRSTCALL_PUBLIC_URL",
        "FIRSTCALL_SECRET_KEY",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_FROM",
    ]


def test_serve_without_a_school_says_what_to_run_first() -> None:
    init("--twilio-from", "07700 900000", "--twilio-auth-token", "secret-token")
    Path("firstcall.db").unlink()
    result = firstcall("serve", "--port", "0")

    assert result.exit_code == 2
    assert "run `firstcall init` first" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "command", [["import", "people", "-"], ["import", "marks", "-"], ["export", "marks"], ["backup", "b.db"]]
)
def test_without_a_database_each_command_says_what_to_run_first(command: list[str]) -> None:
    result = firstcall(*command, given=PEOPLE)

    assert result.exit_code == 2
    assert "run `firstcall init` first" in result.stderr
    assert not Path("firstcall.db").exists()


def test_people_from_a_file_and_a_file_that_is_not_there() -> None:
    init()
    Path("people.csv").write_text(PEOPLE)

    assert firstcall("import", "people", "people.csv").stdout == (
        "1 pupils and 1 contacts in the file: 3 rows added, 0 changed, 0 taken off\n"
    )
    missing = firstcall("import", "people", "none.csv")
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (2, True)


def test_marks_go_out_to_a_file_and_to_standard_output() -> None:
    init()
    firstcall("import", "people", "-", given=PEOPLE)
    firstcall("import", "marks", "-", given="pupil_id,date,session,mark\np1,16/11/2026,AM,N\n")

    shown = firstcall("export", "marks", "--day", "2026-11-16").stdout
    assert "p1,Amina Okafor,2026-11-16,AM,N" in shown
    assert firstcall("export", "marks", "--day", "2026-11-16", "-o", "marks.csv").exit_code == 0
    assert Path("marks.csv").read_text() == shown
    assert firstcall("export", "marks", "--until", "2026-11-16").exit_code == 2
    for wrong in ("16/11/2026", "2026-13-01", "yesterday"):
        said = firstcall("export", "marks", "--day", wrong)
        assert said.exit_code == 2
        assert f"--day: `{wrong}` is no day; write year, month and day, as 2026-11-16" in said.output


def test_the_call_sheet_is_one_page_that_needs_nothing_else() -> None:
    init()
    firstcall("import", "people", "-", given=PEOPLE)

    result = firstcall("call-sheet", "-o", "call-sheet.html")
    page = Path("call-sheet.html").read_text("utf-8")
    assert (result.exit_code, stat.S_IMODE(Path("call-sheet.html").stat().st_mode)) == (0, 0o600)
    assert page.startswith("<!doctype html>")
    assert "<style>" in page
    assert "src=" not in page
    assert firstcall("call-sheet", "--html").stdout.startswith("<!doctype html>")


def test_the_call_sheet_is_a_pdf_where_the_output_is_led() -> None:
    init()
    firstcall("import", "people", "-", given=PEOPLE)

    assert firstcall("call-sheet").stdout_bytes.startswith(b"%PDF-")
    assert firstcall("call-sheet", "-o", "sheet.pdf").exit_code == 0
    assert Path("sheet.pdf").read_bytes().startswith(b"%PDF-")
    refused = firstcall("call-sheet", "-o", "sheet.docx")
    assert refused.exit_code == 2
    assert "a call sheet is a .pdf or a .html file" in refused.stderr


def test_several_schools_need_to_be_told_apart() -> None:
    init()
    init("--school", "other", "--username", "other")

    unnamed = firstcall("import", "people", "-", given=PEOPLE)
    assert (unnamed.exit_code, unnamed.stderr) == (
        2, "The database has several schools; add --school with one of blue-coat, other\n"
    )  # fmt: skip
    assert firstcall("import", "people", "-", "--school", "other", given=PEOPLE).exit_code == 0
    assert rows("SELECT DISTINCT school_id FROM pupil") == [("other",)]


def test_a_member_of_staff_gets_an_account_once() -> None:
    init()
    firstcall("import", "staff", "-", given=STAFF)
    command = ["add-staff-account", "Reed", "--staff", "reed", "--password-stdin"]

    assert firstcall(*command, given="four words in a row\n").exit_code == 0
    assert "already" in firstcall(*command, given="four words in a row\n").stderr
    assert "Nobody on the staff list" in firstcall(
        "add-staff-account", "x1", "--staff", "nobody", "--password-stdin", given="four words in a row\n"
    ).stderr  # fmt: skip
    assert rows("SELECT staff_id FROM account WHERE username = 'reed'") == [("reed",)]
    assert rows("SELECT action, subject FROM audit") == [("add_account", "account/reed")]


def test_a_backup_can_be_put_in_place_and_overwrites_nothing() -> None:
    init()
    firstcall("import", "people", "-", given=PEOPLE)

    assert firstcall("backup", "copy.db").exit_code == 0
    assert stat.S_IMODE(Path("copy.db").stat().st_mode) == 0o600
    assert firstcall("backup", "copy.db").exit_code == 2
    for name in ("firstcall.db", "firstcall.db-wal", "firstcall.db-shm"):
        Path(name).unlink(missing_ok=True)
    Path("copy.db").rename("firstcall.db")
    assert "nothing changed" in firstcall("import", "people", "-", given=PEOPLE).stdout


def test_for_postgresql_backup_says_the_command_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTCALL_DATABASE_URL", "postgresql://firstcall:hush@db.example/firstcall")
    result = firstcall("backup", "copy.dump")

    assert result.exit_code == 2
    assert "pg_dump --format=custom --file=copy.dump 'postgresql://firstcall@db.example/firstcall'" in result.stderr
    assert "hush" not in result.stderr


def _school_with_staff() -> None:
    init()
    firstcall("import", "people", "-", given=PEOPLE)
    firstcall("import", "staff", "-", given=STAFF)


def test_accounts_are_looked_after_on_the_command_line() -> None:
    _school_with_staff()
    added = firstcall("account", "add", "Reed", "--staff", "reed", "--password-stdin", given="four words in a row\n")
    assert (added.exit_code, added.stderr) == (0, "")
    assert "reed: Ms Reed (attendance_officer); password" in firstcall("account", "list").stdout
    assert "closed and signed out" in firstcall("account", "close", "reed").stdout
    assert "password, closed" in firstcall("account", "list").stdout
    assert "open again" in firstcall("account", "open", "reed").stdout
    fresh = firstcall("account", "password", "reed", "--password-stdin", given="four other words here\n")
    assert "has a new password" in fresh.stdout
    ((password_hash,),) = rows("SELECT password_hash FROM account WHERE username = 'reed'")
    assert PasswordHasher().verify(str(password_hash), "four other words here")


def test_a_lost_phone_is_forgotten_and_that_is_written_down() -> None:
    _school_with_staff()
    firstcall("account", "add", "reed", "--staff", "reed", "--password-stdin", given="four words in a row\n")
    none = firstcall("account", "reset-code", "reed")
    assert (none.exit_code, "reed has none" in none.stderr) == (2, True)
    with closing(sqlite3.connect("firstcall.db")) as db:
        db.execute(
            "INSERT INTO second_factor (school_id, username, secret, last_step, created_at, confirmed_at) "
            "VALUES ('blue-coat', 'reed', 'sealed', 1, '2026-11-09 09:00:00', '2026-11-09 09:00:00')"
        )
        db.execute("INSERT INTO recovery_code (school_id, username, print) VALUES ('blue-coat', 'reed', 'x')")
        db.commit()
    assert "password, code" in firstcall("account", "list").stdout
    assert "with the password alone" in firstcall("account", "reset-code", "reed").stdout
    assert rows("SELECT count(*) FROM second_factor") == rows("SELECT count(*) FROM recovery_code") == [(0,)]
    assert ("reset_second_factor", "account/reed") in rows("SELECT action, subject FROM audit")
    assert rows("SELECT signed_out_at IS NOT NULL FROM account WHERE username = 'reed'") == [(1,)]


def test_an_account_that_is_not_there_is_said_plainly() -> None:
    _school_with_staff()
    for command in ("reset-code", "close", "open"):
        result = firstcall("account", command, "nobody")
        assert result.exit_code == 2
        assert "There is no account nobody" in result.stderr


def test_a_value_of_the_wrong_kind_is_one_line_and_does_not_say_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTCALL_LOCK_MINUTES", "abc-secret")
    for command in (["channels", "check"], ["serve"], ["call-sheet"]):
        said = firstcall(*command)
        assert said.exit_code in (1, 2)
        assert "FIRSTCALL_LOCK_MINUTES must be a whole number" in said.output
        assert "abc-secret" not in said.output


def test_a_misspelt_role_in_the_settings_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTCALL_CODE_ROLES", "headteacher safeguarding_led")
    assert any("did you mean safeguarding_lead?" in line for line in check_for_serve(load(None)))


def test_an_invited_person_has_no_password_and_one_address() -> None:
    _school_with_staff()
    invited = firstcall("account", "invite", "reed", "--staff", "reed", "--email", "Reed@School.example")
    assert (invited.exit_code, invited.stderr) == (0, "")
    assert firstcall("account", "list").stdout.splitlines()[-1].endswith("; reed@school.example")
    assert rows("SELECT password_hash FROM account WHERE username = 'reed'") == [("",)]
    assert "is the address of reed" in firstcall("account", "email", "admin", "reed@school.example").stderr
    assert "is no e-mail address" in firstcall("account", "email", "admin", "reed at school").stderr
    assert "reed has none" in firstcall("account", "unlink", "reed").stderr
    with closing(sqlite3.connect("firstcall.db")) as db:
        db.execute("INSERT INTO identity VALUES ('blue-coat', 'https://idp', 'x', 'reed', '2026-11-09 09:00:00')")
        db.commit()
    assert "linked to nobody" in firstcall("account", "unlink", "reed").stdout
    assert rows("SELECT count(*) FROM identity") == [(0,)]
    assert "no e-mail address any more" in firstcall("account", "email", "reed", "").stdout


def test_settings_of_google_and_microsoft_that_would_let_anybody_in_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SIGN_IN_GOOGLE_ID", "client")
    monkeypatch.setenv("SIGN_IN_MICROSOFT_ID", "client")
    monkeypatch.setenv("SIGN_IN_MICROSOFT_TENANTS", "common")
    faults = "\n".join(check_for_serve(load(None)))
    assert "SIGN_IN_GOOGLE_SECRET is missing" in faults
    assert "SIGN_IN_GOOGLE_DOMAINS is missing: without it anybody's account would be let in" in faults
    assert "SIGN_IN_MICROSOFT_TENANTS: `common` cannot be the directory (tenant) id" in faults


def test_what_the_settings_say_of_google_and_microsoft_is_what_the_office_uses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tenant = "8a2f1c34-5b6d-4e7f-8091-a2b3c4d5e6f7"
    for name, value in (("GOOGLE_ID", "g"), ("GOOGLE_DOMAINS", "A.example b.example"), ("MICROSOFT_ID", "m")):
        monkeypatch.setenv(f"SIGN_IN_{name}", value)
    monkeypatch.setenv("SIGN_IN_MICROSOFT_TENANTS", tenant)
    google, microsoft = providers_of(load(None))
    assert (google.issuer, google.allowed) == ("https://accounts.google.com", {"a.example", "b.example"})
    assert microsoft.issuer == f"https://login.microsoftonline.com/{tenant}/v2.0"
    monkeypatch.setenv("SIGN_IN_MICROSOFT_TENANTS", f"{tenant} {tenant.replace('8', '9')}")
    several = providers_of(load(None))[1]
    assert several.issuer == "https://login.microsoftonline.com/{tenantid}/v2.0"
    assert several.discovery == "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration"
