"""W3C trace context: the caller's trace goes on in the answer, or a new one begins."""

import re
import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers

# Version 00 ends with its flags; a later version may have more, after a hyphen.
TRACEPARENT = re.compile(
    r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?"
)
MEMBER = re.compile(
    r"[a-z0-9][a-z0-9_\-*/@]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]"
)
MOST_MEMBERS = 32
SAMPLED, RANDOM = 0b01, 0b10  # the flags that version 00 defines; others are sent as 0


@dataclass(frozen=True)
class Trace:
    trace_id: str
    flags: int
    state: str = ""

    def headers(self, span_id: str) -> dict[str, str]:
        """What the answer shows: this trace, with the span of this service."""
        shown = {"traceparent": f"00-{self.trace_id}-{span_id}-{self.flags:02x}"}
        return shown | ({"tracestate": self.state} if self.state else {})


def trace_of(headers: Headers) -> Trace:
    given = headers.getlist("traceparent")
    found = TRACEPARENT.fullmatch(given[0].strip(" \t")) if len(given) == 1 else None
    if found is None or (found[1] == "00" and found[4]):
        return Trace(secrets.token_hex(16), SAMPLED)
    flags = int(found[3], 16) & (SAMPLED | RANDOM)
    return Trace(found[2], flags, _state(headers.getlist("tracestate")))


def _state(given: list[str]) -> str:
    """What other systems on the trace have noted; nothing of it where a part is wrong."""
    members = [one.strip(" \t") for header in given for one in header.split(",")]
    members = [one for one in members if one]
    names = {one.partition("=")[0] for one in members}
    is_right = len(names) == len(members) <= MOST_MEMBERS and all(map(MEMBER.fullmatch, members))
    return ",".join(members) if is_right else ""
