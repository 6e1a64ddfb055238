"""Changes by JSON merge patch (RFC 7396), checked as if the whole resource were sent."""

from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

from fastapi import Body
from pydantic import ValidationError
from sqlmodel import SQLModel

from app.api.http.problems import invalid_from, pointer_to
from app.api.http.shapes import Input
from app.errors import FieldError, Invalid
from app.models.values import Kept

Wanted = TypeVar("Wanted", bound=Input)
Patch = Annotated[dict[str, Any], Body(media_type="application/merge-patch+json")]


def patched(row: SQLModel, shape: type[Wanted], patch: dict[str, Any]) -> Wanted:
    """The row as its input shape after the patch; Invalid where that breaks a rule."""
    values = {name: getattr(row, name) for name in shape.model_fields}
    now = _kept(shape.model_construct(**values).model_dump(mode="json", by_alias=True))
    if unknown := list(_unknown(now, patch)):
        raise Invalid(*(FieldError(pointer, "is no field here") for pointer in unknown))
    try:
        return shape.model_validate(merge_patch(now, patch))
    except ValidationError as error:
        raise invalid_from(error) from error


def _kept(value: Any) -> Any:
    """The same with its texts marked as stored: what is wrong with one stops only its change."""
    if isinstance(value, dict):
        return {name: _kept(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_kept(part) for part in value]
    return Kept(value) if isinstance(value, str) else value


def _unknown(target: Any, patch: dict[str, Any], at: str = "#") -> Iterator[str]:
    """Unknown names with null: the merge drops them before the shape could refuse them."""
    for name, value in patch.items():
        pointer = pointer_to(at, name)
        if value is None and name not in (target or {}):
            yield pointer
        elif isinstance(value, dict) and isinstance(target, dict):
            yield from _unknown(target.get(name), value, pointer)


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
