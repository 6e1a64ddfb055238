"""Addresses that open one report without a key, for an hour: for a person with a browser."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.errors import NotFound
from app.models.report_links import ReportLink, ReportLinkFields
from app.services.ground import Actor, add
from app.services.registers.keys import SECRET_BYTES, find_actor, hash_secret
from app.services.reports.reports import Report, report_contract, report_organisation

GOOD_FOR = timedelta(hours=1)
LINK_PREFIX = "hr"


def read_linked(session: Session, actor: Actor, wanted: ReportLinkFields) -> Report:
    """The report as the actor may see it; refused where it would be refused at its own address."""
    first, last = wanted.first_day, wanted.last_day
    if wanted.contract_id is not None:
        return report_contract(session, actor, wanted.contract_id, wanted.as_of, first, last)
    first, last = first or wanted.as_of, last or wanted.as_of
    return report_organisation(session, actor, first, last, wanted.as_of)


def make_report_link(
    session: Session, actor: Actor, pepper: str, wanted: ReportLinkFields, now: datetime
) -> tuple[ReportLink, str]:
    """Stores the hash of a new secret, and returns the secret, which cannot be read again."""
    secret = f"{LINK_PREFIX}_{secrets.token_urlsafe(SECRET_BYTES)}"
    link = ReportLink(
        **wanted.model_dump(),
        organisation_id=actor.organisation_id,
        key_id=actor.key_id,
        secret_hash=hash_secret(pepper, secret),
        created_at=now,
        updated_at=now,
        expires_at=now + GOOD_FOR,
    )
    return add(session, actor, link), secret


def open_report_link(session: Session, pepper: str, secret: str, now: datetime) -> Report:
    """What the link's maker may see now; NotFound alike for a secret that never was, a link that
    has run out, and one whose key has expired or was revoked."""
    same = select(ReportLink).where(col(ReportLink.secret_hash) == hash_secret(pepper, secret))
    link = session.exec(same).one_or_none()
    maker = find_actor(session, link.key_id, now) if link else None
    if link is None or maker is None or link.expires_at < now:
        raise NotFound("report-pages", "such link")
    return read_linked(session, maker, link)
