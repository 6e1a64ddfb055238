from sqlmodel import Field, SQLModel

ONLY = 1


class SecretFingerprint(SQLModel, table=True):
    """Tells the installation's secret from another one; the table has one row at most."""

    __tablename__ = "secret_fingerprints"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fingerprint: str = Field(max_length=64)
