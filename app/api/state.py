"""What one running service shares between its calls."""

from dataclasses import dataclass, field
from typing import cast

from fastapi import Request

from app.db import Database
from app.services.apart import Apart
from app.settings import UNREGISTERED_OCID_PREFIX

BASE_PATH = "/handslag/v1"


@dataclass(frozen=True)
class ServiceState:
    database: Database
    pepper: str
    public_url: str | None
    backdating_days: int
    apart: Apart = field(default_factory=Apart)
    ocid_prefix: str = UNREGISTERED_OCID_PREFIX


def base_address(request: Request) -> str:
    """Where clients reach the API: as the installation says, or as this client came."""
    root = state_of(request).public_url or str(request.base_url)
    return root.rstrip("/") + BASE_PATH


def state_of(request: Request) -> ServiceState:
    return cast(ServiceState, request.app.state.handslag)
