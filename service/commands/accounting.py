"""`firstcall account`: who may sign in, and what the office cannot put right by itself."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from service.faults import UserFault

School = Annotated[str, typer.Option("--school", help="Which school, where the database has several.")]
Name = Annotated[str, typer.Argument(help="Name to sign in with.")]
Staff = Annotated[str, typer.Option("--staff", help="Id of the member of staff, as in the staff list.")]
Email = Annotated[str, typer.Option("--email", help="Address that Google or Microsoft knows this person by.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]

account = typer.Typer(help="Who may sign in to the office.", no_args_is_help=True)


def asked_password(from_stdin: bool) -> str:
    """The password, asked or read; long enough. Raises UserFault."""
    from service.initial import check_password

    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    else:
        raise UserFault("Nobody can be asked for the password here; add --password-stdin")
    check_password(password)
    return password


@account.command("list")
def list_all(school: School = "") -> None:
    """Every account: whose it is, and how it signs in."""
    from service.staff.accounts import list_accounts

    for line in asyncio.run(list_accounts(school)):
        print(line)


@account.command("add")
def add(name: Name, staff: Staff, email: Email = "", school: School = "", password_stdin: FromStdin = False) -> None:
    """Let a member of staff sign in with a password."""
    from service.staff.accounts import add_account

    print(asyncio.run(add_account(school, name, staff, asked_password(password_stdin), email)))


@account.command("invite")
def invite(name: Name, staff: Staff, email: Email, school: School = "") -> None:
    """Let a member of staff sign in by Google or Microsoft, without a password here."""
    from service.staff.accounts import add_account

    if not email.strip():
        raise UserFault("Give --email with the address that Google or Microsoft knows this person by")
    print(asyncio.run(add_account(school, name, staff, "", email)))


@account.command("email")
def email(
    name: Name, address: Annotated[str, typer.Argument(help="The address; '' takes it away.")], school: School = ""
) -> None:
    """The address that Google or Microsoft knows an account by, for its first sign-in there."""
    from service.staff import accounts

    print(asyncio.run(accounts.set_email(school, name, address)))


@account.command("unlink")
def unlink(name: Name, school: School = "") -> None:
    """Forget who an account is at Google or Microsoft."""
    from service.staff import accounts

    print(asyncio.run(accounts.unlink(school, name)))


@account.command("reset-code")
def reset_code(name: Name, school: School = "") -> None:
    """For a lost phone: forget the account's app and its recovery codes."""
    from service.staff import accounts

    print(asyncio.run(accounts.reset_code(school, name)))


@account.command("password")
def password(name: Name, school: School = "", password_stdin: FromStdin = False) -> None:
    """Give an account a new password."""
    from service.staff import accounts

    print(asyncio.run(accounts.set_password(school, name, asked_password(password_stdin))))


@account.command("close")
def close(name: Name, school: School = "") -> None:
    """Let nobody in by this account any more."""
    from service.staff import accounts

    print(asyncio.run(accounts.close(school, name, True)))


@account.command("open")
def open_again(name: Name, school: School = "") -> None:
    """Open a closed account again."""
    from service.staff import accounts

    print(asyncio.run(accounts.close(school, name, False)))
