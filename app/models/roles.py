"""The roles of keys, which permission rules ask for."""

from enum import StrEnum


class Role(StrEnum):
    """What a key may do."""

    CASEWORKER = "caseworker"
    PROCUREMENT = "procurement"
    AUDITOR = "auditor"
    ADMIN = "admin"
