"""Changes by JSON merge patch (RFC 7396), checked as if the whole resource were sent."""

from typing import Annotated, Any, TypeVar

from fastapi import Body
from pydantic import ValidationError
from sqlmodel import SQLModel

from app.api.problems import invalid_from
from app.api.wire import Input

Wanted = TypeVar("Wanted", bound=Input)
Patch = Annotated[dict[str, Any], Body(media_type="application/merge-patch+json")]


def patched(row: SQLModel, shape: type[Wanted], patch: dict[str, Any]) -> Wanted:
    """The row as its input shape after the patch; Invalid where that breaks a rule."""
    values = {name: getattr(row, name) for name in shape.model_fields}
    now = shape.model_construct(**values).model_dump(mode="json", by_alias=True)
    try:
        return shape.model_validate(merge_patch(now, patch))
    except ValidationError as error:
        raise invalid_from(error) from error


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396: null removes, objects merge, everything else replaces."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
