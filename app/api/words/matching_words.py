"""What each code means to a caseworker, in Swedish and English.

`SHORT` says a rule in a few words, for counts ("3 slots: too far for the person"); `REASONS` says
it for one pair with its facts, and `CRITERIA` why a pair got its points. Names in braces are made
from the engine's facts by `matching_texts`. Nothing here may say anything about another person.
"""

from collections.abc import Mapping

from app.api.http import Language

Phrases = Mapping[str, Mapping[Language, str]]

SHORT: Phrases = {
    "occupation-not-sought": {
        "sv": "yrket är inte bland dem som söks",
        "en": "the occupation is not among those sought",
    },
    "too-far": {
        "sv": "längre bort än den längsta resvägen",
        "en": "farther away than the longest distance",
    },
    "not-available": {
        "sv": "tiderna går inte ihop",
        "en": "the dates do not fit",
    },
    "programme-limit": {
        "sv": "inget beviljat program räcker så länge som krävs",
        "en": "no programme granted lasts as long as is asked",
    },
    "extent-mismatch": {
        "sv": "arbetstiden går inte ihop",
        "en": "the working time does not fit",
    },
    "skill-missing": {
        "sv": "en kompetens som krävs saknas",
        "en": "a required skill is missing",
    },
    "language-level": {
        "sv": "ett språk som krävs saknas eller är på för låg nivå",
        "en": "a required language is missing or below its level",
    },
    "licence-missing": {
        "sv": "ett körkort som krävs saknas",
        "en": "a required driving licence is missing",
    },
    "certificate-missing": {
        "sv": "ett intyg som krävs saknas",
        "en": "a required certificate is missing",
    },
    "adaptation-missing": {
        "sv": "arbetsplatsen saknar en anpassning som behövs",
        "en": "the workplace lacks an adaptation that is needed",
    },
    "outside-target-group": {
        "sv": "utanför villkorets målgrupp",
        "en": "outside the clause's target group",
    },
    "vetoed": {
        "sv": "leverantören har valts bort",
        "en": "the supplier is one to avoid",
    },
    "not-consented": {
        "sv": "samtycke till att bli föreslagen saknas",
        "en": "there is no consent to be proposed",
    },
    "already-placed": {
        "sv": "redan placerad under samma tid",
        "en": "already placed in the same time",
    },
    "forbidden-pair": {
        "sv": "kombinationen har valts bort av en handläggare, eller prövats och avbrutits",
        "en": "the pair has been ruled out by a caseworker, or was tried and ended early",
    },
    "gate-missing": {
        "sv": "en kontroll av arbetsgivaren återstår, eller programmet finns inte eller gäller "
        "inte då",
        "en": "a check of the employer remains, or the programme is unknown or not in force then",
    },
    "no-places-left": {
        "sv": "alla platser är redan tagna",
        "en": "all places are taken already",
    },
    "supervisor-full": {
        "sv": "handledaren kan inte ta emot fler",
        "en": "the supervisor can take no one more",
    },
    "clause-ended": {
        "sv": "avtalet tar slut innan minsta tid hinns med",
        "en": "the contract ends before the least time is over",
    },
    "supplier-excluded": {
        "sv": "leverantören är utesluten",
        "en": "the supplier is excluded",
    },
    "outranked": {
        "sv": "passar, men platserna gör mer nytta eller lika mycket på annat sätt",
        "en": "fits, but the places do more or as much for the whole in another way",
    },
    "no-candidate-left": {
        "sv": "passar, men är föreslagen redan, här eller någon annanstans",
        "en": "fits, but is proposed already, here or elsewhere",
    },
}

