"""What the door says: keys, bodies, versions, addresses; and the titles of problems."""

TITLES: dict[int, str] = {
    400: "Felaktig begäran",
    401: "Inte inloggad",
    403: "Inte tillåtet",
    404: "Finns inte",
    405: "Metoden är inte tillåten",
    409: "Konflikt",
    412: "Inte den senaste versionen",
    413: "För stort",
    415: "Formatet läses inte här",
    422: "Går inte att behandla",
    428: "If-Match saknas",
    500: "Fel i tjänsten",
    503: "Tjänsten är inte tillgänglig",
}
DOOR: dict[str, str] = {
    "Some fields are wrong; errors says which and why.": (
        "Några fält är fel; errors säger vilka och varför."
    ),
    "There is nothing at this address.": "Det finns inget på den här adressen.",
    "There is nothing at this address. Leave out the slash at the end: {}": (
        "Det finns inget på den här adressen. Ta bort snedstrecket i slutet: {}"
    ),
    "There is nothing at this address. Leave out the slashes that are too many: {}": (
        "Det finns inget på den här adressen. Ta bort de snedstreck som är för många: {}"
    ),
    "This address does not take that method; see the Allow header.": (
        "Adressen tar inte den metoden; se Allow."
    ),
    "The service failed. Nothing was stored. The request id names the log entry.": (
        "Tjänsten har gått sönder. Inget har sparats. Anropets id (X-Request-ID) finns i loggen."
    ),
    "The key is missing, unknown, expired or revoked.": (
        "Nyckeln saknas, är okänd, har gått ut eller är återkallad."
    ),
    "Send a key: Authorization: Bearer <key>.": "Skicka en nyckel: Authorization: Bearer <nyckel>.",
    "The role {} may not do this. Allowed: {}.": "Rollen {} får inte göra detta. Tillåtna: {}.",
    "There is no {} among {}.": "Det finns inget {} bland {}.",
    "The body is over the {} bytes that this operation takes. Send less at a time.": (
        "Kroppen är större än de {} byte som får skickas hit. Skicka mindre åt gången."
    ),
    "Send the body as it is, without Content-Encoding.": (
        "Skicka kroppen som den är, utan Content-Encoding."
    ),
    "Send the body as {}, in UTF-8.": "Skicka kroppen som {}, i UTF-8.",
    "Send If-Match with the ETag of the version you have read.": (
        "Skicka If-Match med ETag för den version som du har läst."
    ),
    'The newest version is "{}". Read it and retry.': (
        'Den senaste versionen är "{}". Läs den och försök igen.'
    ),
    "The body is not JSON that can be read.": "Kroppen är inte JSON som går att läsa.",
    "The body is not JSON: see line {}, column {}.": (
        "Kroppen är inte JSON: se rad {}, tecken {}."
    ),
    "The body is not UTF-8: see byte {}.": "Kroppen är inte UTF-8: se byte {}.",
    "The body is nested deeper than anything here can be.": (
        "Kroppen är djupare nästlad än vad något här kan vara."
    ),
    "A number in the body has more than {} digits.": ("Ett tal i kroppen har fler än {} siffror."),
    "{} is no JSON number.": "{} är inget tal i JSON.",
    "gives the same name twice": "har samma namn två gånger",
    "The body did not arrive within {} seconds. Send less at a time.": (
        "Kroppen kom inte fram inom {} sekunder. Skicka mindre åt gången."
    ),
    "an object has more than {} names": "ett objekt har fler än {} namn",
    "more is wrong; these are the first {} errors": "mer är fel; detta är de första {} felen",
    "more is wrong in this item; the errors of a batch are told up to {}": (
        "mer är fel i denna rad; av en bunts fel visas upp till {}"
    ),
    "is nested deeper than anything here can be": "är djupare nästlat än vad något här kan vara",
    "is given more than once": "står mer än en gång",
    "is no parameter here; known are: {}": "är ingen parameter här; det finns: {}",
    "none": "inga",
    "is no field here": "är inget fält här",
    "was used with another body; take a new one": "har använts med en annan kropp; ta en ny",
    "The answer to this Idempotency-Key showed a secret, which is not kept. It made {}. If the "
    "answer was lost, make another one under a new key.": (
        "Svaret på denna Idempotency-Key visade en hemlighet, som inte sparas. Det skapade {}. Om "
        "svaret är förlorat, skapa en till under en ny nyckel."
    ),
    "has nothing to see, or a line break or another control character": (
        "har inget som syns, eller har en radbrytning eller ett annat styrtecken"
    ),
    "has nothing to see, or a NUL character": "har inget som syns, eller har tecknet NUL",
    "takes letters a to z, digits and signs of ASCII alone, without spaces": (
        "tar bara bokstäverna a till z, siffror och tecken i ASCII, utan mellanslag"
    ),
    "give a whole number in plain digits, as 12": "ska vara ett heltal i vanliga siffror, som 12",
    "give an instant with its offset, as 2018-02-01T08:30:00Z or, with + written as %2B, "
    "2018-02-01T09:30:00+01:00": (
        "ska vara en tidpunkt med sin skillnad mot UTC, som 2018-02-01T08:30:00Z eller, med + "
        "skrivet som %2B, 2018-02-01T09:30:00+01:00"
    ),
    "Another change holds what this one needs. Try again.": (
        "En annan ändring håller det som den här behöver. Försök igen."
    ),
    "Other large computations are waiting already. Try again in a while.": (
        "Andra stora beräkningar väntar redan. Försök igen om en stund."
    ),
    "Other large bodies are being worked on. Try again in a while.": (
        "Andra stora anrop bearbetas redan. Försök igen om en stund."
    ),
    "The database does not answer, or cannot store. Try again in a while.": (
        "Databasen svarar inte, eller kan inte spara. Försök igen om en stund."
    ),
    "Another one with the same unique value exists.": (
        "Det finns redan ett annat med samma unika värde."
    ),
    "Something that this needs was deleted, or came into use, at the same moment. Read it again "
    "and retry.": (
        "Något som behövs togs bort, eller kom i bruk, i samma stund. Läs igen och försök på nytt."
    ),
    "Another one, {}, has the same {}.": "Ett annat, {}, har samma {}.",
    "The {} is needed by {}. {}": "Det som ska ändras eller tas bort ({}) behövs av {}. {}",
    "Delete or move what needs it first.": "Ta först bort eller flytta det som behöver det.",
    "What is recorded stays. Set the slot's places to 0 to close it.": (
        "Det som har hänt står kvar. Sätt platsens places till 0 för att stänga den."
    ),
    "What is recorded stays. Withdraw agreedToBeProposed to leave the person out.": (
        "Det som har hänt står kvar. Sätt agreedToBeProposed till false för att inte föreslå "
        "personen."
    ),
    "the weights sum to {}, not to {}": "vikternas summa är {}, inte {}",
    "is before from": "ligger före from",
    "the period has over {} clauses; make it shorter by from and to": (
        "perioden har över {} villkor; gör den kortare med from och to"
    ),
    "the report would go from {} to {}, over more than {} calendar years; give from and to nearer "
    "to each other": (
        "rapporten skulle gå från {} till {}, över mer än {} kalenderår; ange from och to närmare "
        "varandra"
    ),
    "give an instant from {} to {}, in UTC": "ska vara en tidpunkt från {} till {}, i UTC",
}
