"""The web application, assembled: routers around one bank, guarded on the way in and out."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from certificates.asking.other_issuers import OtherIssuers
from competency_bank.bank import Bank
from competency_bank.domain.errors import BankError
from competency_bank.services.forget_expired import forget_expired
from competency_bank.web import (
    badge_host,
    case_endpoints,
    checking,
    curriculum,
    elsewhere_page,
    health,
    home,
    issuer_endpoints,
    learner,
    learner_exports,
    log_endpoints,
    machine_api,
    oauth_endpoints,
    passes_feed,
    problems,
    registrar,
    share_desk,
    shared_page,
    sheet_review,
    signing_in,
    teacher,
    tpqi,
    trust_pages,
    wallet_issuing,
    wallet_pages,
)
from competency_bank.web.body_limit import BodyLimit
from competency_bank.web.door import Clock, Door
from competency_bank.web.page_headers import PageHeaders
from competency_bank.web.problems import LastResort
from competency_bank.web.same_origin import SameOrigin
from competency_bank.web.standards_shelf import StandardsShelf
from competency_bank.web.trust_shelf import TrustShelf

FORGETTING_SECONDS = 3600

_log = logging.getLogger(__name__)

ROUTERS = (
    home.router,
    signing_in.router,
    learner.router,
    share_desk.router,
    shared_page.router,
    wallet_pages.router,
    wallet_issuing.router,
    oauth_endpoints.router,
    badge_host.router,
    elsewhere_page.router,
    learner_exports.router,
    passes_feed.router,
    teacher.router,
    sheet_review.router,
    checking.router,
    trust_pages.router,
    issuer_endpoints.router,
    log_endpoints.router,
    registrar.router,
    curriculum.router,
    tpqi.router,
    machine_api.router,
    case_endpoints.router,
    health.router,
)


def create_app(bank: Bank, clock: Clock) -> FastAPI:
    """Return the application that serves one bank; it closes the database when it ends.

    Reads no environment and knows no time of its own.
    """
    app = FastAPI(
        title="Digital Competency Bank (คลังสมรรถนะดิจิทัล)",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_serving,
    )
    others = OtherIssuers(bank.settings.may_be_asked)
    app.state.door = Door(bank, clock, TrustShelf(bank), StandardsShelf(bank), others)
    for router in ROUTERS:
        _answer_head(router)
        app.include_router(router)
    problems.install(app)
    # The one added last stands outermost: headers are put on whatever the others answer.
    app.add_middleware(SameOrigin)
    app.add_middleware(BodyLimit)
    app.add_middleware(LastResort)
    app.add_middleware(PageHeaders, https=app.state.door.https)
    return app


def _answer_head(router: APIRouter) -> None:
    """Let HEAD reach every page: links are often tried so before they are opened."""
    for route in router.routes:
        if isinstance(route, APIRoute) and not route.include_in_schema:
            methods = route.methods or set()
            route.methods = methods | ({"HEAD"} if "GET" in methods else set())


@asynccontextmanager
async def _serving(app: FastAPI) -> AsyncIterator[None]:
    """Clean up while the application serves, and close the database when it ends."""
    cleaning = asyncio.create_task(_forgetting(app.state.door))
    yield
    cleaning.cancel()
    app.state.door.bank.database.close()


async def _forgetting(door: Door) -> None:
    """Let go of what was kept for a while, now and then; what fails is done the next time."""
    while True:
        await asyncio.sleep(FORGETTING_SECONDS)
        try:
            async with door.writer:
                await run_in_threadpool(_forget, door)
        except BankError as error:
            _log.warning("nothing was cleaned up: %s", error.code)


def _forget(door: Door) -> None:
    with door.bank.database.writing(door.clock()) as transaction:
        forget_expired(transaction)
