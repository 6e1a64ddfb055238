"""Puts the whole service together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Mount

from app.api.door import health
from app.api.door.application import create_api
from app.api.handbook import problem_types
from app.api.http import (
    BASE_PATH,
    Background,
    HeadAsGet,
    RequestLog,
    ServiceState,
    Workers,
    install_problem_handlers,
)
from app.background.supervisor import Supervisor
from app.db import Database
from app.processes.large_work import LargeWork
from app.settings import SecretMissing, Settings


def create_app(settings: Settings) -> FastAPI:
    """The service: health checks, and the API under its base path."""
    state = create_state(settings)
    app = FastAPI(openapi_url=None, lifespan=_lifespan, redirect_slashes=False)
    app.include_router(health.router)
    app.include_router(problem_types.router)
    app.add_api_route("/", _to_docs, include_in_schema=False)
    app.mount(BASE_PATH, create_api(state))
    install_problem_handlers(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(RequestLog)
    give_state(app, state)
    return app


def create_state(settings: Settings, database: Database | None = None) -> ServiceState:
    """What all calls share, made from the settings and, where it is given, an open database."""
    if settings.secret is None:
        raise SecretMissing("Set HANDSLAG_SECRET to a random text of at least 16 characters.")
    database = database or Database(settings.database_url, settings.lock_timeout_seconds)
    public_url = str(settings.public_url) if settings.public_url else None
    return ServiceState(
        database,
        settings.secret.get_secret_value(),
        public_url,
        settings.backdating_days,
        LargeWork(settings.background_from_rows),
        settings.ocid_prefix,
        _background(database, settings),
        settings.host_names,
        settings.contact,
        # Of its own, so that a batch does not wait for somebody's long computation.
        LargeWork(settings.background_from_rows),
    )


def server_options(settings: Settings) -> dict[str, Any]:
    """How uvicorn serves: whose X-Forwarded headers it believes, and below which gateway's path."""
    return {
        "forwarded_allow_ips": settings.trusted_proxies,
        "root_path": settings.public_path,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }


def _background(database: Database, settings: Settings) -> Background:
    """`handslag worker` does the runs on PostgreSQL, a child process of the service on SQLite."""
    if database.engine.dialect.name == "postgresql":
        return Workers()
    for_child = {
        "HANDSLAG_DATABASE_URL": settings.database_url,
        "HANDSLAG_LOCK_TIMEOUT_SECONDS": f"{settings.lock_timeout_seconds}",
    }
    return Supervisor(database, for_child)


def give_state(app: FastAPI, state: ServiceState) -> None:
    """Gives the state to the app and to the API mounted in it."""
    app.state.handslag = state
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            route.app.state.handslag = state


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: ServiceState = app.state.handslag
    state.background.start()
    yield
    state.background.stop()
    state.large_work.close()
    state.batch_reading.close()
    state.database.dispose()


async def _to_docs(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{BASE_PATH}/docs")
