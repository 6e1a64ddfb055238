"""The words of a report in Swedish and English, and how it writes numbers."""

from collections.abc import Mapping

from app.api.http import Language
from app.api.words.grammar import Words, decimal_text
from app.models.follow_ups import ExcuseReason, FollowUpKind
from app.services.reports.sums import Unit

FOLLOW_UPS: Mapping[FollowUpKind, Words] = {
    FollowUpKind.START_MEETING: {"sv": "startmöte", "en": "start meeting"},
    FollowUpKind.REPORT: {"sv": "rapport från leverantören", "en": "report from the supplier"},
    FollowUpKind.VISIT: {"sv": "besök", "en": "visit"},
    FollowUpKind.RECTIFICATION_SET: {"sv": "tid för rättelse satt", "en": "time to rectify set"},
    FollowUpKind.EFFORT_RECORDED: {"sv": "försök noterat", "en": "effort recorded"},
    FollowUpKind.EXCUSE_DECIDED: {"sv": "ursäkt beslutad", "en": "excuse decided"},
    FollowUpKind.SANCTION: {"sv": "sanktion", "en": "sanction"},
    FollowUpKind.NO_SANCTION: {"sv": "ingen sanktion, med skäl", "en": "no sanction, with grounds"},
    FollowUpKind.DIALOGUE_HELD: {"sv": "dialog hållen", "en": "dialogue held"},
    FollowUpKind.OFFER_MADE: {"sv": "plats erbjuden", "en": "place offered"},
    FollowUpKind.RECORDED_BY_MISTAKE: {"sv": "felregistrerad", "en": "recorded by mistake"},
}
EXCUSES: Mapping[ExcuseReason, Words] = {
    "efforts": {"sv": "dokumenterade försök", "en": "documented efforts"},
    "lack-of-candidates": {"sv": "brist på kandidater", "en": "a lack of candidates"},
}
OUTCOMES: Mapping[str, Words] = {
    "in-work": {"sv": "i arbete", "en": "in work"},
    "in-education": {"sv": "i utbildning", "en": "in education"},
    "other": {"sv": "annat", "en": "other"},
    "unknown": {"sv": "okänt", "en": "unknown"},
    "not-noted": {"sv": "inget noterat", "en": "nothing noted"},
}
UNITS: Mapping[Unit, Words] = {
    "places": {"sv": "platser", "en": "places"},
    "full-time-months": {"sv": "heltidsmånader", "en": "full-time months"},
}
BREAKDOWNS: Mapping[str, Words] = {
    "target-group": {"sv": "Målgrupp", "en": "Target group"},
    "outcome": {"sv": "Utfall", "en": "Outcome"},
    "municipality": {"sv": "Hemkommun", "en": "Home municipality"},
}
QUANTITIES: Mapping[str, Words] = {
    "required": {"sv": "Krävs", "en": "Required"},
    "delivered": {"sv": "Genomfört", "en": "Delivered"},
    "credited": {"sv": "Varav tillgodoräknat", "en": "Of which credited"},
    "active": {"sv": "Pågår", "en": "Active"},
    "booked": {"sv": "Bokat", "en": "Booked"},
    "missing": {"sv": "Saknas", "en": "Missing"},
    "surplus": {"sv": "Överskott", "en": "Surplus"},
}
# Of each clause no more than it asks: a chart shows no surplus.
COUNTED: Mapping[str, Words] = {
    "delivered": {"sv": "Räknas: genomfört", "en": "Counts: delivered"},
    "active": {"sv": "Räknas: pågår", "en": "Counts: active"},
    "booked": {"sv": "Räknas: bokat", "en": "Counts: booked"},
}
LABELS: Mapping[str, Words] = {
    "title": {
        "sv": "Uppfyllelse av sysselsättningsvillkor",
        "en": "Fulfilment of social clauses",
    },
    "as-of": {"sv": "Läget den {day}", "en": "As of {day}"},
    "period": {"sv": "Avtal som löper {first} till {last}", "en": "Contracts {first} to {last}"},
    "contract": {"sv": "Avtal", "en": "Contract"},
    "contract-title": {"sv": "Benämning", "en": "Title"},
    "supplier": {"sv": "Leverantör", "en": "Supplier"},
    "organisation-number": {"sv": "Organisationsnummer", "en": "Organisation number"},
    "runs": {"sv": "Löper", "en": "Runs"},
    "from": {"sv": "Från", "en": "From"},
    "to": {"sv": "Till", "en": "To"},
    "clause": {"sv": "Villkor", "en": "Clause"},
    "clauses": {"sv": "Villkor", "en": "Clauses"},
    "verdict": {"sv": "Utlåtande", "en": "Verdict"},
    "unit": {"sv": "Enhet", "en": "Unit"},
    "sum": {"sv": "Summa", "en": "Sum"},
    "by-early-end-rule": {
        "sv": "{verdict}, enligt regeln om förtida slut",
        "en": "{verdict}, by the early-end rule",
    },
    "causes": {"sv": "Det som saknas", "en": "What is missing"},
    "done": {"sv": "Uppföljningar", "en": "Follow-ups"},
    "until": {"sv": "till {day}", "en": "until {day}"},
    "last-safe-start": {"sv": "Sista säkra start", "en": "Last safe start"},
    "responsible": {"sv": "Ansvarig", "en": "Responsible"},
    "next-follow-up": {"sv": "Nästa uppföljning", "en": "Next follow-up"},
    "purpose": {"sv": "Syfte", "en": "Purpose"},
    "over-time": {"sv": "Över tid", "en": "Over time"},
    "day": {"sv": "Datum", "en": "Date"},
    "figure": {"sv": "Storhet", "en": "Figure"},
    "value": {"sv": "Värde", "en": "Value"},
    "persons": {"sv": "Personer som började", "en": "Persons who started"},
    "year": {"sv": "År", "en": "Year"},
    "total": {"sv": "Totalt", "en": "In all"},
    "everyone": {"sv": "alla personer", "en": "everyone"},
    "code": {"sv": "Kod", "en": "Code"},
    "breakdown": {"sv": "Fördelning", "en": "Breakdown"},
    "others": {"sv": "Övriga, sammanslagna", "en": "Others, put together"},
    "under-five": {"sv": "färre än 5", "en": "fewer than 5"},
    "not-shown": {"sv": "visas inte", "en": "not shown"},
    "no-clauses": {
        "sv": "Inget sysselsättningsvillkor.",
        "en": "No social clause.",
    },
    "no-years": {
        "sv": "Inget helt kalenderår i perioden är över.",
        "en": "No whole calendar year of the period is over.",
    },
    "chart": {
        "sv": "Diagram över {unit}: vad som krävs, är genomfört, pågår och är bokat",
        "en": "Chart of {unit}: what is required, delivered, active and booked",
    },
    "chart-says": {
        "sv": "Den {day} krävs {required}; {delivered} är genomfört, {active} pågår och {booked} "
        "är bokat. Samma tal står i tabellen.",
        "en": "On {day}, {required} is required; {delivered} is delivered, {active} active and "
        "{booked} booked. The table has the same figures.",
    },
    "chart-surplus": {
        "sv": " Av det som är genomfört, pågår och är bokat är {surplus} överskott och ritas inte.",
        "en": " Of what is delivered, active and booked, {surplus} is surplus and not drawn.",
    },
    "surplus-note": {
        "sv": "Överskott är vad enskilda villkor har utöver vad de kräver. Det fyller inte det som "
        "andra saknar, och räknas inte i diagram.",
        "en": "Surplus is what single clauses have beyond what they ask. It fills nothing of what "
        "others miss, and is not counted in charts.",
    },
    "about-persons": {
        "sv": "Personer räknas för hela organisationen och hela kalenderår, i det skick som "
        "senaste årsskifte visar. Celler under fem slås samman tills de är minst fem, så att "
        "ingen kan pekas ut. En person kan höra till flera målgrupper.",
        "en": "Persons are counted for the whole organisation and whole calendar years, as the "
        "newest turn of a year shows them. Cells under five are put together until they are at "
        "least five, so that nobody can be told apart. A person may be in several target groups.",
    },
    "about-this": {
        "sv": "Mängderna är beräknade ur registrerade händelser för datumet ovan och går att "
        "räkna om. Rapporten innehåller inga uppgifter om enskilda personer.",
        "en": "The quantities are computed from recorded events for the date above and can be "
        "computed again. The report holds nothing about any one person.",
    },
    "page": {"sv": "Sida &P av &N", "en": "Page &P of &N"},
    "sheet-clauses": {"sv": "Villkor", "en": "Clauses"},
    "sheet-over-time": {"sv": "Över tid", "en": "Over time"},
    "sheet-persons": {"sv": "Personer", "en": "Persons"},
    "file": {"sv": "uppfyllelse", "en": "fulfilment"},
    "link-over": {"sv": "Länken gäller inte", "en": "The link is not valid"},
    "link-over-why": {
        "sv": "En länk till en rapport gäller i en timme. Be den som gav dig länken om en ny.",
        "en": "A link to a report is good for an hour. Ask whoever gave it to you for a new one.",
    },
    "link-too-large": {
        "sv": "Rapporten är för stor att visa",
        "en": "The report is too large to show",
    },
    "link-too-large-why": {
        "sv": "Den har vuxit sedan länken gjordes. Be om en ny länk, för en kortare period.",
        "en": "It has grown since the link was made. Ask for a new one, for a shorter period.",
    },
}


def label(name: str, language: Language, **facts: str) -> str:
    return LABELS[name][language].format(**facts)


def number(quantity: int | float, language: Language) -> str:
    """Whole numbers without decimals, others with two."""
    return f"{quantity}" if isinstance(quantity, int) else decimal_text(f"{quantity:.2f}", language)
