"""Finds a sentence in the tables, with what stands in its gaps."""

TITLES: dict[int, str] = {
    400: "Felaktig begäran",
    401: "Inte inloggad",
    403: "Inte tillåtet",
    404: "Finns inte",
    405: "Metoden är inte tillåten",
    409: "Konflikt",
    412: "Inte längre den senaste versionen",
    413: "För stort",
    415: "Okänt format",
    422: "Går inte att behandla",
    428: "If-Match saknas",
    500: "Fel i tjänsten",
    503: "Tjänsten är inte tillgänglig",
}


def in_swedish(sentence: str) -> str:
    return sentence
