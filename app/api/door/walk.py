"""A walk through the API that anybody can take on the docs page: each call with its example.

It begins with a new organisation and an admin's key, on any day: `example_days` moves the dates. A
step says what its body has other than the example of its shape, and which ids a person pastes from
the answers of earlier steps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.api.http import EXAMPLE_ID

Json = dict[str, Any]

TODAY = "2018-03-01"  # the day of the walk; other days are so long before or after it
# Not those of the README's first call and of the demo, which may be there already, and too far
# from the demo's Östersund for a pair of one's people and the other's slots.
AWAY: Json = {"municipalityCode": "2361"}
SUPPLIER: Json = {"name": "Exempelbygg i Härjedalen AB", "organisationNumber": "5560000183"}
CONTRACT: Json = {"reference": "KS 2017/0413", "title": "Ombyggnad av Exempelskolan", **AWAY}
NOT_OF_A_UNION: Json = {"askedOn": None, "deadline": None, "comment": None}
WHOLE_STAFF: Json = {"interns": 4, "employees": 38}
STARTING: Json = {"endedBy": None, "reason": None}


@dataclass(frozen=True)
class Step:
    """One call: the operation's id, and the name under which the others know the step.

    `pasted`: for a field or parameter, the step whose answer has the id. `query`: what else to
    fill in where the call has no body.
    """

    operation: str
    name: str
    does: str
    changes: Json = field(default_factory=dict)
    pasted: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def _check(gate: str, does: str, **changes: Any) -> Step:
    body = {"gate": gate} | changes
    return Step("recordCheck", gate, does, body, {"supplierId": "supplier"})


def _signature(party: str) -> Step:
    body = {"party": party, "signedOn": TODAY}
    return Step(
        "storeSignature", f"{party}-signs", f"The {party} signs", body, {"placementId": "approval"}
    )


def _person(number: int, **changes: Any) -> Json:
    """Somebody like the candidate of the example, under another reference."""
    return {"reference": f"AF-{number:06}", **AWAY, **changes}


TO_ON_TRACK = (
    Step("registerSupplier", "supplier", "The company that has won the contract", SUPPLIER),
    _check("registered-employer", "Its first check as an employer", **NOT_OF_A_UNION),
    _check("no-business-ban", "The second of five checks", **NOT_OF_A_UNION),
    _check("no-work-environment-faults", "The third of five checks", **NOT_OF_A_UNION),
    _check("union-consulted", "The fourth: the union did not answer in time"),
    _check("no-displacement", "The fifth: nobody is displaced", **NOT_OF_A_UNION, **WHOLE_STAFF),
    Step("registerContract", "contract", "The contract", CONTRACT, {"supplierId": "supplier"}),
    Step(
        "registerClause",
        "clause",
        "Its clause: one intern for at least four months",
        {"places": 1, "purpose": "En person långt från arbete får pröva på byggbranschen."},
        {"contractId": "contract"},
    ),
    Step(
        "registerSlot",
        "slot",
        "Two places to work, under the clause",
        {"clauseId": EXAMPLE_ID, **AWAY},
        {"supplierId": "supplier", "clauseId": "clause"},
    ),
    Step(
        "registerCandidate",
        "candidate",
        "Somebody who seeks such work",
        {"programmes": [{"code": "arbetspraktik", "maximumMonths": 5}], **AWAY},
    ),
    Step("startMatchRun", "run", "A match run for today", {"asOf": TODAY}),
    Step(
        "listProposals",
        "proposal",
        "What it proposes",
        pasted={"matchRunId": "run", "slotId": "slot"},
    ),
    Step("decideOnProposal", "approval", "Yes: it is booked", pasted={"proposalId": "proposal"}),
    _signature("participant"),
    _signature("supplier"),
    _signature("authority"),
    Step(
        "storeMove",
        "ready",
        "The placement can begin",
        {"to": "ready", "on": TODAY, **STARTING},
        {"placementId": "approval"},
    ),
    Step(
        "storeMove",
        "active",
        "It begins today",
        {"to": "active", "on": TODAY, **STARTING},
        {"placementId": "approval"},
    ),
    Step(
        "readClauseFulfilment",
        "fulfilment",
        "The clause is `on-track`",
        pasted={"clauseId": "clause"},
    ),
)
AND_ON = (
    Step(
        "storeAttendance",
        "attendance",
        "The first day at work",
        {"month": TODAY[:7], "daysPlanned": 1, "daysAttended": 1},
        {"placementId": "approval"},
    ),
    Step(
        "recordFollowUp",
        "report",
        "The supplier's report",
        {"on": TODAY, "text": "Praktikanten har börjat.", "nextFollowUpDate": "2018-06-01"},
        {"clauseId": "clause"},
    ),
    Step(
        "storeExtension",
        "extension",
        "The placement goes on for some weeks",
        {"endDate": "2018-08-20"},
        {"placementId": "approval"},
    ),
    Step("addPolicyVersion", "policy", "Rules and weights of one's own"),
    Step(
        "storeCandidateBatch",
        "candidates",
        "Two more candidates, one of whom lives far away",
        {"items": [_person(124), _person(125, municipalityCode="2281")]},
    ),
    Step(
        "storeSlotBatch",
        "slots",
        "One more slot, which is voluntary",
        {"items": [{"reference": "EB-2", "title": "Byggarbetare", "places": 1, **AWAY}]},
        {"supplierId": "supplier"},
    ),
    Step("startMatchRun", "second-run", "A match run of those who are left", {"asOf": TODAY}),
    Step(
        "listProposals",
        "other-proposal",
        "Its proposal",
        pasted={"matchRunId": "second-run", "slotId": "slot"},
    ),
    Step(
        "decideOnProposal",
        "decline",
        "No: the candidate does not want to",
        {"outcome": "declined", "reason": "candidate-declined", "extentPercent": None},
        {"proposalId": "other-proposal"},
    ),
    Step("storeLift", "lift", "The no is taken back", pasted={"decisionId": "decline"}),
    Step(
        "listCandidates",
        "far-candidate",
        "Find the one who lives far away",
        query={"reference": "AF-000125"},
    ),
    Step(
        "placeCandidate",
        "own-choice",
        "Place that person all the same, outside any run",
        {"endDate": "2018-07-31"},
        {"candidateId": "far-candidate", "slotId": "slot"},
    ),
    Step(
        "compareScenario",
        "scenario",
        "What a third place and longer ways would do",
        {},
        {"matchRunId": "second-run", "slotId": "slot"},
    ),
    Step(
        "storeMove",
        "ended-early",
        "The first placement ends early",
        {"on": TODAY},
        {"placementId": "approval"},
    ),
    Step(
        "storeOutcome",
        "outcome",
        "What the person does then",
        {"afterMonths": 0, "on": TODAY},
        {"placementId": "approval"},
    ),
    Step("registerGate", "own-gate", "A check of employers of one's own"),
    Step("registerProgramme", "own-programme", "A programme of one's own"),
    Step(
        "linkContractReport",
        "contract-link",
        "An address that opens the contract's report in a browser, for an hour",
        {"asOf": TODAY},
        {"contractId": "contract"},
    ),
    Step("linkReport", "report-link", "The same for the organisation's report", {"asOf": TODAY}),
    Step("makeKey", "key", "A key for a caseworker's system, shown this once"),
    Step("matchWhatIsSent", "matching", "A matching of what is sent, which stores nothing"),
    Step("assignWhatIsSent", "assignment", "An assignment by points, which stores nothing"),
)
STEPS = (*TO_ON_TRACK, *AND_ON)
NUMBER_OF = {step.name: number for number, step in enumerate(STEPS, 1)}
HEADING = f"""
**Prova / try it.** Gör en nyckel med `handslag create-key … --role admin`, klicka på *Authorize*
och följ stegen: de första {len(TO_ON_TRACK)} leder från en leverantör till en pågående placering
och ett villkor på väg. Exemplen har stegens nummer och dagens datum. Make a key, click *Authorize*,
and follow the steps: the first {len(TO_ON_TRACK)} lead to an active placement and a clause that is
`on-track`. The examples have the numbers of the steps, and the dates of today.

