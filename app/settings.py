"""Every setting of the service, read from the environment with the prefix HANDSLAG_."""

from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BACKGROUND_FROM_ROWS = 20_000  # a run of so many rows takes about a second; see docs/operations.md
SHORTEST_SECRET = 16
# Nobody has registered this prefix; a registered one is "ocds-" and six letters or digits.
UNREGISTERED_OCID_PREFIX = "ocds-unregistered"


class Settings(BaseSettings):
    """What an installation may set; docs/operations.md lists the same names."""

    model_config = SettingsConfigDict(env_prefix="HANDSLAG_", extra="ignore", frozen=True)

    database_url: str = Field(
        default="sqlite:///handslag.db",
        description="SQLAlchemy address of the database: a SQLite file or PostgreSQL (psycopg).",
    )
    secret: SecretStr | None = Field(
        default=None,
        description="Pepper of the key hashes, at least 16 characters; serve refuses to start "
        "without one.",
    )
    public_url: HttpUrl | None = Field(
        default=None,
        description="The https address under which clients reach the service, without the base "
        "path; links in answers use it.",
    )

    @field_validator("secret")
    @classmethod
    def _not_guessed(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value().strip()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
        return secret

    @field_validator("public_url")
    @classmethod
    def _host_alone(cls, url: HttpUrl | None) -> HttpUrl | None:
        if url is not None:
            extras = (url.username, url.password, url.query, url.fragment, (url.path or "/") != "/")
            if url.scheme != "https" or any(extras):
                raise ValueError("must be https and a host alone, as in https://handslag.example")
        return url

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
