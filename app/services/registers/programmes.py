from sqlmodel import Session

from app.models.programmes import OwnProgramme, ProgrammeFields
from app.reference.programmes import REFERENCE
from app.services.ground import (
    Actor,
    add,
    read_known_programmes,
    refuse_taken_code,
    refuse_unknown_gates,
)


def register_programme(session: Session, actor: Actor, fields: ProgrammeFields) -> OwnProgramme:
    """Adds a programme, or what holds for it from another first day on."""
    known = read_known_programmes(session, actor)
    refuse_taken_code("programme", fields.code, known.codes, REFERENCE.codes)
    refuse_unknown_gates(known, {f"#/gates/{n}": code for n, code in enumerate(fields.gates)})
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, OwnProgramme.model_validate(values))
