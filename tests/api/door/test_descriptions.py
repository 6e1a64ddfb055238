"""Whoever reads the document alone is told what each field, parameter and code means."""

from collections.abc import Iterator

from tests.api.document import COMPONENT_PREFIX, DOCUMENT, OPERATIONS, SCHEMAS, Json, nodes_of


def fields() -> Iterator[tuple[str, Json]]:
    """Every property of every object of the document, with a name to find it by."""
    for name, component in SCHEMAS.items():
        for node in nodes_of(component):
            properties = node.get("properties")
            if isinstance(properties, dict) and "type" in node:
                for field, part in properties.items():
                    yield f"{name}.{field}", part


def enumerations() -> Iterator[tuple[str, Json]]:
    """Every enumeration, also those inside of parameters and fields."""
    for name, component in SCHEMAS.items():
        for node in nodes_of(component):
            if isinstance(node.get("enum"), list):
                yield name, node
    for operation in OPERATIONS:
        for field in operation.spec.get("parameters", []):
            for node in nodes_of(field):
                if isinstance(node.get("enum"), list):
                    yield f"{operation.id} {field['name']}", node


def test_every_field_is_described() -> None:
    found = list(fields())
    assert len(found) > 1_000
    assert [name for name, part in found if not part.get("description")] == []


def test_every_parameter_is_described() -> None:
    found = [
        (operation.id, field)
        for operation in OPERATIONS
        for field in operation.spec.get("parameters", [])
    ]
    assert len(found) > 200
    assert [(name, one["name"]) for name, one in found if not one.get("description")] == []


def test_every_component_is_described() -> None:
    assert [name for name, schema in SCHEMAS.items() if not schema.get("description")] == []


def test_every_value_of_an_enumeration_is_described() -> None:
    found = list(enumerations())
    assert len(found) > 40
    missing = {
        name: [code for code in node["enum"] if f"- `{code}`" not in node.get("description", "")]
        for name, node in found
    }
    assert {name: codes for name, codes in missing.items() if codes} == {}


def test_the_only_value_that_a_field_takes_is_told() -> None:
    constants = [
        (name, node["const"], part.get("description", ""))
        for name, part in fields()
        for node in nodes_of(part)
        if "const" in node
    ]
    assert constants
    assert [(name, value) for name, value, told in constants if f"`{value}`" not in told] == []


def test_a_description_is_a_sentence() -> None:
    """It begins with a capital letter or a code, ends with a stop, and has some words."""
    told = {part["description"].partition("\n\n")[0] for _, part in fields()}
    assert [
        text
        for text in told
        if not (text[0].isupper() or text[0] in "`-") or text[-1] not in ".`*" or " " not in text
    ] == []


def test_no_description_only_repeats_the_name() -> None:
    def words(text: str) -> set[str]:
        return {word.strip(".`").lower() for word in text.split()} - {"the", "a", "of", "its"}

    def of_name(name: str) -> set[str]:
        spaced = "".join(f" {one}" if one.isupper() else one for one in name).lower()
        return set(spaced.strip("_").split())

    empty = [
        name
        for name, part in fields()
        if words(part["description"]) <= of_name(name.rpartition(".")[2]) | {"id"}
    ]
    assert empty == []


def test_components_are_named_by_references_alone() -> None:
    """The counts above see every object: none hides in an operation instead of a component."""
    inline = [
        operation.id
        for operation in OPERATIONS
        for body in (operation.spec.get("requestBody", {}), *operation.spec["responses"].values())
        for content in body.get("content", {}).values()
        if not content["schema"].get("$ref", "").startswith(COMPONENT_PREFIX)
    ]
    assert DOCUMENT["components"]["schemas"]
    assert inline == []
