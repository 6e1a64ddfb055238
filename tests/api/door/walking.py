"""The walk of the docs page, read from the document as a person reads it."""

import re
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

LINE = re.compile(r"^(\d+)\. `([A-Z]+) (/\S+)` (.+)$", re.MULTILINE)
PASTED_ID = re.compile(r"the `(\w+)` of step (\d+) as `(\w+)`")
PASTED_TEXT = re.compile(r"`([^`]+)` as `(\w+)`")


@dataclass(frozen=True)
class Told:
    """One line of the list on top: what to call, and what to paste."""

    number: int
    method: str
    path: str
    text: str

    def pasted(self, answers: dict[int, Json]) -> dict[str, str]:
        """The value of each field that the line names, from the answers so far."""
        said = self.text.partition("Paste ")[2]
        ids = {
            name: field_of(answers[int(source)], field)
            for field, source, name in PASTED_ID.findall(said)
        }
        texts = {name: text for text, name in PASTED_TEXT.findall(PASTED_ID.sub("", said))}
        return texts | ids


def steps_of(document: Json) -> list[Told]:
    found = LINE.findall(document["info"]["description"])
    return [Told(int(number), method, path, text) for number, method, path, text in found]


def examples_of_steps(document: Json) -> dict[int, tuple[str, Json]]:
    """By number, the name and the example that the operation shows for the step."""
    found: dict[int, tuple[str, Json]] = {}
    for operations in document["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for name, example in content.get("application/json", {}).get("examples", {}).items():
                if numbered := re.match(r"Step (\d+): ", example.get("summary", "")):
                    found[int(numbered[1])] = (name, example)
    return found


def field_of(answer: Json, field: str) -> str:
    """A field of the answer; of a list, that of its first row."""
    row = answer["items"][0] if "items" in answer else answer
    return str(row[field])


def with_pasted(value: Any, pasted: dict[str, str], name: str = "") -> Any:
    """The body with each named field replaced, wherever it stands."""
    if isinstance(value, dict):
        return {key: with_pasted(part, pasted, key) for key, part in value.items()}
    if isinstance(value, list):
        return [with_pasted(part, pasted) for part in value]
    return pasted.get(name, value)
