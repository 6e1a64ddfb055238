"""With which secret the keys of the database were made: a fingerprint of it, never the secret."""

from sqlmodel import Session, col, select

from app.models.fingerprints import ONLY, SecretFingerprint
from app.models.keys import Key
from app.services.registers.keys import hash_secret

# No key's secret is this text, so that the fingerprint is the hash of no key.
FINGERPRINT_OF = "the secret of this database"


def is_known(session: Session, pepper: str) -> bool:
    stored = session.get(SecretFingerprint, ONLY)
    return stored is not None and stored.fingerprint == hash_secret(pepper, FINGERPRINT_OF)


def adopt(session: Session, pepper: str) -> bool:
    """Makes the secret the database's own; False where keys in use were made with another."""
    fingerprint = hash_secret(pepper, FINGERPRINT_OF)
    stored = session.get(SecretFingerprint, ONLY, with_for_update=True)
    if stored is None:
        session.add(SecretFingerprint(id=ONLY, fingerprint=fingerprint))
    elif stored.fingerprint != fingerprint:
        in_use = select(Key.id).where(col(Key.revoked_at).is_(None)).limit(1)
        if session.exec(in_use).first() is not None:
            return False
        stored.fingerprint = fingerprint
    session.flush()
    return True