<details><summary>{len(STEPS)} steg / steps</summary>

"""
END = """

</details>
"""


def show_walk(document: Json) -> None:
    """Gives the steps as examples to their operations, and lists them all on top."""
    addresses: dict[str, str] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name = operation["operationId"]
            addresses[name] = f"`{method.upper()} {path}`"
            steps = [step for step in STEPS if step.operation == name]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if steps:
                    content["examples"] = _examples(steps, content["examples"])
    lines = "\n".join(_listed(addresses))
    document["info"]["description"] += HEADING + lines + END


def _listed(addresses: Mapping[str, str]) -> Iterator[str]:
    for step in STEPS:
        told = " ".join(part for part in (f"{step.does}.", _pasting(step)) if part)
        yield f"{NUMBER_OF[step.name]}. {addresses[step.operation]} {told}"


def _examples(steps: list[Step], own: Json) -> Json:
    """The body of each step under its name, as the docs page shows them to choose from."""
    (shape,) = own.values()
    return {
        step.name: {
            "summary": f"Step {NUMBER_OF[step.name]}: {step.does}",
            "description": _pasting(step) or "As it stands.",
            "value": _body(step, shape["value"]),
        }
        for step in steps
    }


def _body(step: Step, shape: Json) -> Json:
    """Items of a batch too are those of the shape with the changes."""
    if "items" in step.changes:
        return {"items": [shape["items"][0] | item for item in step.changes["items"]]}
    return shape | step.changes


def _pasting(step: Step) -> str:
    parts = [f"`{value}` as `{name}`" for name, value in step.query.items()]
    parts += [
        f"{_id_in(source)} of step {NUMBER_OF[source]} as `{name}`"
        for name, source in step.pasted.items()
    ]
    return f"Paste {', '.join(parts)}." if parts else ""


def _id_in(source: str) -> str:
    """A decision is asked for by its own id, and answers with that of the placement it booked."""
    return "the `placementId`" if source == "approval" else "the `id`"
