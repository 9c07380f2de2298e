"""Settings: the file that is written is the file that is read, and what is missing is said all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.faults import UserFault
from service.settings import Settings, load, names, render
from service.settings_faults import check_for_serve

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "FIRSTCALL_PUBLIC_URL": "https://absence.school.example",
    "FIRSTCALL_SECRET_KEY": "k" * 40,
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "secret-token",
    "TWILIO_FROM": "+447700900000",
}


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)


def written(folder: Path, values: dict[str, str]) -> Path:
    path = folder / ".env"
    path.write_text(render(values), "utf-8")
    return path


def test_the_example_is_what_the_settings_say() -> None:
    assert (ROOT / ".env.example").read_text("utf-8") == render()


def test_what_init_writes_is_what_serve_reads(tmp_path: Path) -> None:
    mail = "smtp://absence%40school.example:p;s s$1@mail.example:587?starttls=required"
    settings = load(written(tmp_path, {**WHOLE, "SMTP_URL": mail}))

    assert settings.twilio_from == "+447700900000"
    assert settings.smtp_url.get_secret_value() == mail
    assert settings.database_url == "sqlite+aiosqlite:///firstcall.db"
    assert check_for_serve(settings) == []


@pytest.mark.parametrize("value", ["it's", "a\\b", "a\nb", "${HOME}"])
def test_a_value_that_a_file_cannot_hold_is_refused(value: str) -> None:
    with pytest.raises(UserFault):
        render({"SMTP_URL": value})


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_FROM", "+447700900001")

    assert load(written(tmp_path, WHOLE)).twilio_from == "+447700900001"


def test_every_missing_value_has_its_line_with_what_and_how(tmp_path: Path) -> None:
    lines = check_for_serve(load(written(tmp_path, {})))

    assert [line.partition(" ")[0] for line in lines] == list(WHOLE)
    assert all(" is missing: " in line and " Set it in .env or the environment: " in line for line in lines)


def test_a_messaging_service_stands_for_the_number(tmp_path: Path) -> None:
    values = {**WHOLE, "TWILIO_FROM": "", "TWILIO_MESSAGING_SERVICE_SID": "MG" + "1" * 32}

    assert check_for_serve(load(written(tmp_path, values))) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FIRSTCALL_PUBLIC_URL", "absence.school.example", "is not a web address"),
        ("FIRSTCALL_PUBLIC_URL", "https://absence.school.example/?a=1", "is not a web address"),
        ("FIRSTCALL_PUBLIC_URL", "https://absence.school.example:99999", "is not a web address"),
        ("FIRSTCALL_SECRET_KEY", "short", "too short"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32, "is not an account's SID"),
        ("TWILIO_FROM", "BlueCoat", "is not a number"),
        ("TWILIO_MESSAGING_SERVICE_SID", "AC" + "0" * 32, "is not a Messaging Service"),
        ("TWILIO_API_URL", "api.twilio.com", "is not a web address"),
        ("FIRSTCALL_POLICIES", "nowhere/schools", "there is no folder nowhere/schools"),
        ("SMTP_URL", "mail.school.example", "SMTP_URL must look like"),
    ],
)
def test_a_value_that_cannot_be_right_is_said(tmp_path: Path, name: str, value: str, said: str) -> None:
    (line,) = check_for_serve(load(written(tmp_path, {**WHOLE, name: value})))

    assert said in line


def test_a_misspelt_name_in_the_file_is_no_silent_default(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("TWILIO_AUTH_TOKN=x\n", "utf-8")

    with pytest.raises(UserFault, match=r"did you mean TWILIO_AUTH_TOKEN\?"):
        load(path)


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    shown = repr(load(written(tmp_path, {**WHOLE, "SMTP_URL": "smtp://user:hush@mail.example"})))

    assert not [secret for secret in ("secret-token", "hush", "k" * 40) if secret in shown]


def test_own_policies_are_found_beside_their_calendars(tmp_path: Path) -> None:
    (tmp_path / "schools").mkdir()

    assert Settings(policies=str(tmp_path / "schools")).policies_root == tmp_path.resolve()
    assert Settings(policies=str(tmp_path)).policies_root == tmp_path.resolve()
    assert Settings(policies=str(tmp_path / "none" / "schools")).policies_root is None


@pytest.mark.parametrize(
    ("token", "secret", "url", "said"),
    [
        ("123456:abcdEFGH", "s3cret-of-our-own", "https://api.telegram.org", []),
        ("", "", "nonsense", []),
        ("abc", "s3cret-of-our-own", "https://api.telegram.org", ["TELEGRAM_BOT_TOKEN is not a bot's token"]),
        ("123456:abcdEFGH", "", "https://api.telegram.org", ["TELEGRAM_WEBHOOK_SECRET is missing"]),
        ("123456:abcdEFGH", "tiny", "https://api.telegram.org", ["TELEGRAM_WEBHOOK_SECRET is too short"]),
        ("123456:abcdEFGH", "has spaces in the secret", "http://x", ["TELEGRAM_WEBHOOK_SECRET is too short"]),
        ("123456:abcdEFGH", "s3cret-of-our-own", "telegram", ["TELEGRAM_API_URL is not a web address"]),
    ],
)
def test_a_bot_needs_its_token_and_a_secret(tmp_path: Path, token: str, secret: str, url: str, said: list[str]) -> None:
    bot = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_WEBHOOK_SECRET": secret, "TELEGRAM_API_URL": url}
    lines = check_for_serve(load(written(tmp_path, {**WHOLE, **bot})))

    assert len(lines) == len(said)
    assert all(line.startswith(start) for line, start in zip(lines, said, strict=True))
    assert not secret or secret not in "".join(lines)
