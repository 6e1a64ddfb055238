"""A small market whose answer has every part."""

from sqlmodel import Session

from app.services.ground.permissions import Actor
from tests.make import make_actor, make_candidate, make_slot, make_supplier


def make_market(session: Session) -> Actor:
    """An organisation with two candidates for one place, and a slot that nobody wishes for."""
    actor = make_actor(session)
    supplier = make_supplier(session, actor).id
    make_slot(session, actor, supplier_id=supplier, places=1)
    make_slot(session, actor, supplier_id=supplier, occupation={"ssyk": "2221"})
    for _ in range(2):
        make_candidate(session, actor)
    return actor
