"""What stands before the service may end TLS, compress, add a path, and ask with HEAD."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
import uvicorn

from app.api.http import BASE_PATH
from app.main import create_app, server_options
from app.settings import Settings
from tests.api.document import OPERATIONS, Operation, ids_of
from tests.api.world import World
from tests.callers import Caller
from tests.make import PEPPER

READABLE = [one for one in OPERATIONS if one.method == "GET"]
PREFIX = "/arbetsmarknad"
PUBLIC = "https://api.kommun.example"
OUTSIDE = ["/", "/health/live", "/health/ready", f"{BASE_PATH}/docs", f"{BASE_PATH}/openapi.json"]
ASSETS = ["/static-offline-docs/swagger-ui.css", "/static-offline-docs"]
SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": "5560000167"}
on_sqlite = pytest.mark.parametrize("settled_kind", ["sqlite"], indirect=True)
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def served(database_url: str, **settings: Any) -> Iterator[str]:
    """The service behind its own server, as `handslag serve` starts it; yields its address."""
    chosen = Settings(database_url=database_url, secret=PEPPER, **settings)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(chosen), lifespan="on", **server_options(chosen))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(60)
    listener.close()


class TestHead:
    @on_sqlite
    @pytest.mark.parametrize("operation", READABLE, ids=ids_of(READABLE))
    def test_says_what_get_says_without_the_body(self, world: World, operation: Operation) -> None:
        got = world.send(operation)
        headers = {"Authorization": f"Bearer {world.admin.key}"}
        path, query = world.path(operation), world.query(operation)
        seen = world.admin.client.head(BASE_PATH + path, params=query, headers=headers)
        assert (seen.status_code, seen.content) == (got.status_code, b"")
        own = {"x-request-id", "traceparent"}
        assert set(seen.headers) - own == set(got.headers) - own
        for name in ("content-type", "content-length", "etag"):
            assert seen.headers.get(name) == got.headers.get(name)

    @on_sqlite
    @pytest.mark.parametrize("path", [*OUTSIDE, BASE_PATH + ASSETS[0]])
    def test_outside_the_api(self, world: World, path: str) -> None:
        client = world.admin.client
        assert client.head(path).status_code == client.get(path).status_code == 200

    @on_sqlite
    def test_needs_a_key_as_get_does(self, world: World) -> None:
        assert world.service.anonymous().call("HEAD", "/suppliers").status_code == 401

    @on_sqlite
    def test_of_what_has_not_changed(self, world: World) -> None:
        path = f"/suppliers/{world.known['supplierId']}"
        tag = world.admin.get(path).headers["etag"]
        answer = world.admin.call("HEAD", path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.headers["etag"]) == (304, tag)

    @one_database
    def test_over_a_real_connection(self, database_url: str, admin: Caller) -> None:
        with served(database_url) as address:
            answers = [
                httpx.request(method, f"{address}{BASE_PATH}/api-info")
                for method in ("GET", "HEAD")
            ]
        lengths = {answer.headers["content-length"] for answer in answers}
        assert (lengths, answers[1].content) == ({f"{len(answers[0].content)}"}, b"")


class TestSlashAtTheEnd:
    """404 and never a redirect: it would name http:// and the Host header behind a proxy."""

    @on_sqlite
    @pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
    def test_names_the_address_without_it(self, world: World, operation: Operation) -> None:
        path = world.path(operation)
        answer = world.send(operation, path=f"{path}/", follow_redirects=False)
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (404, "/problems/not-found")
        assert problem["detail"].endswith(f" Leave out the slash at the end: {BASE_PATH}{path}")

    @on_sqlite
    @pytest.mark.parametrize(
        "path",
        [f"{one}/" for one in [*OUTSIDE[1:], BASE_PATH + ASSETS[1]]] + [BASE_PATH, "//", "/x/"],
    )
    def test_outside_the_api(self, world: World, path: str) -> None:
        url = f"http://testserver{path}"
        answer = world.admin.client.get(url, follow_redirects=False)
        assert answer.status_code == 404
        assert "location" not in answer.headers

    @on_sqlite
    @pytest.mark.parametrize(
        ("sent", "right"),
        [
            (f"{BASE_PATH}/handbook/", f"{BASE_PATH}/handbook"),
            (f"{BASE_PATH}/handbook/metod/", f"{BASE_PATH}/handbook/metod"),
            (f"{BASE_PATH}/handbook//metod", f"{BASE_PATH}/handbook/metod"),
            (f"{BASE_PATH}/handbook/decisions/", f"{BASE_PATH}/handbook/decisions"),
            (f"{BASE_PATH}//suppliers", f"{BASE_PATH}/suppliers"),
            (f"{BASE_PATH}/suppliers//", f"{BASE_PATH}/suppliers"),
            (f"{BASE_PATH}/suppliers%2F", f"{BASE_PATH}/suppliers"),
            (f"/{BASE_PATH}/suppliers", f"{BASE_PATH}/suppliers"),
            ("/handslag//v1/suppliers/", f"{BASE_PATH}/suppliers"),
            (f"{BASE_PATH}/programmes/%25%20/", f"{BASE_PATH}/programmes/%25%20"),
            ("/problems//invalid", "/problems/invalid"),
        ],
    )
    def test_anywhere(self, world: World, sent: str, right: str) -> None:
        headers = {"Authorization": f"Bearer {world.admin.key}"}
        url = f"http://testserver{sent}"
        answer = world.admin.client.get(url, headers=headers, follow_redirects=False)
        assert answer.status_code == 404
        detail = answer.json()["detail"]
        assert detail.startswith("There is nothing at this address. Leave out the slash")
        assert detail.endswith(f": {right}")

    @on_sqlite
    @pytest.mark.parametrize("path", ["/handbook/nothing/", "//nothing", "/nothing%2F"])
    def test_none_is_named_where_nothing_is(self, world: World, path: str) -> None:
        url = f"http://testserver{BASE_PATH}{path}"
        assert "slash" not in world.admin.client.get(url).json()["detail"]

    @on_sqlite
    def test_where_nothing_is_without_it(self, world: World) -> None:
        assert world.admin.get("/nothing/").json()["detail"] == "There is nothing at this address."


