"""One's own account: the code of an app beside the password, and the recovery codes for the day the phone is lost."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from office.pages import pages
from office.sign_in import totp
from office.sign_in.proving import SHORTEST_PASSWORD, TOO_MANY, failed, prove, too_many, welcome
from office.sign_in.signing_in import WRONG_CODE, let_in
from office.visit import Forbidden, Visit, address_of, needs
from storage import accounts, second_factors
from storage.accounts import Account
from storage.second_factors import SecondFactor

router = APIRouter()
OWN = needs("own_account")
NOT_PROVEN = "That is neither your password nor a code that counts now."
STAYS = "Your role needs a code, so it cannot be turned off. Set up your new phone instead."


def account_of(visit: Visit) -> Account:
    """The account of whoever looks. Raises Forbidden in the demo, where nobody signs in."""
    if visit.account is None:
        raise Forbidden("Nobody signs in here, so there is no account to look after.")
    return visit.account


async def _factor(visit: Visit) -> tuple[SecondFactor | None, int]:
    async with visit.desk.database.read() as db:
        factor = await second_factors.get(db, visit.desk.school_id, account_of(visit).username)
        return factor, await second_factors.codes_left(db, visit.desk.school_id, account_of(visit).username)


async def account_page(visit: Visit, problem: str = "", status: int = 200, codes: tuple[str, ...] = ()) -> HTMLResponse:
    """The page, with what was wrong."""
    account = account_of(visit)
    factor, left = await _factor(visit)
    pending = factor is not None and factor.confirmed_at is None
    secret = visit.office.second_factors.open(factor.secret) if factor is not None and pending else None
    address = totp.address_of(secret, account.username, visit.school.policy.short_name) if secret else ""
    return pages.page(
        "account.html", visit, status, note=("problem", problem) if problem else None, account=account, factor=factor,
        left=left, secret=secret or "", picture=totp.picture_of(address) if secret else "", codes=codes,
        needed=visit.office.wants_code(visit.roles) and not visit.session.how, vouched=visit.session.how,
        shortest=SHORTEST_PASSWORD,
    )  # fmt: skip


@router.get("/account")
async def account(visit: Visit = Depends(OWN)) -> HTMLResponse:
    """How one signs in."""
    return await account_page(visit)


async def _proven(visit: Visit) -> str:
    """Empty when whoever presses has just proved to be the owner; else what to say."""
    account = account_of(visit)
    key, address = f"code/{account.username}", address_of(visit.request)
    if await too_many(visit.desk, key, address):
        return TOO_MANY
    if await prove(visit.desk, visit.office.second_factors, account, visit.form.get("proof", "")[:1000]):
        return ""
    await failed(visit.desk, key, address, "code_failed", f"account/{account.username}")
    return NOT_PROVEN


@router.post("/account/begin")
async def begin(visit: Visit = Depends(OWN)) -> Response:
    """A secret for a phone; one that is in use is only replaced by its owner."""
    account = account_of(visit)
    if problem := await _proven(visit):
        return await account_page(visit, problem, 403)
    sealed = visit.office.second_factors.seal(totp.new_secret())
    async with visit.desk.database.begin() as db:
        await second_factors.begin(db, visit.desk.school_id, account.username, sealed, visit.desk.now())
    await visit.write_down("begin_second_factor", f"account/{account.username}")
    return pages.back(visit, "done", "Now show the picture to your app, and type the code that it shows.")


@router.post("/account/confirm")
async def confirm(visit: Visit = Depends(OWN)) -> Response:
    """The first code of the app: from now on it is asked at every sign-in, and everybody else is signed out."""
    account, desk, now = account_of(visit), visit.desk, visit.desk.now()
    key, address = f"code/{account.username}", address_of(visit.request)
    if await too_many(desk, key, address):
        return await account_page(visit, TOO_MANY, 429)
    factor, _ = await _factor(visit)
    secret = visit.office.second_factors.open(factor.secret) if factor and factor.confirmed_at is None else None
    step = totp.matching_step(secret, visit.form.get("code", ""), now) if secret else None
    if step is None:
        await failed(desk, key, address, "code_failed", f"account/{account.username}")
        return await account_page(visit, WRONG_CODE, 403)
    codes = totp.new_recovery_codes()
    prints = totp.recovery_prints(desk.school_id, account.username, codes)
    async with desk.database.begin() as db:
        await second_factors.use_step(db, desk.school_id, account.username, step, now)
        await second_factors.set_codes(db, desk.school_id, account.username, prints)
        await accounts.sign_out_everywhere(db, desk.school_id, account.username, now)
    await welcome(desk, account, "confirm_second_factor")
    visit.request.state.written = True
    visit.session = let_in(visit.office, desk, account, how=visit.session.how)
    return await account_page(visit, codes=codes)


@router.post("/account/codes")
async def new_codes(visit: Visit = Depends(OWN)) -> Response:
    """Ten new recovery codes; the old ones are worth nothing any more."""
    account, desk = account_of(visit), visit.desk
    if not account.has_code:
        return await account_page(visit, "Set up the code of an app first.", 422)
    if problem := await _proven(visit):
        return await account_page(visit, problem, 403)
    codes = totp.new_recovery_codes()
    async with desk.database.begin() as db:
        prints = totp.recovery_prints(desk.school_id, account.username, codes)
        await second_factors.set_codes(db, desk.school_id, account.username, prints)
    await visit.write_down("new_recovery_codes", f"account/{account.username}")
    return await account_page(visit, codes=codes)


@router.post("/account/off")
async def turn_off(visit: Visit = Depends(OWN)) -> Response:
    """Only the password from now on."""
    account = account_of(visit)
    if visit.office.wants_code(visit.roles):
        return await account_page(visit, STAYS, 403)
    if problem := await _proven(visit):
        return await account_page(visit, problem, 403)
    async with visit.desk.database.begin() as db:
        await second_factors.remove(db, visit.desk.school_id, account.username)
    await visit.write_down("remove_second_factor", f"account/{account.username}")
    return pages.back(visit, "done", "Only your password is asked from now on.")
