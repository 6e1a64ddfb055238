"""Lists come in pages of a fixed order, with absolute links that keep every other parameter."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.services.ground.permissions import Actor
from app.settings import Settings
from tests.api.registering import Json, actor_of, ids, pointers
from tests.callers import Caller, Service
from tests.make import PEPPER, make_candidate

TOTAL = 7


@pytest.fixture
def people(service: Service) -> list[str]:
    """Seven candidates, in the order in which lists show them."""
    actor: Actor = actor_of(service)
    with service.database.writing() as session:
        rows = [make_candidate(session, actor) for _ in range(TOTAL)]
    ordered = sorted(rows, key=lambda row: (row.created_at, row.id.hex))
    return [str(row.id) for row in ordered]


def page_of(caller: Caller, query: str) -> Json:
    page: Json = caller.get(f"/candidates{query}").json()
    return page


def query_of(link: Json) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link["href"]).query)


class TestPages:
    def test_together_hold_each_once_in_order(self, admin: Caller, people: list[str]) -> None:
        shown = [ids(admin.get(f"/candidates?limit=3&page={page}")) for page in (1, 2, 3)]
        assert shown == [people[:3], people[3:6], people[6:]]

    def test_without_parameters(self, admin: Caller, people: list[str]) -> None:
        page = page_of(admin, "")
        assert page["_meta"] == {"page": 1, "limit": 20, "count": TOTAL, "totalRecords": TOTAL}
        assert [item["id"] for item in page["items"]] == people

    def test_beyond_the_end_is_empty(self, admin: Caller, people: list[str]) -> None:
        page = page_of(admin, "?limit=7&page=2")
        assert (page["items"], page["_meta"]["totalRecords"]) == ([], len(people))
        assert page["_links"]["next"] is None
        assert query_of(page["_links"]["prev"])["page"] == ["1"]

    def test_of_nothing(self, admin: Caller) -> None:
        page = page_of(admin, "")
        assert (page["items"], page["_meta"]["totalRecords"]) == ([], 0)
        assert query_of(page["_links"]["last"])["page"] == ["1"]

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "page=-1", "page=x", "page=1000001"])
    def test_out_of_range(self, admin: Caller, query: str) -> None:
        assert pointers(admin.get(f"/candidates?{query}")) == [query.partition("=")[0]]

    @pytest.mark.parametrize("query", ["limit=1", "limit=100", "page=1000000"])
    def test_at_the_limit(self, admin: Caller, query: str) -> None:
        assert admin.get(f"/candidates?{query}").status_code == 200


class TestLinks:
    def test_in_the_middle(self, admin: Caller, people: list[str]) -> None:
        links = page_of(admin, "?limit=3&page=2&municipalityCode=2380")["_links"]
        pages = {rel: query_of(link)["page"][0] for rel, link in links.items()}
        assert pages == {"self": "2", "first": "1", "last": "3", "next": "3", "prev": "1"}
        for rel, link in links.items():
            assert link["rel"] == rel
            assert query_of(link) | {"page": []} == {
                "limit": ["3"],
                "municipalityCode": ["2380"],
                "page": [],
            }

    def test_at_the_ends(self, admin: Caller, people: list[str]) -> None:
        first, last = (page_of(admin, f"?limit=3&page={page}")["_links"] for page in (1, 3))
        assert first["prev"] is last["next"] is None

    def test_can_be_followed(self, admin: Caller, people: list[str]) -> None:
        key = {"Authorization": f"Bearer {admin.key}"}
        address, seen = page_of(admin, "?limit=2")["_links"]["first"]["href"], []
        while address:
            page = admin.client.get(address, headers=key).json()
            seen += [item["id"] for item in page["items"]]
            address = (page["_links"]["next"] or {}).get("href")
        assert seen == people

    def test_use_the_public_address(self, database_url: str, admin: Caller) -> None:
        settings = Settings(
            database_url=database_url, secret=PEPPER, public_url="https://handslag.example"
        )
        with TestClient(create_app(settings)) as client:
            public = Caller(client, admin.key, admin.organisation_id)
            page = page_of(public, "?limit=1")
        for rel in ("self", "first", "last"):
            address = page["_links"][rel]["href"]
            assert address.startswith("https://handslag.example/handslag/v1/candidates?")