class TestHost:
    """Answers name the public address, or a host of the settings: never what a caller made up."""

    CASES: tuple[tuple[str, str], ...] = (
        ("localhost", "http://localhost"),
        ("localhost:8000", "http://localhost:8000"),
        ("LocalHost:8000", "http://localhost:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("evil.example", "http://localhost"),
        ("localhost.evil.example", "http://localhost"),
        ("evil.example:80@localhost", "http://localhost"),
        ("localhost:8000/evil", "http://localhost"),
        ("localhost:", "http://localhost"),
        ("localhost:999999", "http://localhost"),
        ("", "http://localhost"),
    )

    @on_sqlite
    @pytest.mark.parametrize(("host", "named"), CASES)
    @pytest.mark.parametrize("path", ["/suppliers", "/api-info", "/suppliers/{supplierId}"])
    def test_unless_it_is_set(self, world: World, path: str, host: str, named: str) -> None:
        headers = {"Host": host, "X-Forwarded-Host": "evil.example"}
        answer = world.admin.get(path.format(**world.known), headers=headers)
        assert "evil" not in answer.text
        assert f'"{named}{BASE_PATH}/' in answer.text

    @on_sqlite
    @pytest.mark.parametrize("operation", OPERATIONS, ids=ids_of(OPERATIONS))
    def test_of_no_answer_is_the_callers(self, world: World, operation: Operation) -> None:
        answer = world.send(
            operation,
            params={"zqUnknown": 1} if operation.method != "GET" else {},
            headers={"Host": "evil.example"},
        )
        assert "evil.example" not in f"{answer.text} {answer.headers}"

    @one_database
    def test_of_the_settings(self, database_url: str, admin: Caller) -> None:
        with served(database_url, hosts="handslag.lan, 10.0.0.7") as address:
            port = urlsplit(address).port
            for host, named in (("10.0.0.7", "10.0.0.7"), ("x.example", f"handslag.lan:{port}")):
                shown = httpx.get(f"{address}{BASE_PATH}/api-info", headers={"Host": host}).json()
                assert shown["apiDocumentation"] == f"http://{named}{BASE_PATH}/docs"


class TestForwarded:
    """X-Forwarded-Proto says how the caller came; it is believed of trusted proxies alone."""

    @one_database
    @pytest.mark.parametrize(
        ("trusted", "scheme"),
        [("127.0.0.1", "https"), ("127.0.0.0/8", "https"), ("10.0.0.7", "http")],
    )
    def test_scheme(self, database_url: str, admin: Caller, trusted: str, scheme: str) -> None:
        headers = {"X-Forwarded-Proto": "https", "Host": "localhost"}
        with served(database_url, trusted_proxies=trusted) as address:
            shown = httpx.get(f"{address}{BASE_PATH}/api-info", headers=headers).json()
        assert shown["apiDocumentation"] == f"{scheme}://localhost{BASE_PATH}/docs"

    @one_database
    def test_no_answer_says_which_server_this_is(self, database_url: str, admin: Caller) -> None:
        with served(database_url) as address:
            assert "server" not in httpx.get(f"{address}/health/live").headers


class TestPathOfAGateway:
    """The gateway takes the path away; what the service answers has it again.

    It passes `/problems` on as it is, too: the types of problems have no path before them.
    """

    @pytest.fixture
    def gateway(self, database_url: str, admin: Caller) -> Iterator[httpx.Client]:
        """A client that takes the path away, as a gateway does."""
        with served(database_url, public_url=PUBLIC + PREFIX) as address:

            def pass_on(request: httpx.Request) -> None:
                assert request.url.path.startswith((f"{PREFIX}/", "/problems"))
                path = request.url.raw_path.removeprefix(PREFIX.encode())
                request.url = httpx.URL(address).copy_with(raw_path=path)

            headers = {"Authorization": f"Bearer {admin.key}"}
            hooks: Any = {"request": [pass_on]}
            with httpx.Client(base_url=PUBLIC, headers=headers, event_hooks=hooks) as client:
                yield client

    @one_database
    def test_is_in_every_address(self, gateway: httpx.Client) -> None:
        base = f"{PUBLIC}{PREFIX}{BASE_PATH}"
        created = gateway.post(f"{PREFIX}{BASE_PATH}/suppliers", json=SUPPLIER)
        location = created.headers["location"]
        assert location == f"{base}/suppliers/{created.json()['id']}"
        assert gateway.get(location).json()["_links"]["self"]["href"] == location
        listed = gateway.get(f"{base}/suppliers", params={"limit": 1}).json()
        assert listed["_links"]["self"]["href"] == f"{base}/suppliers?page=1&limit=1"
        info = gateway.get(f"{base}/api-info").json()
        assert info["apiDocumentation"] == f"{base}/docs"
        wrong = gateway.get(f"{base}/nothing").json()
        assert wrong["instance"] == f"{PREFIX}{BASE_PATH}/nothing"

    @one_database
    def test_is_on_the_docs_page(self, gateway: httpx.Client) -> None:
        start = gateway.get(f"{PREFIX}/")
        assert start.headers["location"] == f"{PREFIX}{BASE_PATH}/docs"
        page = gateway.get(start.headers["location"])
        for asset in ("openapi.json", "static-offline-docs/swagger-ui.css"):
            assert f"'{PREFIX}{BASE_PATH}/{asset}'" in page.text.replace('"', "'")
            assert gateway.get(f"{PREFIX}{BASE_PATH}/{asset}").status_code == 200
        document = gateway.get(f"{PREFIX}{BASE_PATH}/openapi.json").json()
        assert [one["url"] for one in document["servers"]] == [
            f"{PREFIX}{BASE_PATH}",
            f"{PUBLIC}{PREFIX}{BASE_PATH}",
        ]

    @one_database
    @pytest.mark.parametrize("before", ["", PREFIX])
    @pytest.mark.parametrize("page", ["/problems", "/problems/invalid"])
    def test_is_in_the_links_of_problems(
        self, gateway: httpx.Client, before: str, page: str
    ) -> None:
        address = f"{PUBLIC}{before}{page}"
        shown = re.findall(r'href="([^"]+)"', gateway.get(address).text)
        links = {urljoin(address, one) for one in shown}
        own = f"{PUBLIC}{PREFIX}{BASE_PATH}"
        assert {f"{own}/docs", f"{own}/handbook/codes"} <= links
        assert [one for one in sorted(links) if gateway.get(one).status_code != 200] == []
