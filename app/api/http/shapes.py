"""What all wire shapes share: camelCase, strict input, links, and the envelope of lists."""

from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from pydantic import (
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.models.values import Described, Door, Fields, Instant, through
from app.settings import BASE_PATH

EXAMPLE_HOST = "https://handslag.example"
EXAMPLE_ADDRESS = EXAMPLE_HOST + BASE_PATH
EXAMPLE_ID = "7f1c9a52-3c8e-4f5c-9d55-0f6a5b1f2a10"
EXAMPLE_INSTANT = "2018-02-01T08:30:00Z"


class Shape(Fields):
    """A body on the wire; `example` is what the documentation shows of it."""

    example: ClassVar[dict[str, Any]]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        reference = super().__get_pydantic_json_schema__(core_schema, handler)
        if "example" in vars(cls):
            handler.resolve_ref_schema(reference)["examples"] = [cls.example]
        return reference


class Input(Shape):
    """A body that a client sends: strict scalars, and nothing unknown."""

    model_config = ConfigDict(  # type: ignore[assignment]  # SQLModel narrows it
        alias_generator=to_camel, extra="forbid", strict=True
    )


class PassingInput(Input):
    """What is matched and forgotten: no text in it is refused for what it says of a person."""

    @model_validator(mode="wrap")
    @classmethod
    def _passes_by(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with through(Door.BY):
            return handler(given)


# An answer shows every field, whatever value it has: clients need not ask whether it is there.
WHOLE = ConfigDict(json_schema_serialization_defaults_required=True)


class Output(Shape):
    """A body that the service sends, built from rows."""

    model_config = WHOLE | ConfigDict(  # type: ignore[assignment]  # SQLModel narrows it
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


class Link(Described):
    """A Link Description Object, as the API profile asks."""

    model_config = WHOLE

    href: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    """The address, absolute."""
    rel: str
    """How what is there relates to this answer."""
    method: str = "GET"
    """The HTTP method to call it with."""


class SelfLink(Described):
    """Where a resource stands."""

    self: Link
    """Where this can be read again."""


class PageLinks(SelfLink):
    """Where the pages of a list stand, each with the filters that were asked for."""

    model_config = WHOLE

    first: Link
    """The first page."""
    last: Link
    """The last page."""
    next: Link | None = None
    """The page after this one. Null: this is the last."""
    prev: Link | None = None
    """The page before this one. Null: this is the first."""


Item = TypeVar("Item", bound=Output)


class LinkedOutput(Output):
    """What every resource that can be read again shows of where."""

    links: Annotated[SelfLink, Field(alias="_links")]
    """Where the resource can be read."""


class StoredOutput(LinkedOutput):
    """What every stored resource shows besides its own fields."""

    id: UUID
    """The id that the service gave it: paste it where other calls ask for it."""
    created_at: Instant
    """When it was stored, in UTC."""
    updated_at: Instant
    """When it was last changed, in UTC."""


class PageMeta(Output):
    """Which page it is, and of how much."""

    page: int
    """The page shown, from 1."""
    limit: int
    """How many rows a page has at most."""
    count: int
    """How many rows this page has."""
    total_records: int
    """How many rows the whole list has."""


class Page(Described, Generic[Item]):
    """One page of a list."""

    model_config = ConfigDict(populate_by_name=True)

    items: list[Item]
    """The rows of the page."""
    meta: Annotated[PageMeta, Field(alias="_meta")]
    """Which page it is, of how many rows."""
    links: Annotated[PageLinks, Field(alias="_links")]
    """The addresses of the other pages."""


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
