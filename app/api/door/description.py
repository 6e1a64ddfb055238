"""What the API says of itself before the first operation."""

from typing import Any

from app.api.http import EXAMPLE_HOST

API_VERSION = "0.3.0"
API_RELEASED = "2026-11-30"
API_STATUS = "beta"

TITLE = "Handslag"
SUMMARY = "Från sysselsättningsvillkor till praktikplats. From social clauses to placements."
DESCRIPTION = """\
**Svenska.** Handslag håller reda på avtal med sysselsättningsvillkor, leverantörernas
praktikplatser och kandidaterna, föreslår den bevisat bästa uppsättningen placeringar, förklarar
varje förslag och varje uteslutning, och säger när som helst om varje villkor är uppfyllt. Ett
beslut fattas alltid av en människa.

*Begränsningar:* det finns inga fält för namn, personnummer, diagnoser, nationaliteter, kön eller
åldrar; okända fält och personnummer i texter avvisas. Vad texter i övrigt säger ansvarar den som
skickar dem för. En matchning som är för stor för att räknas exakt avvisas med gränsen
utskriven; den blir aldrig ungefärlig. En kropp får vara 1 MiB, 32 MiB för satser, matchningar och
tilldelningar. *Servicenivå:* bestäms av den som driver tjänsten. *Livscykel:* versionen är 0.x
(beta); ändringar och kända fel står i CHANGELOG, och en ny huvudversion får en ny adress.
[Handboken](handbook) visar metoden, rapporterna, koderna och driften.

**English.** Handslag holds contracts with social clauses, suppliers' slots and candidates,
proposes the provably best set of placements, explains every proposal and every exclusion, and
says at any time whether each clause is met. A decision is always made by a person.

*Limitations:* there are no fields for names, identity numbers, diagnoses, nationalities, sexes or
ages; unknown fields, and identity numbers in texts, are refused. For what texts say otherwise
whoever sends them answers. A matching too large to be computed exactly is refused with the limit;
none is ever approximate. A body may be 1 MiB, 32 MiB for batches, matchings and assignments.
*Service level:* set by whoever runs the service. *Life cycle:* the version is 0.x (beta); changes
and known problems are in CHANGELOG, and a new major version gets a new address.
[The handbook](handbook) shows worked examples, the codes, the engine and how to run the service.

**Autentisering / authentication.** `Authorization: Bearer <nyckel>`; a key belongs to one
organisation and one role. Send `Handslag-Caseworker` to say for whom a system acts. Changes need
`If-Match`; every POST that stores something takes an `Idempotency-Key`. `/matchings` and
`/assignments` are POST because their input is too large for an address; they store nothing.
"""

TAGS: list[dict[str, Any]] = [
    {"name": name, "description": description}
    for name, description in (
        (
            "suppliers",
            "Leverantörer. Companies with a contract, or their subcontractors.",
        ),
        ("contracts", "Avtal. Awarded procurements."),
        (
            "clauses",
            "Sysselsättningsvillkor och deras uppfyllelse. Social clauses, fulfilment.",
        ),
        ("reports", "Rapporter. Where clauses stand, to read, sum and print."),
        ("tasks", "Att göra. What is due, for whom and by when."),
        ("slots", "Praktikplatser. Places to work that suppliers offer."),
        ("candidates", "Kandidater. People who may be placed, under pseudonyms."),
        (
            "policies",
            "Matchningspolicyer. Versioned rules and weights, signed by people.",
        ),
        ("programmes", "Program och kontroller. Programmes, and what they ask of employers."),
        (
            "match-runs",
            "Matchningskörningar. Optimal matchings, kept with their input.",
        ),
        ("proposals", "Förslag och beslut. Proposals and decisions."),
        ("placements", "Placeringar. Decided pairings with dates."),
        ("stateless", "Matchning utan lagring. Matching that stores nothing."),
        ("events", "Händelser. Who changed what, and when."),
        ("keys", "Nycklar. What calling systems show."),
        ("about", "Om API:et. About the API."),
    )
]
CONTACT = {
    "name": "Handslag",
    "url": f"{EXAMPLE_HOST}/contact",
    "email": "kontakt@handslag.example",
}
METADATA: dict[str, Any] = {
    "title": TITLE,
    "summary": SUMMARY,
    "description": DESCRIPTION,
    "version": API_VERSION,
    "terms_of_service": f"{EXAMPLE_HOST}/terms",
    "license_info": {"name": "MIT", "url": "https://opensource.org/license/mit"},
    "openapi_tags": TAGS,
}
