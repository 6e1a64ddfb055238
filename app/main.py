"""The whole service put together; the only place where that happens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.responses import RedirectResponse

from app.api import health
from app.api.application import create_api
from app.api.observability import RequestLog
from app.api.problems import install_problem_handlers
from app.api.state import BASE_PATH, ServiceState
from app.db import Database
from app.settings import Settings


class SecretMissing(RuntimeError):
    """The service does not start without a secret of its installation's own."""


def create_app(settings: Settings) -> FastAPI:
    """The service: health checks, and the API under its base path."""
    if settings.secret is None:
        raise SecretMissing("Set HANDSLAG_SECRET to a random text of at least 16 characters.")
    database = Database(settings.database_url, settings.lock_timeout_seconds)
    public_url = str(settings.public_url) if settings.public_url else None
    state = ServiceState(database, settings.secret.get_secret_value(), public_url)
    app = FastAPI(openapi_url=None, lifespan=_closing(database))
    app.state.handslag = state
    app.include_router(health.router)
    app.add_api_route("/", _to_docs, include_in_schema=False)
    app.mount(BASE_PATH, create_api(state))
    install_problem_handlers(app)
    app.add_middleware(RequestLog)
    return app


def _closing(database: Database):  # type: ignore[no-untyped-def]  # FastAPI types lifespans inexactly
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        database.dispose()

    return lifespan


async def _to_docs() -> RedirectResponse:
    return RedirectResponse(f"{BASE_PATH}/docs")
