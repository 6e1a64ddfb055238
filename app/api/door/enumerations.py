"""Enumerations get a name of their own, so that every generated client has one type for each.

FastAPI names those that are classes; here stand the others, by a place where each is found.
"""

from typing import Any

from app.api.door.schemas import operations_of, parts_of, schemas_of

Json = dict[str, Any]
Values = frozenset[str | int]

TOLD = ("type", "enum", "minimum", "maximum")
COMPONENT_PREFIX = "#/components/schemas/"
# The name, and a component with a property; or an operation with a parameter.
PLACES = {
    "AmountPer": ("Remedy", "penaltyPer"),
    "ApprovalReason": ("PlacementInput", "reason"),
    "BreakdownBy": ("BreakdownOutput", "by"),
    "CauseCode": ("CauseOutput", "code"),
    "CheckedPer": ("GateInput", "per"),
    "ClauseKind": ("ClauseInput", "kind"),
    "CountedPer": ("ProgrammeInput", "countsPer"),
    "CriterionName": ("CriterionOutput", "criterion"),
    "DecisionOutcome": ("DecisionInput", "outcome"),
    "DecisionReason": ("DecisionInput", "reason"),
    "DrivingLicence": ("CandidateInput", "drivingLicences"),
    "EndedBy": ("PlacementMoveInput", "endedBy"),
    "EventResource": ("listEvents", "resource"),
    "ExcuseReason": ("FollowUpInput", "reason"),
    "GateOutcome": ("GateCheckInput", "outcome"),
    "InnerDeadline": ("MissedDeadlineOutput", "kind"),
    "MeasuredIn": ("TotalOutput", "unit"),
    "MonthsAfter": ("PlacementOutcomeInput", "afterMonths"),
    "MoveReason": ("PlacementMoveInput", "reason"),
    "OcdsContractStatus": ("AwardedContractOutput", "status"),
    "OcdsLanguage": ("ReleaseOutput", "language"),
    "OcdsMilestoneCode": ("MilestoneOutput", "code"),
    "OcdsMilestoneType": ("MilestoneOutput", "type"),
    "PairStatus": ("PairOutput", "status"),
    "PersonsOutcome": ("PlacementOutcomeInput", "outcome"),
    "ProgrammeKind": ("ProgrammeInput", "kind"),
    "RateKind": ("Rate", "kind"),
    "ReportFormat": ("readReport", "format"),
    "RuleToSetAside": ("PlacementInput", "overrides"),
    "SigningParty": ("PlacementSignatureInput", "party"),
    "SupersededBy": ("ProposalOutput", "supersededBy"),
    "Tier": ("ValueOutput", "placesByTier"),
}


def name_enumerations(document: Json) -> None:
    """Turns each list of values into a reference to the component with its name."""
    schemas = document["components"]["schemas"]
    named = _classes(schemas)
    for name, place in PLACES.items():
        for found in _enumerations_at(document, *place):
            named[_values(found)] = name
    for schema in list(schemas_of(document)):
        name = named.get(_values(schema), "")
        if name and schema is not schemas.get(name):
            told = {key: schema.pop(key) for key in TOLD if key in schema}
            schemas.setdefault(name, told)
            schema["$ref"] = COMPONENT_PREFIX + name


def _classes(schemas: Json) -> dict[Values, str]:
    return {_values(schema): name for name, schema in schemas.items() if "enum" in schema}


def _enumerations_at(document: Json, owner: str, part: str) -> list[Json]:
    schemas = document["components"]["schemas"]
    places = [schemas.get(owner, {}).get("properties", {}).get(part, {})] + [
        parameter["schema"]
        for operation in operations_of(document)
        if operation["operationId"] == owner
        for parameter in operation.get("parameters", [])
        if parameter["name"] == part
    ]
    return [schema for place in places for schema in parts_of(place) if "enum" in schema]


def _values(schema: Json) -> Values:
    return frozenset(schema.get("enum", ()))
