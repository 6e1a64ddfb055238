"""What one running service shares between its calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

from fastapi import Request

from app.api.http.standards.addresses import own_address
from app.db import Database
from app.processes.large_bodies import LargeBodies
from app.processes.large_work import LargeWork
from app.settings import BASE_PATH, LOCAL_HOSTS, UNREGISTERED_OCID_PREFIX


class Background(Protocol):
    """What does the match runs that wait in the queue."""

    def start(self) -> None: ...

    def wake(self) -> None: ...

    def break_off(self) -> None: ...

    def stop(self) -> None: ...


class Workers:
    """`handslag worker` processes: they find the runs in the database, so nothing is to do here."""

    def start(self) -> None:
        pass

    def wake(self) -> None:
        pass

    def break_off(self) -> None:
        pass

    def stop(self) -> None:
        pass


@dataclass(frozen=True)
class ServiceState:
    database: Database
    pepper: str
    public_url: str | None
    backdating_days: int
    large_work: LargeWork = field(default_factory=LargeWork)
    ocid_prefix: str = UNREGISTERED_OCID_PREFIX
    background: Background = field(default_factory=Workers)
    hosts: tuple[str, ...] = LOCAL_HOSTS
    contact: Mapping[str, str] = field(default_factory=dict)
    batch_reading: LargeWork = field(default_factory=LargeWork)
    large_bodies: LargeBodies = field(default_factory=LargeBodies)


def base_address(request: Request) -> str:
    """Where clients reach the API: the public address that is set, or a host of the settings."""
    state = state_of(request)
    root = state.public_url or own_address(request.scope, state.hosts)
    return root.rstrip("/") + BASE_PATH


def state_of(request: Request) -> ServiceState:
    return cast(ServiceState, request.app.state.handslag)
