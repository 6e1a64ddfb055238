"""Addresses as answers name them: never a host that only the caller's headers name."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

IN_A_PATH = "/-._~!$&'()*+,;=:@%"  # what RFC 3986 lets stand as it is
SLASHES = re.compile("/+")
LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def path_reference(scope: Mapping[str, Any]) -> str:
    """The path of the call, as it was sent, as a URI reference: what none may hold, encoded."""
    sent = scope.get("raw_path") or quote(scope["path"]).encode()
    path = LONE_PERCENT.sub("%25", quote(sent, safe=IN_A_PATH))
    # Two slashes at the beginning would name a host (RFC 3986, 4.2).
    return f"/.{path}" if path.startswith("//") else path


def without_spare_slashes(path: str) -> str:
    """The decoded path without a slash at its end, and with one wherever there are several."""
    return SLASHES.sub("/", path).rstrip("/")


def in_an_address(path: str) -> str:
    """The decoded path, encoded where an address needs it."""
    return quote(path, safe=IN_A_PATH.replace("%", ""))


def own_address(scope: Mapping[str, Any], hosts: tuple[str, ...]) -> str:
    """Scheme and host that the call used, if the host is one of these; else the first of them."""
    named = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    host, port = _host_and_port(named)
    if host not in hosts:
        host, port = hosts[0], _port_of(scope)
    return f"{scope['scheme']}://{host}{port}{scope.get('app_root_path', '')}"


def _host_and_port(named: str) -> tuple[str, str]:
    found = re.fullmatch(r"(\[[0-9a-f:.]+\]|[^:\[\]]*)(:\d{1,5})?", named, re.ASCII)
    return (found[1], found[2] or "") if found else ("", "")


def _port_of(scope: Mapping[str, Any]) -> str:
    """The port that the server listens on; of https, which a proxy speaks, only the proxy knows."""
    port = (scope.get("server") or ("", None))[1]
    return f":{port}" if scope["scheme"] == "http" and port not in {None, 80} else ""
