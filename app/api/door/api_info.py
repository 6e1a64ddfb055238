from typing import Annotated, ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.door.description import (
    API_RELEASED,
    API_STATUS,
    API_VERSION,
    TITLE,
)
from app.api.http import EXAMPLE_ADDRESS, GuardedRoute, Output, base_address, open_to_all
from app.models.values import Day

router = APIRouter(route_class=GuardedRoute, tags=["about"])


class ApiInfoOutput(Output):
    """What the national API profile asks every API to say of itself."""

    example: ClassVar = {
        "apiName": TITLE,
        "apiVersion": API_VERSION,
        "apiReleased": API_RELEASED,
        "apiDocumentation": f"{EXAMPLE_ADDRESS}/docs",
        "apiStatus": API_STATUS,
    }

    api_name: str
    """The API's name."""
    api_version: str
    """The version of this installation: major, minor, patch."""
    api_released: Day
    """The day when that version was released."""
    api_documentation: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    """Where the documentation can be read."""
    api_status: str
    """Where the API is in its life cycle, such as `beta`."""


@router.get("/api-info", response_model=ApiInfoOutput, summary="What this API is")
@open_to_all
def read_api_info(request: Request) -> JSONResponse:
    """Name, version, release date, documentation and status; no key needed."""
    info = {
        "apiName": TITLE,
        "apiVersion": API_VERSION,
        "apiReleased": API_RELEASED,
        "apiDocumentation": f"{base_address(request)}/docs",
        "apiStatus": API_STATUS,
    }
    return JSONResponse(info)
