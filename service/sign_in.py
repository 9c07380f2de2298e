"""What the settings say about signing in: the roles that need a code, and the school's Google and Microsoft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attendance.policy.words import ROLES, near
from office.sign_in.vouched import TENANT, Provider
from service.settings import Settings, is_web_address

LONGEST_LOCK = 60
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def providers_of(settings: Settings) -> tuple[Provider, ...]:
    """Where staff may sign in elsewhere; none where no client id is set."""
    found = []
    if settings.google_id:
        issuer = settings.google_url.rstrip("/")
        found.append(
            Provider(
                "google", issuer, f"{issuer}/.well-known/openid-configuration", settings.google_id,
                settings.google_secret.get_secret_value(), _words(settings.google_domains),
            )
        )  # fmt: skip
    if settings.microsoft_id:
        tenants = _words(settings.microsoft_tenants)
        root = settings.microsoft_url.rstrip("/")
        one = next(iter(tenants)) if len(tenants) == 1 else ""
        found.append(
            Provider(
                "microsoft", f"{root}/{one or TENANT}/v2.0",
                f"{root}/{one or 'organizations'}/v2.0/.well-known/openid-configuration", settings.microsoft_id,
                settings.microsoft_secret.get_secret_value(), tenants,
            )
        )  # fmt: skip
    return tuple(found)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def sign_in_faults(settings: Settings) -> Iterator[str]:
    """What cannot be right, one line each."""
    if strange := sorted(set(settings.code_roles.split()) - ROLES):
        meant = near(strange[0], ROLES)
        yield f"FIRSTCALL_CODE_ROLES: there is no role {strange[0]}{f'; did you mean {meant}?' if meant else ''}"
    if not 1 <= settings.lock_minutes <= LONGEST_LOCK:
        yield f"FIRSTCALL_LOCK_MINUTES must be from 1 to {LONGEST_LOCK}"
    if settings.google_id:
        yield from _faults("GOOGLE", settings.google_secret.get_secret_value(), settings.google_url)
        yield from _list_faults("SIGN_IN_GOOGLE_DOMAINS", settings.google_domains, _DOMAIN, "the school's domain")
    if settings.microsoft_id:
        yield from _faults("MICROSOFT", settings.microsoft_secret.get_secret_value(), settings.microsoft_url)
        tenants = settings.microsoft_tenants
        yield from _list_faults("SIGN_IN_MICROSOFT_TENANTS", tenants, _TENANT, "the directory (tenant) id")


def _faults(name: str, secret: str, url: str) -> Iterator[str]:
    if not secret:
        yield f"SIGN_IN_{name}_SECRET is missing: SIGN_IN_{name}_ID needs its secret. docs/how-to/sign-in.md"
    if not is_web_address(url):
        yield f"SIGN_IN_{name}_URL is not a web address; write https://host, without ? or #"


def _list_faults(name: str, text: str, form: re.Pattern[str], what: str) -> Iterator[str]:
    if not text.split():
        yield f"{name} is missing: without it anybody's account would be let in. Give {what}"
    for word in text.casefold().split():
        if not form.fullmatch(word):
            yield f"{name}: `{word}` cannot be {what}"
