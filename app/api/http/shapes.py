"""What all wire shapes share: camelCase, strict input, links, and the envelope of lists."""

from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from sqlmodel import SQLModel

from app.models.values import Door, Instant, through
from app.settings import BASE_PATH

EXAMPLE_HOST = "https://handslag.example"
EXAMPLE_ADDRESS = EXAMPLE_HOST + BASE_PATH
EXAMPLE_ID = "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"
EXAMPLE_INSTANT = "2018-02-01T08:30:00Z"


class Shape(SQLModel):
    """A body on the wire; `example` is what the documentation shows of it."""

    example: ClassVar[dict[str, Any]]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        reference = handler(core_schema)
        if "example" in vars(cls):
            handler.resolve_ref_schema(reference)["examples"] = [cls.example]
        return reference


class Input(Shape):
    """A body that a client sends: strict scalars, and nothing unknown."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True)  # type: ignore[assignment]  # SQLModel narrows it


class PassingInput(Input):
    """What is matched and forgotten: no text in it is refused for what it says of a person."""

    @model_validator(mode="wrap")
    @classmethod
    def _passes_by(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with through(Door.BY):
            return handler(given)


class Output(Shape):
    """A body that the service sends, built from rows."""

    model_config = ConfigDict(  # type: ignore[assignment]  # SQLModel narrows it
        alias_generator=to_camel, populate_by_name=True, from_attributes=True
    )

    @model_validator(mode="wrap")
    @classmethod
    def _as_stored(cls, shown: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Texts go out as they are stored, whatever would be refused if it came in today."""
        with through(Door.OUT):
            return handler(shown)

    def wire(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)


class Link(BaseModel):
    """A Link Description Object, as the API profile asks."""

    href: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    rel: str
    method: str = "GET"


class SelfLink(BaseModel):
    self: Link


class PageLinks(SelfLink):
    first: Link
    last: Link
    next: Link | None = None
    prev: Link | None = None


Item = TypeVar("Item", bound=Output)


class LinkedOutput(Output):
    """What every resource that can be read again shows of where."""

    links: Annotated[SelfLink, Field(alias="_links")]


class StoredOutput(LinkedOutput):
    """What every stored resource shows besides its own fields."""

    id: UUID
    created_at: Instant
    updated_at: Instant


class PageMeta(Output):
    page: int
    limit: int
    count: int
    total_records: int


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    model_config = ConfigDict(populate_by_name=True)

    items: list[Item]
    meta: Annotated[PageMeta, Field(alias="_meta")]
    links: Annotated[PageLinks, Field(alias="_links")]


def stored_example(resource: str, fields: dict[str, Any]) -> dict[str, Any]:
    """An example of a stored resource: the fields sent, and what the service adds."""
    return fields | {
        "id": EXAMPLE_ID,
        "createdAt": EXAMPLE_INSTANT,
        "updatedAt": EXAMPLE_INSTANT,
        "_links": {
            "self": {
                "href": f"{EXAMPLE_ADDRESS}/{resource}/{EXAMPLE_ID}",
                "rel": "self",
                "method": "GET",
            }
        },
    }
