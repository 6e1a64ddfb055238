"""The text under each field of a body, which the OpenAPI document shows of that field.

It is read from the source when the document is made. Pydantic's `use_attribute_docstrings` reads it
whenever a class is defined: that would add a fifth to the start of each process.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Described(BaseModel):
    """A model whose schema says of each field what stands under it."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        generic = cls.__pydantic_generic_metadata__["origin"]
        if generic is not None and generic.__doc__:
            schema.setdefault("description", generic.__doc__)
        properties, texts = schema.get("properties", {}), texts_of(cls)
        for name, field in cls.model_fields.items():
            part = properties.get(field.serialization_alias or field.alias or name)
            if part is not None and name in texts:
                part.setdefault("description", texts[name])
        return reference


def texts_of(model: type[Described]) -> dict[str, str]:
    """What stands under each field of the class, or under that of a class it is made from."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, Described):
            found |= _texts_in(base.__module__).get(base.__name__, {})
    return found


@cache
def _texts_in(module: str) -> dict[str, dict[str, str]]:
    """What stands under the fields of each class of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {one.name: dict(_texts(one.body)) for one in classes}


def _texts(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, below in pairwise(body):
        match statement, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
