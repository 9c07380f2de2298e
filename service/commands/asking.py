"""The questions of `firstcall init`, and what is done with the answers."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import typer

from service import initial
from service.clock import SystemClock
from service.faults import UserFault
from service.settings import Settings, load

QUESTIONS = (
    ("FIRSTCALL_PUBLIC_URL", "The https address under which this service is reached"),
    ("TWILIO_ACCOUNT_SID", "Twilio account (Console, Account info: AC…)"),
    ("TWILIO_AUTH_TOKEN", "Its auth token"),
    ("TWILIO_FROM", "The number that texts come from"),
    ("SMTP_URL", "Mail server for alerts to staff, smtp://user:password@host:587"),
)
HIDDEN = frozenset({"TWILIO_AUTH_TOKEN", "SMTP_URL"})
DEFAULT_USERNAME = "admin"


@dataclass(frozen=True)
class Answers:
    """What was given as options or answered."""

    policy: str
    school: str
    values: dict[str, str] = field(repr=False)
    email_from: str
    username: str
    password: str = field(repr=False)


def ask(given: Answers) -> Answers:
    """Ask for what was not given. Everything but the policy may be left empty and filled in later."""
    if not sys.stdin.isatty():
        raise UserFault(
            "Nobody can be asked here; add --yes, and give what you know as options (firstcall init --help)"
        )
    policy = given.policy or _ask_policy(_settings_of(given.values))
    values = dict(given.values)
    typer.echo("Leave empty what you do not know yet; it can be filled in in .env.")
    for name, question in QUESTIONS:
        if values.get(name) or (name == "TWILIO_FROM" and values.get("TWILIO_MESSAGING_SERVICE_SID")):
            continue
        values[name] = str(typer.prompt(question, default="", show_default=False, hide_input=name in HIDDEN)).strip()
    email_from = given.email_from
    if values.get("SMTP_URL") and not email_from:
        email_from = str(typer.prompt("Address that mail to staff comes from", default="", show_default=False)).strip()
    username = given.username or str(typer.prompt("Name of the administrator's account", default=DEFAULT_USERNAME))
    password = given.password or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return replace(given, policy=policy, values=values, email_from=email_from, username=username, password=password)


def _ask_policy(settings: Settings) -> str:
    choices = initial.policy_choices(settings)
    for number, (key, name) in enumerate(choices.items(), 1):
        typer.echo(f"{number:>3}  {key:<24} {name}")
    while True:
        said = str(typer.prompt("Which policy does the school go by (number or key)")).strip()
        if said in choices:
            return said
        if said.isdecimal() and 0 < int(said) <= len(choices):
            return list(choices)[int(said) - 1]
        typer.echo("Write one of the numbers or keys above.")


def run_init(answers: Answers, env: Path, *, ask_first: bool, overwrite: bool) -> None:
    """Write `.env` unless one is kept, then make the database. Raises UserFault before anything is written."""
    keep = env.exists() and not overwrite and not (ask_first and _may_replace(env))
    values = {} if keep else initial.settings_values(_wanted(answers))
    settings = load(env) if keep else _settings_of(values)
    if not answers.policy:
        choices = ", ".join(initial.policy_choices(settings))
        raise UserFault(f"Which policy does the school go by? Give --policy with one of {choices}")
    policy = initial.checked_policy(settings, answers.policy)
    if faults := initial.wrong_values(settings):
        raise UserFault(faults)
    wanted = _wanted(answers)
    initial.checked_username(wanted.username)
    if wanted.password:
        initial.check_password(wanted.password)
    if keep:
        typer.echo(f"{env} was here already and is kept; --overwrite replaces it.")
    else:
        initial.write_env(env, values)
        typer.echo(f"{env} is written; only you can read it.")
    _say(asyncio.run(initial.make(settings, wanted, policy, SystemClock().now())))


def _settings_of(values: dict[str, str]) -> Settings:
    """Settings from these values alone, without the environment."""
    return Settings.model_validate({name: value for name, value in values.items() if value})


def _wanted(answers: Answers) -> initial.Wanted:
    return initial.Wanted(
        answers.policy,
        answers.school,
        answers.values,
        answers.email_from,
        answers.username or DEFAULT_USERNAME,
        answers.password,
    )


def _may_replace(env: Path) -> bool:
    return bool(typer.confirm(f"There is an {env} here. Replace it, with a new secret key?", default=False))


def _say(done: initial.Done) -> None:
    for line in done.lines:
        typer.echo(line)
    if done.password:
        typer.echo(f"Its password is {done.password} (shown once; keep it safe).")
    if done.open:
        typer.echo("Before `firstcall serve` starts, fill in:")
        for line in done.open:
            typer.echo(f"  {line}")
    typer.echo("Next: firstcall import people FILE.csv, firstcall import staff FILE.csv, firstcall serve.")
