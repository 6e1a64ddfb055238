"""Keys, and secrets of report links: shown once, so no stored text may hold one."""

import re

REFUSED = (
    "holds a key, or the secret of a report link, which is stored nowhere: leave it out. Whoever "
    "has seen it can use it, so revoke it if others have"
)
# hs_ of a key, with its id before the secret; hr_ of an address that opens a report.
FORM = re.compile(r"(?<![^\W_])(hs_[0-9a-f]{32}_[\w-]{20,}|hr_[\w-]{40,})", re.IGNORECASE)
FEWEST_CHARACTERS = 43


def no_secret(text: str) -> str:
    """Refuses a text with a whole key or link's secret, which every reader of it could use."""
    if len(text) >= FEWEST_CHARACTERS and FORM.search(text):
        raise ValueError(REFUSED)
    return text
