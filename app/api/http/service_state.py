"""What one running service shares between its calls."""

from dataclasses import dataclass, field
from typing import Protocol, cast

from fastapi import Request

from app.api.http.shapes import BASE_PATH
from app.db import Database
from app.processes.large_work import Apart
from app.settings import UNREGISTERED_OCID_PREFIX


class Background(Protocol):
    """Whoever sees to it that runs which wait are done."""

    def start(self) -> None: ...

    def wake(self) -> None: ...

    def break_off(self) -> None: ...

    def stop(self) -> None: ...


class Workers:
    """Processes of their own, on whatever machine, that hear of runs through the database."""

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
    apart: Apart = field(default_factory=Apart)
    ocid_prefix: str = UNREGISTERED_OCID_PREFIX
    background: Background = field(default_factory=Workers)


def base_address(request: Request) -> str:
    """Where clients reach the API: as the installation says, or as this client came."""
    root = state_of(request).public_url or str(request.base_url)
    return root.rstrip("/") + BASE_PATH


def state_of(request: Request) -> ServiceState:
    return cast(ServiceState, request.app.state.handslag)
