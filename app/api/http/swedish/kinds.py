"""When each problem comes, in Swedish; the page of codes says it in English too."""

from collections.abc import Mapping

PROBLEMS_IN_SWEDISH: Mapping[str, str] = {
    "not-authenticated": "nyckeln saknas, är okänd, har gått ut eller är återkallad",
    "not-permitted": "rollen får inte göra detta",
    "not-found": "finns inte, eller tillhör en annan organisation: de två ser likadana ut",
    "method-not-allowed": "adressen tar andra metoder; se `Allow`",
    "already-exists": "en annan har samma unika värde",
    "in-use": "något annat behöver den; `detail` säger vad",
    "already-decided": "förslaget har redan sitt beslut",
    "already-corrected": "uppföljningen är redan rättad; `detail` säger med vilken",
    "not-declined": "bara ett beslut som avböjde kan hävas",
    "superseded": "en nyare körning täcker förslagets plats",
    "slot-full": "alla platser är tagna under en del av datumen",
    "candidate-placed": "kandidaten har en annan placering under en del av datumen",
    "not-consented": "kandidaten går inte med på att föreslås",
    "vetoed": "kandidaten undviker numera leverantören",
    "dates-changed": "datum har ändrats sedan körningen",
    "no-longer-feasible": (
        "platsen eller kandidaten har ändrats sedan körningen; `detail` nämner reglerna"
    ),
    "nothing-to-override": (
        "en placering utanför en körning nämner en regel som paret inte bryter mot"
    ),
    "rules-not-overridden": (
        "en placering utanför en körning bryter mot regler som den inte nämner"
    ),
    "transition-forbidden": (
        "läget kan inte ändras så; `detail` säger vilka steg som är tillåtna, och för vem"
    ),
    "day-forbidden": (
        "steget kan inte ha skett, eller noteras, den dagen; `detail` säger vilka dagar som går"
    ),
    "signatures-missing": "alla tre parter har inte skrivit under överenskommelsen den dagen",
    "gates-missing": (
        "en arbetsgivarkontroll som programmet kräver saknas, är underkänd eller har gått ut; "
        "`detail` nämner vilka"
    ),
    "extension-forbidden": (
        "placeringen kan inte förlängas, eller skulle bli för lång; `detail` säger vilken gräns"
    ),
    "not-started": "närvaro noteras när placeringen har börjat",
    "not-ended": "utfall noteras när placeringen har slutat",
    "not-planned": "bara en planerad placering skrivs under",
    "run-not-completed": "körningen har inget svar (än)",
    "redacted": (
        "någon som körningen matchade har lämnat tjänsten: den kan inte längre bevisas, eller så "
        "försvann det som efterfrågas samtidigt"
    ),
    "already-revoked": "nyckeln är redan återkallad",
    "last-admin-key": (
        "ingen annan administratörsnyckel gäller: organisationen skulle inte kunna göra nya nycklar"
    ),
    "shown-once": (
        "svaret på denna Idempotency-Key visade en hemlighet, som inte sparas; `detail` nämner vad "
        "som skapades"
    ),
    "changed-meanwhile": (
        "något togs bort eller togs i bruk i samma ögonblick; läs igen och försök på nytt"
    ),
    "busy": "en annan ändring håller det som denna behöver; försök igen efter `Retry-After`",
    "precondition-failed": "`If-Match` nämner en gammal version",
    "too-large": "innehållet är större än gränsen",
    "unsupported-media-type": "innehållet är av ett annat slag än det som läses här",
    "malformed": "innehållet är inte JSON; `detail` säger var",
    "invalid": "fält är fel eller säger emot varandra; `errors` säger vilka och varför",
    "precondition-required": "ändringen behöver `If-Match`",
    "unavailable": (
        "databasen svarar inte eller kan inte spara, eller för många stora anrop bearbetas; försök "
        "igen efter `Retry-After`"
    ),
    "fault": "tjänsten gick sönder; inget sparades",
}
