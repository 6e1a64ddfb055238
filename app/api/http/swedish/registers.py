"""Sentences about what is registered: suppliers, contracts, clauses, slots, candidates, keys."""

REGISTERS: dict[str, str] = {
    # Values
    "is needed with {}": "behövs med {}",
    "goes with {}, and only there": "hör till {}, och bara dit",
    "names the same thing twice": "nämner samma sak två gånger",
    "names the same pair twice": "nämner samma par två gånger",
    "give a day from {} to {}": "ska vara en dag från {} till {}",
    "give a month from {} to {}": "ska vara en månad från {} till {}",
    "give a date as YYYY-MM-DD": "ska vara ett datum, skrivet ÅÅÅÅ-MM-DD",
    "give a month as YYYY-MM": "ska vara en månad, skriven ÅÅÅÅ-MM",
    "give four digits, as 2380": "ska vara fyra siffror, som 2380",
    "give four digits, as 7111": "ska vara fyra siffror, som 7111",
    "give one to four digits, as 7111, or 71 for all of a group": (
        "ska vara en till fyra siffror, som 7111, eller 71 för en hel grupp"
    ),
    "give ten digits, with or without a hyphen before the last four": (
        "ska vara tio siffror, med eller utan bindestreck före de fyra sista"
    ),
    "give eight digits, as 45214200, or with the check digit too, as 45214200-2": (
        "ska vara åtta siffror, som 45214200, eller med kontrollsiffran också, som 45214200-2"
    ),
    "give two or three small letters, as sv or swe": (
        "ska vara två eller tre små bokstäver, som sv eller swe"
    ),
    "give a UUID as 8-4-4-4-12 hexadecimal digits": (
        "ska vara ett UUID: 8-4-4-4-12 hexadecimala siffror"
    ),
    "is not the code of a Swedish municipality; see SCB's list, e.g. 2380": (
        "är inte koden för en svensk kommun; se SCB:s lista, till exempel 2380"
    ),
    "is not in CPV 2008; see the list of Regulation (EC) 213/2008, e.g. 45214200-2": (
        "finns inte i CPV 2008; se listan i förordning (EG) 213/2008, till exempel 45214200-2"
    ),
    "is no unit group of SSYK 2012; see SCB's list, e.g. 7111": (
        "är ingen undergrupp i SSYK 2012; se SCB:s lista, till exempel 7111"
    ),
    "is no group of SSYK 2012; see SCB's list, e.g. 7111, or 71 for all of a group": (
        "är ingen grupp i SSYK 2012; se SCB:s lista, till exempel 7111, eller 71 för en hel grupp"
    ),
    "is no language code of ISO 639; e.g. sv, or swe": (
        "är ingen språkkod i ISO 639; skriv till exempel sv eller swe"
    ),
    "is not an organisation number: ten digits with a check digit": (
        "är inget organisationsnummer: tio siffror, varav en kontrollsiffra"
    ),
    "is a personal identity number (third digit below 2); this service stores none. Register the "
    "company under the organisation number of a legal person.": (
        "är ett personnummer (tredje siffran under 2); tjänsten sparar inga sådana. Registrera "
        "företaget under en juridisk persons organisationsnummer."
    ),
    "reads as a personal identity number, with a real date and the right check digit; this "
    "service stores none. If it is a number of something else, write letters directly before it, "
    "as in KS-20180301-0006": (
        "läses som ett personnummer, med ett riktigt datum och rätt kontrollsiffra; tjänsten "
        "sparar inga sådana. Är det ett nummer på något annat, skriv bokstäver direkt före det, "
        "som i KS-20180301-0006"
    ),
    "holds a key, or the secret of a report link, which is stored nowhere: leave it out. Whoever "
    "has seen it can use it, so revoke it if others have": (
        "innehåller en nyckel, eller hemligheten i en rapportlänk, som inte sparas någonstans: ta "
        "bort den. Den som har sett den kan använda den, så återkalla den om andra har det"
    ),
    "holds {}, which nobody can see or tell from a plain space: leave it out, or write a plain "
    "space": (
        "innehåller {}, som ingen kan se eller skilja från ett vanligt mellanslag: ta bort det, "
        "eller skriv ett vanligt mellanslag"
    ),
    "{} without a name": "{} utan namn",
    "min is over max": "min är större än max",
    "The reference {} reads as that of {}. Change the reference of one or delete one first.": (
        "Referensen {} läses som den för {}. Ändra den enas referens, eller ta bort en, först."
    ),
    # Programmes
    "is no {} that is known here. GET /{} lists them; an organisation registers its own with POST "
    "/{}.": (
        "finns inte här ({}). GET /{} visar dem som finns; en organisation registrerar egna med "
        "POST /{}."
    ),
    "is no {} that is known here. Did you mean {}? GET /{} lists them; an organisation registers "
    "its own with POST /{}.": (
        "finns inte här ({}). Menade du {}? GET /{} visar dem som finns; en organisation "
        "registrerar egna med POST /{}."
    ),
    "The {} {} is in the reference data already.": "{1} finns redan bland referensdata ({0}).",
    "It reads like {}, which exists: use that, or another code.": (
        "Den läses som {}, som finns: använd den, eller en annan kod."
    ),
    "{} is no programme that is known here, so every check of the employer counts as missing. "
    "Register it with POST /programmes, or use one that GET /programmes lists.": (
        "{} är inget program som finns här, så varje kontroll av arbetsgivaren räknas som "
        "saknad. Registrera det med POST /programmes, eller använd ett som GET /programmes visar."
    ),
    "{} holds {}, not on {}, so every check of the employer counts as missing. Choose another day "
    "or programme: GET /programmes shows which holds when.": (
        "{} gäller {}, inte {}, så varje kontroll av arbetsgivaren räknas som saknad. Välj en "
        "annan dag eller ett annat program: GET /programmes visar vilket som gäller när."
    ),
    "only from {} on": "först från {}",
    "no longer": "inte längre",
    # Contracts and suppliers
    "must be after startDate": "ska ligga efter startDate",
    "names the contract's own supplier": "nämner avtalets egen leverantör",
    "is a call-off itself, which has no call-offs": "är själv ett avrop, och det har inga avrop",
    "is the contract itself": "är avtalet självt",
    "is for a call-off; this contract has call-offs": "är för ett avrop; avtalet har egna avrop",
    # Clauses
    "give sekPerPlace, or the kind whose reference rate counts": (
        "ange sekPerPlace, eller det slag vars schablon gäller"
    ),
    "give penaltySek and penaltyPer both, or none": (
        "ange både penaltySek och penaltyPer, eller inget av dem"
    ),
    "give bonusSek and bonusPer both, or none": "ange både bonusSek och bonusPer, eller inget",
    "a dialogue clause has no quantity; leave it out": (
        "ett dialogvillkor har ingen mängd; utelämna den"
    ),
    "leaves it to call-offs: give no quantity": "lämnar det till avropen: ange ingen mängd",
    "goes together with places: give both or none": "hör ihop med places: ange båda eller ingen",
    "give places with minimumMonths, or fullTimeMonths": (
        "ange places med minimumMonths, eller fullTimeMonths"
    ),
    "cannot be proposed without {}: give a quantity": "kan inte föreslås utan {}: ange en mängd",
    "a rate": "en schablon",
    "the contract's valueSek": "avtalets valueSek",
    "proposes {} places: give a quantity yourself": "föreslår {} platser: ange själv en mängd",
    "lies outside the contract, {} to {}": "ligger utanför avtalet, {} till {}",
    "is for changes: a clause holds from the contract's beginning": (
        "är för ändringar: ett villkor gäller från avtalets början"
    ),
    "is after {}: name a day when it is looked at again": (
        "ligger efter {}: ange en dag då det ses över igen"
    ),
    "is no clause of the framework that the contract names": (
        "är inget villkor i det ramavtal som avtalet nämner"
    ),
    "is {} in the clause that this one inherits from": "är {} i det villkor som detta ärver från",
    "is settled when the clause is registered": "bestäms när villkoret registreras",
    "is before the contract's startDate, {}": "ligger före avtalets startDate, {}",
    "is before {}, from when the newest version is in force": (
        "ligger före {}, från då den senaste versionen gäller"
    ),
    # Slots
    "is before earliestStart": "ligger före earliestStart",
    "is before latestStart": "ligger före latestStart",
    "lies before the contract begins, {}": "ligger före avtalets början, {}",
    "lies after the contract's end, {}": "ligger efter avtalets slut, {}",
    "the clause has no slots of its own: dialogue, or left to call-offs": (
        "villkoret har inga egna platser: det är dialog, eller lämnat till avropen"
    ),
    "a slot of a clause belongs to the contract's supplier or its subcontractors": (
        "en plats under ett villkor hör till avtalets leverantör eller dess underleverantörer"
    ),
    "the clause does not let subcontractors fulfil it": (
        "villkoret får inte uppfyllas av underleverantörer"
    ),
    "The slot has {}: its clauseId and supplierId stay as they are.": (
        "Platsen har {}: dess clauseId och supplierId står kvar."
    ),
    "The slot has placements that count by its extentPercent: it stays as it is. Register another "
    "slot with the new one, and set this slot's places to 0.": (
        "Platsen har placeringar som räknas efter dess extentPercent: den står kvar. Registrera en "
        "annan plats med den nya, och sätt den här platsens places till 0."
    ),
    # Candidates and batches
    "is before availableFrom": "ligger före availableFrom",
    "is the reference of item {} already": "är redan referensen för rad {}",
    # Checks of employers
    "is none of {}": "är ingen av {}",
    "is before checkedOn": "ligger före checkedOn",
    "is before askedOn": "ligger före askedOn",
    "is after checkedOn": "ligger efter checkedOn",
    "passed needs answeredOn, or a deadline that is over": (
        "passed behöver answeredOn, eller en deadline som har gått ut"
    ),
    "is after today, {}: record it when made": (
        "ligger efter i dag, {}: notera den när den är gjord"
    ),
    "say who checked, here or in the header Handslag-Caseworker": (
        "ange vem som har kontrollerat, här eller i Handslag-Caseworker"
    ),
    # Keys
    "is past already: give a day to come": "har redan varit: ange en kommande dag",
    "No other admin key of the organisation is in force. Make one by POST /keys, or by `handslag "
    "create-key`, and revoke this one with it.": (
        "Ingen annan administratörsnyckel gäller i organisationen. Gör en med POST /keys eller "
        "`handslag create-key`, och återkalla den här med den."
    ),
    "The key was revoked at {}.": "Nyckeln återkallades {}.",
}
