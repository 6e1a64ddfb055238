"""Whether the process lives and whether it can serve; outside the API's base path."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from app.api.http import state_of
from app.migrating import is_newest

router = APIRouter(prefix="/health", include_in_schema=False)


@router.get("/live")
async def live() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/ready")
def ready(request: Request) -> JSONResponse:
    """503 while the database does not answer or is behind the newest migration."""
    is_ready = is_newest(state_of(request).database)
    status = (
        "ready" if is_ready else "the database does not answer, or is not at the newest migration"
    )
    return JSONResponse({"status": status}, status_code=200 if is_ready else 503)
