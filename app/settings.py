"""Every setting of the service, read from the environment with the prefix HANDSLAG_."""

import re
from ipaddress import ip_network

from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BACKGROUND_FROM_ROWS = 20_000  # a run of so many rows takes about a second; see docs/operations.md
SHORTEST_SECRET = 16
BASE_PATH = "/handslag/v1"  # below it lies every address of the API
# Nobody has registered this prefix; a registered one is "ocds-" and six letters or digits.
UNREGISTERED_OCID_PREFIX = "ocds-unregistered"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.ASCII)
PUBLIC_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?", re.ASCII)
POSTGRESQL = re.compile(r"^postgres(ql)?://", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _parts(listed: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in listed.split(","))


class SecretMissing(RuntimeError):
    """The service does not start without a secret of its own."""


class Settings(BaseSettings):
    """What an installation may set; docs/operations.md lists the same names."""

    model_config = SettingsConfigDict(env_prefix="HANDSLAG_", extra="ignore", frozen=True)

    database_url: str = Field(
        default="sqlite:///handslag.db",
        description="Address of the database: a SQLite file, or PostgreSQL as its own tools write "
        "it.",
    )
    secret: SecretStr | None = Field(
        default=None,
        description="Pepper of the key hashes, at least 16 characters; serve refuses to start "
        "without one.",
    )
    public_url: HttpUrl | None = Field(
        default=None,
        description="The https address under which clients reach the service, without the base "
        "path; links in answers use it. A path is that of a gateway, which takes it away before "
        "it passes a call on.",
    )
    hosts: str = Field(
        default=",".join(LOCAL_HOSTS),
        description="Where public_url is unset, the hosts that answers may name, parted by commas. "
        "A call that names another is answered with the first.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description="Addresses or networks of proxies, parted by commas: their X-Forwarded-Proto "
        "and X-Forwarded-For are believed.",
    )
    contact_name: str = Field(
        default="Handslag", min_length=1, description="Whom users of this installation ask."
    )
    contact_url: HttpUrl = Field(
        default=HttpUrl("https://handslag.example/contact"),
        description="The page for users of this installation who want to ask something.",
    )
    contact_email: str = Field(
        default="kontakt@handslag.example", description="Where users of this installation write."
    )

    @field_validator("database_url")
    @classmethod
    def _with_our_driver(cls, url: str) -> str:
        return POSTGRESQL.sub("postgresql+psycopg://", url.strip())

    @field_validator("secret")
    @classmethod
    def _not_guessed(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value().strip()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
        return secret

    @field_validator("public_url")
    @classmethod
    def _host_and_path(cls, url: HttpUrl | None) -> HttpUrl | None:
        if url is not None:
            extras = (url.username, url.password, url.query, url.fragment)
            path = url.path or "/"
            is_plain = PUBLIC_PATH.fullmatch(path) and not path.rstrip("/").endswith(BASE_PATH)
            if url.scheme != "https" or any(extras) or not is_plain:
                raise ValueError(
                    "must be https, a host, and the path of a gateway if there is one, as in "
                    "https://handslag.example or https://api.handslag.example/arbetsmarknad, "
                    f"without {BASE_PATH}"
                )
        return url

    @field_validator("hosts")
    @classmethod
    def _named_hosts(cls, hosts: str) -> str:
        if not all(HOST.fullmatch(host) for host in _parts(hosts)):
            raise ValueError("must be hosts without a port, as in handslag.lan,10.0.0.7")
        return hosts

    @field_validator("trusted_proxies")
    @classmethod
    def _named_networks(cls, proxies: str) -> str:
        for proxy in _parts(proxies):
            try:
                ip_network(proxy)
            except ValueError:
                raise ValueError("must be addresses, as in 10.0.0.7 or 10.0.0.0/24") from None
        return proxies

    @field_validator("contact_email")
    @classmethod
    def _one_address(cls, address: str) -> str:
        if not ADDRESS.fullmatch(address):
            raise ValueError("must be an e-mail address, as in kontakt@handslag.example")
        return address

    @property
    def host_names(self) -> tuple[str, ...]:
        return _parts(self.hosts)

    @property
    def contact(self) -> dict[str, str]:
        address = str(self.contact_url)
        return {"name": self.contact_name, "url": address, "email": self.contact_email}

    @property
    def public_path(self) -> str:
        """The path that a gateway takes away, without a slash at the end."""
        return (self.public_url.path or "").rstrip("/") if self.public_url else ""

    lock_timeout_seconds: float = Field(
        default=10.0,
        gt=0,
        le=600,
        description="How long a write waits for another one before it is refused as busy.",
    )
    backdating_days: int = Field(
        default=14,
        ge=0,
        le=36_500,
        description="How many days back a placement may be noted as ready or started.",
    )
    background_from_rows: int = Field(
        default=BACKGROUND_FROM_ROWS,
        ge=0,
        description="What concerns this many candidates and slots together, or more, is computed "
        "outside the process that answers calls.",
    )
    ocid_prefix: str = Field(
        default=UNREGISTERED_OCID_PREFIX,
        pattern=r"^ocds-[a-z0-9]+$",
        description="The prefix of contracts in OCDS releases, as registered with the Open "
        "Contracting Partnership; the default is registered by nobody.",
    )
