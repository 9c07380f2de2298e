"""Settings and `.env.example` name the same variables, and each says what it is for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.settings import names

ROOT = Path(__file__).resolve().parents[2]

# The fixed outside face: other people's set-ups are built against these names.
FIXED = set(
    """FIRSTCALL_DATABASE_URL FIRSTCALL_PUBLIC_URL FIRSTCALL_POLICIES FIRSTCALL_SECRET_KEY TWILIO_ACCOUNT_SID
    TWILIO_AUTH_TOKEN TWILIO_AUTH_TOKEN_PREVIOUS TWILIO_FROM TWILIO_MESSAGING_SERVICE_SID TWILIO_API_URL
    TELEGRAM_BOT_TOKEN TELEGRAM_WEBHOOK_SECRET TELEGRAM_API_URL SMTP_URL IMAP_URL NOTIFY_API_KEY NOTIFY_API_URL
    WONDE_TOKEN WONDE_API_URL""".split()
)


def example() -> dict[str, str]:
    """From each variable of `.env.example` to the comment above it."""
    found: dict[str, str] = {}
    comment: list[str] = []
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            comment.append(line.lstrip("# "))
        elif "=" in line:
            found[line.partition("=")[0]] = " ".join(comment)
            comment = []
        else:
            comment = []
    return found


def test_no_fixed_variable_is_missing() -> None:
    assert set(example()) >= FIXED


@pytest.mark.parametrize("variable", sorted(example()))
def test_each_variable_says_what_it_is_for(variable: str) -> None:
    assert re.search(r"\w+ \w+ \w+", example()[variable]), f"write a comment above {variable} in .env.example"


def test_no_secret_stands_in_the_example() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    filled = re.findall(r"^(\w*(?:TOKEN|KEY|SECRET|SID)\w*)=.+$", text, re.MULTILINE)
    assert not filled


def test_the_settings_read_what_the_example_names() -> None:
    assert list(names()) == list(example()), "bring .env.example and service/settings.py together"
