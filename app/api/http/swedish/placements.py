"""Sentences about decisions, placements and what follows them up."""

PLACEMENTS: dict[str, str] = {
    # Decisions
    "is needed with the reason other, to say which": "behövs med skälet other, för att säga vilket",
    "{} takes one of {}": "{} tar en av {}",
    "goes with approved, and only there": "hör till approved, och bara dit",
    "The proposal is {} already.": "Förslaget är redan {}.",
    "A newer run covers this slot. Decide on the newer run's proposals.": (
        "En nyare körning gäller platsen. Ta ställning till den körningens förslag."
    ),
    "The candidate has got another placement in a part of these dates.": (
        "Personen har fått en annan placering under en del av tiden."
    ),
    "All places of the slot have been taken in a part of these dates.": (
        "Alla platser har blivit upptagna under en del av tiden."
    ),
    "is not what the slot, the person and the clause allow together": (
        "är inte vad platsen, personen och villkoret tillsammans tillåter"
    ),
    "The candidate now avoids this supplier.": "Personen vill numera inte till leverantören.",
    "The dates of the slot, the candidate or the contract have changed since the run and no longer "
    "allow the proposal's.": (
        "Platsens, personens eller avtalets datum har ändrats sedan körningen och tillåter inte "
        "längre förslagets."
    ),
    "The slot or the candidate has changed since the run: {}.": (
        "Platsen eller personen har ändrats sedan körningen: {}."
    ),
    "The proposal was approved: there is nothing to lift.": (
        "Förslaget godkändes: det finns inget att häva."
    ),
    # Placements
    "is before startDate": "ligger före startDate",
    "names a rule more than once": "nämner en regel mer än en gång",
    "The pair breaks {}. Name each in overrides to place all the same.": (
        "Paret bryter mot {}. Nämn var och en i overrides för att placera ändå."
    ),
    "The pair does not break {}. Name only rules that are set aside.": (
        "Paret bryter inte mot {}. Nämn bara regler som sätts åt sidan."
    ),
    "The role {} may not ask where a candidate is placed.": (
        "Rollen {} får inte fråga var en person är placerad."
    ),
    "The candidate does not agree to be proposed.": "Personen har inte gått med på att föreslås.",
    "The candidate has the placement {} in a part of these dates.": (
        "Personen har placeringen {} under en del av tiden."
    ),
    "Every place of the slot ({}) is taken in a part of these dates.": (
        "Varje plats ({}) är upptagen under en del av tiden."
    ),
    "The slot is closed: it has no places.": "Platsen är stängd: den har inga platser.",
    "The slot or the candidate was deleted at the same moment. Read them again and retry.": (
        "Platsen eller personen togs bort i samma stund. Läs dem igen och försök på nytt."
    ),
    # Extensions
    "The placement is {}; one that is {} can be extended.": (
        "Placeringen är {}; en som är {} kan förlängas."
    ),
    "It is extended already, by {}.": "Den är redan förlängd, av {}.",
    "It would go on too long: {}.": "Den skulle vara för länge: {}.",
    "the slot ends {}": "platsen slutar {}",
    "the contract ends {}": "avtalet slutar {}",
    "the person is available until {}": "personen kan till {}",
    "the person is cleared until {}": "personen är anvisad till {}",
    "{} lasts, in all, until {}": "{} varar som längst till {}",
    "is not after {}": "ligger inte efter {}",
    # Moves
    "It goes on as {}, which is {}: note first how this part was completed.": (
        "Den fortsätter som {}, som är {}: notera först hur den här delen slutade."
    ),
    "A placement that is {} cannot become {}. Allowed: {}.": (
        "En placering som är {} kan inte bli {}. Tillåtet: {}."
    ),
    "none: this is its end": "inget: den är slut",
    "The role {} may not move a placement to {}. Allowed: {}.": (
        "Rollen {} får inte göra en placering till {}. Tillåtna: {}."
    ),
    "This placement can become {} {}.": "Placeringen kan bli {} {}.",
    "from {} to {}": "från {} till {}",
    "on {} at the earliest, which has not come": "tidigast {}, och den dagen har inte kommit",
    "on no day any more: {} was the last, and {} is the first left to note": (
        "ingen dag längre: {} var den sista, och {} är den första som ännu kan noteras"
    ),
    "on {} at the latest": "senast {}",
    "It goes on from {}, which is {}: note first how that began.": (
        "Den fortsätter från {}, som är {}: notera först hur den började."
    ),
    "The agreement was not signed by {} on {}. Record each signature first.": (
        "Överenskommelsen var inte undertecknad av {} den {}. Notera varje underskrift först."
    ),
    "{} asks for checks of the employer that are not passed for {}: {}. Record them under the "
    "supplier first.": (
        "{} kräver kontroller av arbetsgivaren som inte är godkända för {}: {}. Notera dem först "
        "under leverantören."
    ),
    # Signatures, attendance, outcomes
    "The placement is {}: only a planned one is signed.": (
        "Placeringen är {}: bara en planerad undertecknas."
    ),
    "The {} signed on {}.": "Parten ({}) skrev under {}.",
    "stays as it is: note another party's by itself": (
        "står kvar: notera en annan parts underskrift för sig"
    ),
    "is in the future": "ligger i framtiden",
    "{} has fewer days": "{} har färre dagar",
    "is over daysPlanned": "är större än daysPlanned",
    "The placement is {}: it has not started.": "Placeringen är {}: den har inte börjat.",
    "is outside the placement, {} to {}": "ligger utanför placeringen, {} till {}",
    "is over {}, the placement's days in {}": "är större än {}, placeringens dagar i {}",
    "stays as it is: note another month by itself": "står kvar: notera en annan månad för sig",
    "The placement is {}: it has not ended.": "Placeringen är {}: den är inte slut.",
    "stays as it is: note another time by itself": "står kvar: notera ett annat tillfälle för sig",
    "is before {}, {} months after": "ligger före {}, {} månader efter",
    # Follow-ups and fulfilment
    "goes with excuse-decided, and only there": "hör till excuse-decided, och bara dit",
    "is needed with {}, to say on what grounds": "behövs med {}, för att säga på vilken grund",
    "is before on": "ligger före on",
    "must be after on": "ska ligga efter on",
    "is after today, {}: record what has been done; plan in nextFollowUpDate": (
        "ligger efter i dag, {}: notera det som har gjorts; planera i nextFollowUpDate"
    ),
    "is a follow-up of another clause": "är en uppföljning av ett annat villkor",
    "Correct {}, which corrected it before.": "Rätta {}, som redan har rättat den.",
    "efforts do not count in this clause: effortCounts": (
        "ansträngningar räknas inte i villkoret: effortCounts"
    ),
    "is recorded for a call-off, on its own clause: the quantity here is theirs": (
        "noteras för ett avrop, på dess eget villkor: mängden här är avropens"
    ),
    "meets a dialogue clause, and this one is {}: record a start-meeting or visit": (
        "uppfyller ett dialogvillkor, och det här är {}: notera ett startmöte eller ett besök"
    ),
    "is needed while the clause is {}: when is it followed up next?": (
        "behövs medan villkoret är {}: när följs det upp nästa gång?"
    ),
    "is before the clause was registered": "ligger före villkorets registrering",
}
