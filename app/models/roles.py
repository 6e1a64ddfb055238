"""The roles of keys, which permission rules ask for."""

from enum import StrEnum


class Role(StrEnum):
    CASEWORKER = "caseworker"
    PROCUREMENT = "procurement"
    AUDITOR = "auditor"
    ADMIN = "admin"
