"""What the log keeps of an address and a method, which callers write as they like."""

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.api.http import BASE_PATH
from tests.callers import Caller, Service

ID = "46ac06c3-86f7-4682-8312-219150d4968f"  # reads as an identity number from within

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def lines(database_url: str) -> Iterator[list[Any]]:
    with capture_logs() as lines:
        yield lines


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/811218-9876", "/{identity-number}"),
        ("/candidates/811218%2D9876", "/candidates/{identity-number}"),
        ("/candidates/19811218-9876/x", "/candidates/{identity-number}/x"),
        ("/candidates/%D9%A8%D9%A1%D9%A1%D9%A2%D9%A1%D9%A8-9876", "/candidates/{identity-number}"),
        (f"/candidates/{ID}", f"/candidates/{ID}"),
        ("/candidates/2018-03-01", "/candidates/2018-03-01"),
    ],
)
def test_no_identity_number_of_an_address(
    admin: Caller, lines: list[Any], path: str, kept: str
) -> None:
    admin.get(path)
    assert lines[-1]["path"] == f"{BASE_PATH}{kept}"


def test_none_that_is_spread_over_segments(admin: Caller, lines: list[Any]) -> None:
    admin.get("/candidates/811218/9876")
    assert lines[-1]["path"] == "{identity-number}"


def test_no_method_but_those_of_http(service: Service, admin: Caller, lines: list[Any]) -> None:
    for method in (str(admin.key), "811218-9876", "get"):
        service.client.request(method, f"{BASE_PATH}/suppliers")
    assert {line["method"] for line in lines} <= {"{method}", "GET"}
    assert not [line for line in lines if str(admin.key).lower() in str(line).lower()]
    admin.call("PATCH", "/suppliers")
    assert lines[-1]["method"] == "PATCH"
