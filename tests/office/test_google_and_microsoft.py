"""Signing in by Google and Microsoft: only people of the school's own domain or tenant, only those whom it listed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from office.sign_in.vouched import Kind
from storage import accounts, audit, identities
from storage.accounts import Account
from tests.office.browsing import Browser, Opener, OpenOffice
from tests.support.fake_provider import DOMAIN, TENANT_ID, FakeProvider
from tests.support.families import AMINA, BEN

PUBLIC = "http://office.test"
REED_AT_GOOGLE = {"sub": "g-1", "hd": DOMAIN, "email": f"Reed@{DOMAIN}", "email_verified": True}
REED_AT_MICROSOFT = {"sub": "pairwise", "tid": TENANT_ID, "oid": "0a1b", "preferred_username": f"reed@{DOMAIN}"}
PERSONS: dict[Kind, dict[str, Any]] = {"google": REED_AT_GOOGLE, "microsoft": REED_AT_MICROSOFT}


@dataclass
class World:
    """An office with one provider, whose account `reed` was invited by e-mail and has no password."""

    office: OpenOffice
    provider: FakeProvider

    async def set_out(self, browser: Browser, wanted: str = "/office/") -> str:
        """To the provider; answers the address that it sends the browser back to."""
        browser.client.follow_redirects = False
        await browser.see(f"/office/sign-in/with/{self.provider.kind}?next={wanted}")
        assert browser.status == 303, browser.text
        async with httpx2.AsyncClient(verify=False) as client:  # plain HTTP: no list of authorities to read
            there = await client.get(browser.answer.headers["location"])
        browser.client.follow_redirects = True
        return there.headers["location"].removeprefix(PUBLIC)

    async def sign_in(self, wanted: str = "/office/") -> Browser:
        """There and back."""
        browser = await self.office.browser()
        return await browser.see(await self.set_out(browser, wanted))

    async def why(self) -> object:
        """Why the last sign-in was refused."""
        world = self.office.school.world
        async with world.database.read() as db:
            deeds = await audit.newest(db, world.school_id)
        return next(deed.detail["why"] for deed in deeds if deed.action == "sign_in_failed")


@asynccontextmanager
async def world_of(
    open_office: Opener, kind: Kind, tenants: frozenset[str] = frozenset({TENANT_ID}), **more: Any
) -> AsyncIterator[World]:
    async with FakeProvider(kind, tenants) as provider:
        provider.person = dict(PERSONS[kind])
        office = await open_office(AMINA, BEN, public_url=PUBLIC, settings={"providers": (provider.provider,), **more})
        world = office.school.world
        provider.now = world.clock.now
        async with world.database.begin() as db:
            await accounts.set_email(db, world.school_id, "reed", f"reed@{DOMAIN}")
            guest = Account("guest", "", world.clock.now(), "hart", email=f"guest@{DOMAIN}")
            await accounts.add(db, world.school_id, guest)
        yield World(office, provider)


@pytest.fixture(params=["google", "microsoft"])
async def at(request: pytest.FixtureRequest, open_office: Opener) -> AsyncIterator[World]:
    async with world_of(open_office, request.param) as world:
        yield world


@pytest.fixture
async def google(open_office: Opener) -> AsyncIterator[World]:
    async with world_of(open_office, "google") as world:
        yield world


@pytest.fixture
async def microsoft(open_office: Opener) -> AsyncIterator[World]:
    async with world_of(open_office, "microsoft") as world:
        yield world


async def test_somebody_whom_the_school_listed_comes_in_and_to_the_page_that_was_wanted(at: World) -> None:
    browser = await at.office.browser()
    await browser.see("/office/child/amina")
    assert f"Sign in with {at.provider.provider.label}" in browser.text
    browser = await at.sign_in("/office/child/amina")
    assert browser.status == 200
    assert "Amina Okafor" in browser.text
    assert ("reed", "sign_in", "account/reed") in await at.office.audit()
    sent = at.provider.asked[0]
    assert sent["redirect_uri"] == f"{PUBLIC}/office/sign-in/with/{at.provider.kind}/back"
    assert "email" in sent["scope"]


async def test_afterwards_the_person_counts_and_no_address(at: World) -> None:
    await at.sign_in()
    named = "email" if at.provider.kind == "google" else "preferred_username"
    at.provider.person[named] = f"married@{DOMAIN}"
    assert "Act now" in (await at.sign_in()).text
    other = {"sub": "g-2", "oid": "9f9f", named: f"reed@{DOMAIN}"}
    at.provider.person.update(other)
    refused = await at.sign_in()
    assert refused.status == 403
    assert "has not listed you" in refused.text


async def test_nobody_makes_an_account_by_signing_in(at: World) -> None:
    named = "email" if at.provider.kind == "google" else "preferred_username"
    at.provider.person[named] = f"stranger@{DOMAIN}"
    refused = await at.sign_in()
    assert refused.status == 403
    assert "has not listed you" in refused.text
    world = at.office.school.world
    async with world.database.read() as db:
        assert "stranger" not in {one.username for one in await accounts.all_of(db, world.school_id)}


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another client"}, "audience"),
        ({"aud": ["firstcall-client", "another client"]}, "audience"),
        ({"azp": "another client"}, "audience"),
        ({"iss": "https://evil.example"}, "issuer"),
        ({"exp": 1}, "expired"),
        ({"exp": None}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"iat": 99999999999}, "not_yet"),
    ],
)
async def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(at: World, claims: dict[str, Any], why: str) -> None:
    at.provider.claims = claims
    refused = await at.sign_in()
    assert refused.status == 403
    assert "did not vouch" in refused.text
    assert await at.why() == why
    assert "Sign in to the office" in (await refused.see("/office/")).text


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("other_key", "signature"),
        ("none", "signature"),
        ("hs256", "signature"),
        ("no_token", "signature"),
        ("error", "code"),
    ],
)
async def test_what_the_provider_did_not_sign_with_its_own_key_lets_nobody_in(at: World, fault: str, why: str) -> None:
    at.provider.faults = [fault]
    assert (await at.sign_in()).status == 403
    assert await at.why() == why
    assert "Act now" in (await at.sign_in()).text


async def test_a_way_back_counts_once(at: World) -> None:
    browser = await at.office.browser()
    back = await at.set_out(browser)
    assert "Act now" in (await browser.see(back)).text
    await browser.see(back)
    assert browser.status == 400
    assert "begin again" in browser.text
    again = await at.office.browser()
    fresh = await at.set_out(again)
    old_code, new_state = parse_qs(urlsplit(back).query)["code"][0], parse_qs(urlsplit(fresh).query)["state"][0]
    await again.see(f"{urlsplit(back).path}?code={old_code}&state={new_state}")
    assert again.status == 403
    assert await at.why() == "code"


async def test_a_way_back_is_for_the_browser_that_set_out(at: World) -> None:
    victim, thief = await at.office.browser(), await at.office.browser()
    back = await at.set_out(thief)
    await victim.see(back)
    assert victim.status == 400
    assert "Sign in to the office" in (await victim.see("/office/")).text
    await thief.see(back)
    assert thief.status == 400


async def test_ten_minutes_there_are_too_long(at: World) -> None:
    browser = await at.office.browser()
    back = await at.set_out(browser)
    at.office.school.world.clock.turn_by(timedelta(minutes=11))
    assert (await browser.see(back)).status == 400


async def test_the_provider_says_no(at: World) -> None:
    browser = await at.office.browser()
    state = parse_qs(urlsplit(await at.set_out(browser)).query)["state"][0]
    await browser.see(f"/office/sign-in/with/{at.provider.kind}/back?error=access_denied&state={state}")
    assert browser.status == 403
    assert await at.why() == "refused_there"


async def test_new_keys_of_the_provider_are_read_at_once(at: World) -> None:
    from joserfc.jwk import RSAKey

    assert "Act now" in (await at.sign_in()).text
    at.provider.key = RSAKey.generate_key(2048, {"kid": "second", "use": "sig", "alg": "RS256"})
    assert "Act now" in (await at.sign_in()).text


@pytest.mark.parametrize("hd", ["evil.example", None, f"{DOMAIN}.evil.example"])
async def test_google_an_account_of_another_domain_is_refused(google: World, hd: str | None) -> None:
    google.provider.claims = {"hd": hd}
    assert (await google.sign_in()).status == 403
    assert await google.why() == "domain"


async def test_google_an_address_that_is_not_verified_is_refused(google: World) -> None:
    google.provider.claims = {"email_verified": "false"}
    assert (await google.sign_in()).status == 403
    assert await google.why() == "email_not_verified"


async def test_microsoft_another_tenant_is_refused_even_with_the_same_address(microsoft: World) -> None:
    other = "00000000-aaaa-bbbb-cccc-dddddddddddd"
    microsoft.provider.claims = {"tid": other, "iss": f"{microsoft.provider.url}/{other}/v2.0"}
    assert (await microsoft.sign_in()).status == 403
    assert await microsoft.why() == "issuer"
    microsoft.provider.claims = {"tid": other}
    assert (await microsoft.sign_in()).status == 403
    assert await microsoft.why() == "tenant"


async def test_microsoft_several_tenants_each_with_its_own_issuer(open_office: Opener) -> None:
    second = "11111111-2222-3333-4444-555555555555"
    async with world_of(open_office, "microsoft", frozenset({TENANT_ID, second})) as world:
        assert "Act now" in (await world.sign_in()).text
        world.provider.person = {**REED_AT_MICROSOFT, "tid": "00000000-aaaa-bbbb-cccc-dddddddddddd"}
        assert (await world.sign_in()).status == 403
        assert await world.why() == "tenant"
        world.provider.person = {**REED_AT_MICROSOFT, "tid": second}
        assert (await world.sign_in()).status == 403
        assert await world.why() == "not_listed"


async def test_microsoft_the_email_claim_is_not_looked_at(microsoft: World) -> None:
    microsoft.provider.claims = {"preferred_username": f"pupil@{DOMAIN}", "email": f"reed@{DOMAIN}"}
    assert (await microsoft.sign_in()).status == 403
    assert await microsoft.why() == "not_listed"


@pytest.mark.parametrize("claims", [{"acct": 1}, {"preferred_username": f"reed_{DOMAIN}#EXT#@x.onmicrosoft.com"}])
async def test_microsoft_a_guest_is_refused(microsoft: World, claims: dict[str, Any]) -> None:
    microsoft.provider.claims = claims
    assert (await microsoft.sign_in()).status == 403
    assert await microsoft.why() == "guest"


async def test_a_closed_account_and_one_that_was_unlinked(google: World) -> None:
    assert "Act now" in (await google.sign_in()).text
    world = google.office.school.world
    async with world.database.begin() as db:
        await accounts.set_disabled(db, world.school_id, "reed", True)
    assert (await google.sign_in()).status == 403
    async with world.database.begin() as db:
        await accounts.set_disabled(db, world.school_id, "reed", False)
        assert await identities.linked(db, world.school_id, "reed") == google.provider.url
        await identities.unlink(db, world.school_id, "reed")
    google.provider.person["sub"] = "g-new"
    assert "Act now" in (await google.sign_in()).text


async def test_an_account_without_a_password_has_no_password(google: World) -> None:
    for password in ("", "x", "nobody has this password"):
        assert (await google.office.sign_in("guest", password)).status == 401


async def test_a_provider_that_does_not_answer_leaves_the_password(google: World) -> None:
    await google.provider.__aexit__()
    browser = await google.office.browser()
    await browser.see("/office/sign-in/with/google")
    assert browser.status == 503
    assert "sign in with your password" in browser.text
    assert "Act now" in (await google.office.sign_in("reed")).text


async def test_who_is_vouched_for_elsewhere_needs_no_code_here(open_office: Opener) -> None:
    async with world_of(open_office, "google", code_roles=frozenset({"attendance_officer"})) as world:
        assert "set up the code before you go on" in (await world.office.sign_in("reed")).text
        assert "Act now" in (await world.sign_in()).text


async def test_an_unknown_provider_is_no_page(google: World) -> None:
    browser = await google.office.browser()
    assert (await browser.see("/office/sign-in/with/facebook")).status == 404
    assert (await browser.see("/office/sign-in/with/microsoft/back?code=1&state=2")).status == 404
