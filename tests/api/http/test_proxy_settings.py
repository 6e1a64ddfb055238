"""What is set for a proxy: in its own configuration, as the handbook gives it, and in ours."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.api.http import BASE_PATH
from app.main import create_app
from app.settings import Settings
from tests.make import PEPPER


class TestNginx:
    """What the handbook gives for nginx forwards all that the service shows, and its port."""

    TEXT = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")

    @pytest.mark.parametrize(
        ("path", "forwarded"),
        [
            (f"{BASE_PATH}/docs", True),
            ("/problems", True),
            ("/problems/invalid", True),
            ("/problemslösning", False),
            ("/health/ready", False),
        ],
    )
    def test_forwards(self, path: str, forwarded: bool) -> None:
        (pattern,) = re.findall(r"^location ~ (\S+) \{$", self.TEXT, re.MULTILINE)
        assert bool(re.search(pattern, path)) is forwarded

    def test_keeps_the_port(self) -> None:
        assert "proxy_set_header Host $http_host;" in self.TEXT


class TestSettings:
    @pytest.mark.parametrize(
        "url",
        ["https://a.example", "https://a.example/", "https://a.example/b/c-d", "https://a/b/"],
    )
    def test_public_address(self, url: str) -> None:
        assert Settings(public_url=url).public_url

    @pytest.mark.parametrize(
        "url",
        [
            "http://a.example",
            "https://u:p@a.example",
            "https://a.example/b?c=1",
            "https://a.example/b#c",
            "https://a.example//b",
            "https://a.example/b%20c",
            "https://a.example/handslag/v1/",
            "https://a.example/b/handslag/v1",
        ],
    )
    def test_public_address_that_is_none(self, url: str) -> None:
        with pytest.raises(ValueError, match="public_url"):
            Settings(public_url=url)

    @pytest.mark.parametrize("hosts", ["", "a,,b", "http://a", "a:80", "a/b", "a b"])
    def test_hosts_that_are_none(self, hosts: str) -> None:
        with pytest.raises(ValueError, match="hosts"):
            Settings(hosts=hosts)

    @pytest.mark.parametrize("proxies", ["", "nginx", "10.0.0.1/24", "10.0.0.0/33", "10.0.0.7,"])
    def test_proxies_that_are_none(self, proxies: str) -> None:
        with pytest.raises(ValueError, match="trusted_proxies"):
            Settings(trusted_proxies=proxies)

    @pytest.mark.parametrize("email", ["", "a", "a@b", "a b@c.example", "a@@c.example"])
    def test_contact_that_cannot_be_written_to(self, email: str) -> None:
        with pytest.raises(ValueError, match="contact_email"):
            Settings(contact_email=email)

    def test_contact_stands_in_the_document(self) -> None:
        settings = Settings(
            database_url="sqlite://",
            secret=PEPPER,
            contact_name="Upphandling",
            contact_url="https://kommun.example/kontakt",
            contact_email="upphandling@kommun.example",
        )
        with TestClient(create_app(settings)) as client:
            info = client.get(f"{BASE_PATH}/openapi.json").json()["info"]
        assert info["contact"] == {
            "name": "Upphandling",
            "url": "https://kommun.example/kontakt",
            "email": "upphandling@kommun.example",
        }