REASONS: Phrases = {
    "occupation-not-sought": {
        "sv": "Platsens yrke är SSYK {offered}; personen söker {wished}.",
        "en": "The slot's occupation is SSYK {offered}; the person seeks {wished}.",
    },
    "too-far": {
        "sv": "Det är {metres} till arbetsplatsen; personens längsta avstånd är {longest_metres}.",
        "en": "It is {metres} to the workplace; the person's longest distance is {longest_metres}.",
    },
    "not-available": {
        "sv": "Tidigast möjliga start är {start} och minst {months} behövs; platsen börjar senast "
        "{latest_start} och slutar {slot_end}{available_to}.",
        "en": "The earliest possible start is {start} and at least {months} are needed; the slot "
        "starts no later than {latest_start} and ends {slot_end}{available_to}.",
    },
    "programme-limit": {
        "sv": "Platsen kräver {months}; det längsta program personen är beviljad är på "
        "{longest_months}.",
        "en": "The slot asks for {months}; the longest programme granted to the person is "
        "{longest_months}.",
    },
    "extent-mismatch": {
        "sv": "Platsen erbjuder {offered_min}-{offered_max} % av heltid{clause_min}; personen kan "
        "arbeta {wanted_min}-{wanted_max} %.",
        "en": "The slot offers {offered_min}-{offered_max} % of full time{clause_min}; the person "
        "can work {wanted_min}-{wanted_max} %.",
    },
    "skill-missing": {
        "sv": "Platsen kräver kompetens som personen saknar: {missing}.",
        "en": "The slot requires skills that the person lacks: {missing}.",
    },
    "language-level": {
        "sv": "Platsen kräver språk som personen saknar eller inte når nivån i: {missing}.",
        "en": "The slot requires languages that the person lacks or is below the level in: "
        "{missing}.",
    },
    "licence-missing": {
        "sv": "Platsen kräver körkort som personen saknar: {missing}.",
        "en": "The slot requires driving licences that the person lacks: {missing}.",
    },
    "certificate-missing": {
        "sv": "Platsen kräver intyg som personen saknar: {missing}.",
        "en": "The slot requires certificates that the person lacks: {missing}.",
    },
    "adaptation-missing": {
        "sv": "Arbetsplatsen saknar anpassningar som personen behöver: {missing}.",
        "en": "The workplace lacks adaptations that the person needs: {missing}.",
    },
    "outside-target-group": {
        "sv": "Villkoret gäller {wanted}; personen hör inte till någon av dem den {start}.",
        "en": "The clause is for {wanted}; the person is in none of them on {start}.",
    },
    "vetoed": {
        "sv": "Personen vill inte till den här leverantören.",
        "en": "The person does not want this supplier.",
    },
    "not-consented": {
        "sv": "Personen har inte gått med på att bli föreslagen.",
        "en": "The person has not agreed to be proposed.",
    },
    "already-placed": {
        "sv": "Personen har redan en placering som överlappar: {placed}.",
        "en": "The person already has a placement that overlaps: {placed}.",
    },
    "forbidden-pair": {
        "sv": "En handläggare har valt bort kombinationen av person och plats, eller så har en "
        "placering av personen på platsen avbrutits.",
        "en": "A caseworker has ruled out this person in this slot, or a placement of the person "
        "in the slot ended early.",
    },
    "gate-missing": {
        "sv": "Det är inte känt att arbetsgivaren har klarat alla kontroller som krävs, eller så "
        "finns programmet inte eller gäller inte då; det handlar om {programmes}.",
        "en": "Not every check of the employer that is asked for is known to be passed, or the "
        "programme is unknown or not in force then; it concerns {programmes}.",
    },
    "no-places-left": {
        "sv": "Alla platser är redan tagna.",
        "en": "All places are taken already.",
    },
    "supervisor-full": {
        "sv": "Handledaren kan inte ta emot fler samtidigt.",
        "en": "The supervisor can take no one more at the same time.",
    },
    "clause-ended": {
        "sv": "Avtalet tar slut innan den minsta tiden hinns med.",
        "en": "The contract ends before the least time is over.",
    },
    "supplier-excluded": {
        "sv": "Leverantören är utesluten.",
        "en": "The supplier is excluded.",
    },
}

CRITERIA: Phrases = {
    "occupation": {
        "sv": "Platsens yrke, SSYK {offered}, svarar mot personens önskan nummer {wish_rank}, "
        "SSYK {wished}.",
        "en": "The slot's occupation, SSYK {offered}, answers the person's wish number "
        "{wish_rank}, SSYK {wished}.",
    },
    "skills": {
        "sv": "Personen har {held} av {preferred} önskade meriter.",
        "en": "The person has {held} of {preferred} preferred merits.",
    },
    "skills-none": {
        "sv": "Platsen har inga önskemål utöver kraven.",
        "en": "The slot prefers nothing beyond what it requires.",
    },
    "distance": {
        "sv": "Det är {metres} fågelvägen till arbetsplatsen; personens gräns är {longest_metres}.",
        "en": "It is {metres} to the workplace as the crow flies; the person's limit is "
        "{longest_metres}.",
    },
    "distance-none": {
        "sv": "Person och arbetsplats räknas från samma punkt. Där läget inte är angivet är det "
        "kommunens huvudort.",
        "en": "Person and workplace count from the same point. Where a position is not given, that "
        "is the municipality's main town.",
    },
    "distance-unknown": {
        "sv": "Platsen ligger i personens kommun. Hur långt det är vet ingen, för läget är inte "
        "angivet för båda.",
        "en": "The slot is in the person's municipality. Nobody knows how far it is, as a position "
        "is not given for both.",
    },
    "waiting": {
        "sv": "Personen har väntat i {months}.",
        "en": "The person has waited for {months}.",
    },
    "fit": {
        "sv": "Arbetstid som passar båda: {extent_min}-{extent_max} % av heltid. Marginal i "
        "språk som krävs: {language_margin_permille}.",
        "en": "Working time that suits both: {extent_min}-{extent_max} % of full time. Margin in "
        "required languages: {language_margin_permille}.",
    },
}
