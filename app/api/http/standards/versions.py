"""ETags: the number of the version, and what else decides how the version is shown."""

import re
from collections.abc import Iterator

# `W/` and `-gzip` come from proxies that compress; the language, role and age are ours.
TAG = re.compile(r'(W/)?"([^"]*)"(-[a-z]+)?')
NUMBER = re.compile(r"\d+(?=\D|$)", re.ASCII)
CODING = re.compile(r"[-;]+(gzip|br|deflate|zstd)$")


def etag(version: int, *shown_by: str) -> str:
    return '"' + "-".join((f"{version}", *filter(None, shown_by))) + '"'


def means_version(if_match: str, version: int) -> bool:
    """Whether If-Match names the version. Only the number counts, whatever stands after it."""
    numbers = (NUMBER.match(tag) for tag in _inside(if_match))
    return if_match.strip() == "*" or f"{version}" in {one[0] for one in numbers if one}


def is_shown_already(if_none_match: str, tag: str) -> bool:
    """Whether the client has just this, weakly compared (RFC 9110): language and role count."""
    seen = {CODING.sub("", one) for one in _inside(if_none_match)}
    return if_none_match.strip() == "*" or tag.strip('"') in seen


def _inside(header: str) -> Iterator[str]:
    """What stands in the quotation marks of each tag; a tag without them is none."""
    return (found[2] for found in TAG.finditer(header))
