"""Sentences about match runs, scenarios, and what is matched without being stored."""

RUNS: dict[str, str] = {
    "A match run that is {} cannot become {}. Allowed: {}.": (
        "En körning som är {} kan inte bli {}. Tillåtet: {}."
    ),
    "The run is {}: it has no answer to look at.": "Körningen är {}: den har inget svar att visa.",
    "A candidate or slot was deleted while the run was at work. Nothing was stored; start it "
    "again.": (
        "En person eller plats togs bort under körningen. Inget har sparats; starta den igen."
    ),
    "Someone whom the run matched has left the service, and what the run was given went with them. "
    "What it answered for the others stays; start a new run to ask more.": (
        "Någon som körningen gällde har lämnat tjänsten, och körningens underlag försvann därmed. "
        "Svaret för de andra står kvar; starta en ny körning för att fråga mer."
    ),
    "Someone whom the run matched has left the service: what was solved then is no longer all "
    "here, and cannot be proven. Start a new run and take its proof.": (
        "Någon som körningen gällde har lämnat tjänsten: det som löstes då finns inte längre kvar "
        "och kan inte bevisas. Starta en ny körning och ta dess bevis."
    ),
    "Someone whom the run matched has left the service, and the list of those whom it left without "
    "a place went with them. Start a new run for a new list.": (
        "Någon som körningen gällde har lämnat tjänsten, och listan över dem som blev utan plats "
        "försvann därmed. Starta en ny körning för en ny lista."
    ),
    # Pins
    "has a reference that reads as another's: change one of the two first": (
        "har en referens som läses som en annans: ändra först en av de två"
    ),
    "names no {}": "nämner ingen som finns ({})",
    "is a slot of another contract than those in contractIds": (
        "är en plats i ett annat avtal än dem i contractIds"
    ),
    "the two cannot be paired: {}": "de två går inte ihop: {}",
    'candidate "{}" is pinned twice': 'personen "{}" är fäst två gånger',
    'slot "{}" has fewer places ({}) than pins ({})': (
        'platsen "{}" har färre platser ({}) än fästa par ({})'
    ),
    # Scenarios
    "must be one of {}": "ska vara en av {}",
    "settles what #/changes/{} settles; leave one of them out": (
        "bestämmer samma sak som #/changes/{}; utelämna en av dem"
    ),
    "is the candidate that #/changes/{} removes": "är personen som #/changes/{} tar bort",
    "names no {} of this run": "nämner ingen som finns i körningen ({})",
    "cannot be: {}": "går inte: {}",
    "leaves fewer free places ({}) than pins ({})": (
        "lämnar färre lediga platser ({}) än fästa par ({})"
    ),
    # What is sent and not stored
    "is the id of an earlier one": "är id för en tidigare",
    "names no candidate sent": "nämner ingen person som har skickats",
    "names no slot sent": "nämner ingen plats som har skickats",
    "is the same pair as an earlier one": "är samma par som ett tidigare",
    "{} pairs are more than the {} that one answer holds; leave it out": (
        "{} par är fler än de {} som ett svar rymmer; utelämna det"
    ),
    # Limits of the engine
    "{} pairs of a sought occupation within reach are more than {} pairs to test; match a smaller "
    "area or fewer slots at a time": (
        "{} par med ett sökt yrke inom räckhåll är fler än de {} par som prövas; matcha ett mindre "
        "område eller färre platser åt gången"
    ),
    "more than {} feasible pairs; match a smaller area or fewer slots at a time": (
        "fler än {} möjliga par; matcha ett mindre område eller färre platser åt gången"
    ),
    "{} cells (places x candidates that are equally good) are more than {}; use finer points, or "
    "match a smaller area or fewer slots at a time": (
        "{} celler (platser x personer som är lika bra) är fler än {}; ge finare poäng, eller "
        "matcha ett mindre område eller färre platser åt gången"
    ),
    "{} pairs of at most {} points, weighed by tier first, are more than can be weighed exactly; "
    "use fewer places or smaller points": (
        "{} par med högst {} poäng, vägda efter nivå först, är fler än vad som kan vägas exakt; "
        "skicka färre platser eller mindre poäng"
    ),
}
