"""The words of verdicts, causes and deadlines, in Swedish and English."""

from collections.abc import Mapping

from app.api.words.grammar import Forms, Words
from app.models.follow_ups import ExcuseReason
from app.services.fulfilment.deadlines import InnerDeadlineKind
from app.services.fulfilment.verdict import Verdict

HEADLINES: Mapping[Verdict, Words] = {
    Verdict.NOT_STARTED: {
        "sv": "Avtalet har inte börjat, sett den {as_of}.",
        "en": "As of {as_of}, the contract has not begun.",
    },
    Verdict.ON_TRACK: {
        "sv": "Villkoret är på väg att uppfyllas, sett den {as_of}.",
        "en": "As of {as_of}, the clause is on track.",
    },
    Verdict.AT_RISK: {
        "sv": "Villkoret riskerar att inte uppfyllas, sett den {as_of}.",
        "en": "As of {as_of}, the clause is at risk.",
    },
    Verdict.OVERDUE: {
        "sv": "En tidsgräns i villkoret har passerats, sett den {as_of}.",
        "en": "As of {as_of}, a deadline of the clause has passed.",
    },
    Verdict.IMPOSSIBLE: {
        "sv": "Villkoret kan inte längre uppfyllas, sett den {as_of}.",
        "en": "As of {as_of}, the clause can no longer be met.",
    },
    Verdict.RECTIFICATION: {
        "sv": "Leverantören har fått tid att rätta till bristen, sett den {as_of}.",
        "en": "As of {as_of}, the supplier has been given time to rectify.",
    },
    Verdict.MET: {
        "sv": "Villkoret är uppfyllt, sett den {as_of}.",
        "en": "As of {as_of}, the clause is met.",
    },
    Verdict.NOT_MET: {
        "sv": "Avtalet är slut och villkoret är inte uppfyllt, sett den {as_of}.",
        "en": "As of {as_of}, the contract has ended and the clause is not met.",
    },
    Verdict.EXCUSED: {
        "sv": "Villkoret är inte uppfyllt, men bristen är ursäktad, sett den {as_of}.",
        "en": "As of {as_of}, the clause is not met, but that is excused.",
    },
}
# Such a clause has the verdict not-started, though its contract may have begun long ago.
NOTHING_CALLED_OFF: Words = {
    "sv": "Ännu är inget avrop gjort, sett den {as_of}.",
    "en": "As of {as_of}, no call-off has been made yet.",
}
# A framework's clause has the verdict of its worst call-off, so the headline must say so.
OF_A_CALL_OFF: Mapping[Verdict, Words] = {
    Verdict.NOT_STARTED: {
        "sv": "Ett avrop har inte börjat, sett den {as_of}.",
        "en": "As of {as_of}, a call-off has not begun.",
    },
    Verdict.NOT_MET: {
        "sv": "Ett avrop är slut och villkoret är inte uppfyllt där, sett den {as_of}.",
        "en": "As of {as_of}, a call-off has ended and the clause is not met there.",
    },
}
SHORT_VERDICTS: Mapping[Verdict, Words] = {
    Verdict.MET: {"sv": "uppfyllt", "en": "met"},
    Verdict.EXCUSED: {"sv": "ursäktat", "en": "excused"},
    Verdict.RECTIFICATION: {"sv": "har tid för rättelse", "en": "in rectification"},
    Verdict.NOT_MET: {"sv": "inte uppfyllt", "en": "not met"},
    Verdict.NOT_STARTED: {"sv": "inte börjat", "en": "not started"},
    Verdict.IMPOSSIBLE: {"sv": "går inte längre att uppfylla", "en": "impossible"},
    Verdict.OVERDUE: {"sv": "försenat", "en": "overdue"},
    Verdict.AT_RISK: {"sv": "i riskzonen", "en": "at risk"},
    Verdict.ON_TRACK: {"sv": "på väg", "en": "on track"},
}
# Where Swedish has another form for several clauses.
OF_SEVERAL: Mapping[Verdict, str] = {
    Verdict.MET: "uppfyllda",
    Verdict.EXCUSED: "ursäktade",
    Verdict.NOT_MET: "inte uppfyllda",
    Verdict.OVERDUE: "försenade",
}
CONTRACT: Words = {
    "sv": "Avtal {reference}, {title}.",
    "en": "Contract {reference}, {title}.",
}
FOLLOW_UP: Words = {
    "sv": "Ansvarig: {responsible}. Nästa uppföljning: {day}.",
    "en": "Responsible: {responsible}. Next follow-up: {day}.",
}
LATE_FOLLOW_UP: Words = {
    "sv": "Ansvarig: {responsible}. Uppföljningen den {day} är försenad.",
    "en": "Responsible: {responsible}. The follow-up of {day} is overdue.",
}
RESPONSIBLE: Words = {"sv": "Ansvarig: {responsible}.", "en": "Responsible: {responsible}."}
ASKED: Words = {"sv": "{places} om minst {months}", "en": "{places} of at least {months}"}
# In Swedish the number stands after the noun, so that the noun is the same for every number.
QUANTITY: Words = {
    "sv": "Det kräver {asked}. Genomförda {unit}: {delivered}; pågående: {active}; bokade: "
    "{booked}; saknas: {missing}.",
    "en": "It asks for {asked}: {delivered} delivered, {active} active, {booked} booked, "
    "{missing} missing.",
}
CREDITED: Words = {
    "sv": "Av det genomförda räknas {credited} enligt regeln om förtida slut.",
    "en": "What is delivered includes {credited} by the early-end rule.",
}
DIALOGUE_MISSING: Words = {
    "sv": "Det kräver att leverantören deltar i en dialog; ingen sådan är noterad.",
    "en": "It asks the supplier to take part in a dialogue; none has been recorded.",
}
DIALOGUE_HELD: Words = {
    "sv": "Det kräver att leverantören deltar i en dialog; den hölls {day}.",
    "en": "It asks the supplier to take part in a dialogue; it was held on {day}.",
}
NO_CALL_OFFS: Words = {
    "sv": "Mängden bestäms i avropen.",
    "en": "The quantity is set by call-offs.",
}
CALL_OFFS: Words = {
    "sv": "Mängden bestäms i avropen, {count} hittills; det som ligger sämst till avgör.",
    "en": "The quantity is set by the call-offs, {count} so far; the worst of them decides.",
}
WHY: Words = {"sv": "Varför: {causes}.", "en": "Why: {causes}."}
CONSTRAINT: Words = {"sv": ", oftast: {rule}", "en": ", most often: {rule}"}
CAUSE_WORDS: Mapping[str, Words] = {
    "ended-by-participant": {
        "sv": "avbruten av deltagaren",
        "en": "ended by the participant",
    },
    "ended-by-supplier": {"sv": "avbruten av leverantören", "en": "ended by the supplier"},
    "ended-by-authority": {"sv": "avbruten av myndigheten", "en": "ended by the authority"},
    "ended-for-just-cause": {"sv": "avbruten av giltigt skäl", "en": "ended for just cause"},
    "gate-missing": {
        "sv": "utan de kontroller av arbetsgivaren som krävs",
        "en": "without the checks of the employer that are needed",
    },
    "authority-late": {
        "sv": "fördröjd hos myndigheten",
        "en": "delayed by the authority",
    },
    "placement-fell-short": {
        "sv": "med en placering som inte räckte",
        "en": "with a placement that fell short",
    },
    "no-slot-offered": {"sv": "utan erbjuden plats", "en": "with no slot offered"},
    "awaiting-decision": {"sv": "i väntan på beslut", "en": "awaiting a decision"},
    "supplier-declined": {
        "sv": "där leverantören tackade nej",
        "en": "declined by the supplier",
    },
    "candidate-declined": {
        "sv": "där kandidaten tackade nej",
        "en": "declined by the candidate",
    },
    "proposal-declined": {
        "sv": "där förslaget avböjdes",
        "en": "where the proposal was declined",
    },
    "no-eligible-candidate": {
        "sv": "utan kandidat som passar",
        "en": "with no eligible candidate",
    },
    "not-matched-yet": {"sv": "inte matchad ännu", "en": "not matched yet"},
}
MISSED: Mapping[InnerDeadlineKind, Words] = {
    "first-start": {
        "sv": "Senast {due} skulle någon ha börjat eller erbjudits plats; det har inte skett.",
        "en": "By {due} somebody was to have started or been offered a place; nobody has.",
    },
    "report": {
        "sv": "Rapport {number} skulle ha kommit senast {due}.",
        "en": "Report {number} was due by {due}.",
    },
}
RECTIFY_BY: Words = {
    "sv": "Bristen ska vara rättad senast {until}.",
    "en": "It is to be rectified by {until}.",
}
EXCUSED_FOR: Mapping[ExcuseReason, Words] = {
    "efforts": {
        "sv": "Den {day} beslutades att dokumenterade försök ursäktar {what}.",
        "en": "On {day} it was decided that documented efforts excuse {what}.",
    },
    "lack-of-candidates": {
        "sv": "Den {day} beslutades att brist på kandidater ursäktar {what}.",
        "en": "On {day} it was decided that a lack of candidates excuses {what}.",
    },
}
ALL_THAT_IS_MISSING: Words = {"sv": "bristen", "en": "it"}
PART_OF_IT: Words = {"sv": "{quantity} av det som saknas", "en": "{quantity} of what is missing"}
FORECAST: Words = {
    "sv": "Om allt bokat går som planerat blir det {covered} av {required}.",
    "en": "If everything booked goes as planned it comes to {covered} of {required}.",
}
STARTS_NEEDED: Words = {
    "sv": "{starts} till behöver börja senast {by} för att hinna före avtalets slut.",
    "en": "{starts} more must start by {by} to be done before the contract ends.",
}
FULL_TIME_STARTS_NEEDED: Words = {
    "sv": "För att hinna behöver {starts} till börja på heltid senast {by} och vara kvar till "
    "avtalets slut.",
    "en": "To be done in time, {starts} more must start at full time by {by} and stay until the "
    "contract ends.",
}
# One sentence for one placement, another for several.
EXTENDABLE: Forms = {
    "sv": (
        "1 placering är för kort men räknas om den förlängs till den minsta tiden.",
        "{count} placeringar är för korta men räknas om de förlängs till den minsta tiden.",
    ),
    "en": (
        "1 placement is too short but counts if it is extended to the least time.",
        "{count} placements are too short but count if they are extended to the least time.",
    ),
}
TOO_LATE: Words = {
    "sv": "Den som börjar efter {last} hinner inte den minsta tiden före avtalets slut; det som "
    "saknas nås inte med nya starter.",
    "en": "Whoever starts after {last} cannot complete the least time before the contract ends; "
    "what is missing cannot be reached by new starts.",
}
NO_TIME: Words = {
    "sv": "Avtalet är för kort för den minsta tiden.",
    "en": "The contract is too short for the least time.",
}
CLAUSES_STAND: Words = {
    "sv": "Villkor, sett den {as_of}: {verdicts}.",
    "en": "Clauses, as of {as_of}: {verdicts}.",
}
NO_CLAUSES: Words = {
    "sv": "Avtalet har inget sysselsättningsvillkor.",
    "en": "The contract has no social clause.",
}
SURPLUS: Words = {
    "sv": "Vissa villkor har {surplus} mer än de kräver; det fyller inte andras.",
    "en": "Some clauses have {surplus} more than they ask; that fills none of the others'.",
}
SUMS: Mapping[str, Words] = {
    "places": {
        "sv": "Platser: krävs {required}; genomförda {delivered}; pågående {active}; bokade "
        "{booked}; saknas {missing}.",
        "en": "Places: {required} required, {delivered} delivered, {active} active, {booked} "
        "booked, {missing} missing.",
    },
    "full_time_months": {
        "sv": "Heltidsmånader: krävs {required}; genomförda {delivered}; pågående {active}; "
        "bokade {booked}; saknas {missing}.",
        "en": "Full-time months: {required} required, {delivered} delivered, {active} active, "
        "{booked} booked, {missing} missing.",
    },
}
