"""Commands that set a school up and run it: init, serve, add-staff-account."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def _setting(name: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(envvar=name, help=text, show_envvar=True)
    return option


def serve(
    host: Annotated[str, typer.Option(help="Where to listen; put a web server with https before it.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
) -> None:
    """Run the service: take texts in, answer them, chase, alert, and show the office."""
    from service import serving

    serving.serve(host, port)


def init(
    policy: Annotated[str, typer.Option(help="Key of the school's policy, such as blue-coat.")] = "",
    school: Annotated[str, typer.Option(help="Id of the school; by default the policy's key.")] = "",
    database_url: Annotated[str, _setting("FIRSTCALL_DATABASE_URL", "Where everything is kept.")] = "",
    public_url: Annotated[str, _setting("FIRSTCALL_PUBLIC_URL", "The https address of this service.")] = "",
    policies: Annotated[str, _setting("FIRSTCALL_POLICIES", "Folder of your policy files.")] = "",
    twilio_account_sid: Annotated[str, _setting("TWILIO_ACCOUNT_SID", "Twilio account (AC…).")] = "",
    twilio_auth_token: Annotated[str, _setting("TWILIO_AUTH_TOKEN", "Its secret.")] = "",
    twilio_from: Annotated[str, _setting("TWILIO_FROM", "The number that texts come from.")] = "",
    twilio_messaging_service_sid: Annotated[
        str, _setting("TWILIO_MESSAGING_SERVICE_SID", "Instead of a number: a Messaging Service (MG…).")
    ] = "",
    twilio_api_url: Annotated[str, _setting("TWILIO_API_URL", "Where Twilio's REST API is.")] = "",
    smtp_url: Annotated[str, _setting("SMTP_URL", "Mail server for alerts to staff.")] = "",
    email_from: Annotated[str, typer.Option(help="Address that mail to staff comes from.")] = "",
    username: Annotated[str, typer.Option(help="Name of the administrator's account.")] = "",
    password_stdin: Annotated[
        bool, typer.Option(help="Read the administrator's password from standard input.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing; what is not given can be filled in later.")
    ] = False,
    overwrite: Annotated[bool, typer.Option(help="Replace an .env that is here already.")] = False,
) -> None:
    """Set a school up: write .env, make the database, and one administrator."""
    from service.commands.asking import Answers, ask, run_init

    given = {
        "FIRSTCALL_DATABASE_URL": database_url,
        "FIRSTCALL_PUBLIC_URL": public_url,
        "FIRSTCALL_POLICIES": policies,
        "TWILIO_ACCOUNT_SID": twilio_account_sid,
        "TWILIO_AUTH_TOKEN": twilio_auth_token,
        "TWILIO_FROM": twilio_from,
        "TWILIO_MESSAGING_SERVICE_SID": twilio_messaging_service_sid,
        "TWILIO_API_URL": twilio_api_url,
        "SMTP_URL": smtp_url,
        "FIRSTCALL_SECRET_KEY": os.environ.get("FIRSTCALL_SECRET_KEY", ""),
    }
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    answers = Answers(policy, school, given, email_from, username, password)
    run_init(answers if yes else ask(answers), Path(".env"), ask_first=not yes, overwrite=overwrite)


def add_staff_account(
    username: Annotated[str, typer.Argument(help="Name to sign in with.")],
    staff: Annotated[str, typer.Option(help="Id of the member of staff, as in the staff list.")],
    school: Annotated[str, typer.Option(help="Which school, where the database has several.")] = "",
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
) -> None:
    """Let a member of staff sign in to the office."""
    from service.commands.accounting import asked_password
    from service.staff.accounts import add_account

    print(asyncio.run(add_account(school, username, staff, asked_password(password_stdin))))
