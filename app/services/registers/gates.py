from sqlmodel import Session

from app.models.gates import GateFields, OwnGate
from app.reference.programmes import REFERENCE
from app.services.ground import Actor, add, read_known_programmes, refuse_taken_code


def register_gate(session: Session, actor: Actor, fields: GateFields) -> OwnGate:
    """Adds a gate, or takes the place of the one with its code."""
    known = read_known_programmes(session, actor)
    refuse_taken_code("gate", fields.code, known.gates, REFERENCE.gates)
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, OwnGate.model_validate(values))
