"""Whom a key speaks for: what permission rules ask of an actor."""

from enum import StrEnum


class Role(StrEnum):
    CASEWORKER = "caseworker"
    PROCUREMENT = "procurement"
    AUDITOR = "auditor"
    ADMIN = "admin"
