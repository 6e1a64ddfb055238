from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid, NotFound
from app.models.candidates import Candidate, CandidateFields, CandidateTerms
from app.models.suppliers import Supplier
from app.services.ground import (
    Actor,
    KnownProgrammes,
    add,
    change,
    read_known_programmes,
    refuse_unknown_programmes,
    select_visible,
)
from app.services.registers.known_codes import check_candidate_codes
from app.services.registers.shared_references import leave_shared, named, refuse_known_reference


def select_visible_candidates(
    actor: Actor, reference: str | None = None, municipality_code: str | None = None
) -> SelectOfScalar[Candidate]:
    """The candidates; no filter takes what a person can, needs or belongs to."""
    query = select_visible(Candidate, actor)
    if reference is not None:
        query = query.where(named(Candidate, reference))
    if municipality_code is not None:
        query = query.where(col(Candidate.municipality_code) == municipality_code)
    return query


def register_candidate(session: Session, actor: Actor, fields: CandidateFields) -> Candidate:
    check_clearances(read_known_programmes(session, actor), fields, None)
    check_candidate_codes(fields, None)
    check_vetoes(read_avoided(session, actor, [fields]), fields, None)
    refuse_known_reference(session, actor, Candidate, fields.reference)
    values = fields.model_dump() | {"organisation_id": actor.organisation_id}
    return add(session, actor, Candidate.model_validate(values))


def change_candidate(
    session: Session, actor: Actor, candidate: Candidate, wanted: CandidateFields
) -> None:
    check_clearances(read_known_programmes(session, actor), wanted, candidate)
    check_candidate_codes(wanted, candidate)
    check_vetoes(read_avoided(session, actor, [wanted]), wanted, candidate)
    refuse_known_reference(session, actor, Candidate, wanted.reference, candidate)
    is_renamed = wanted.reference != candidate.reference
    change(session, actor, candidate, wanted)
    if is_renamed:
        leave_shared(session, actor, candidate)


def check_clearances(
    known: KnownProgrammes, wanted: CandidateTerms, present: Candidate | None, at: str = "#"
) -> None:
    """Nobody is cleared for what is no programme. Such a code that is stored already stops only a
    change of the clearances."""
    if present is None or present.programmes != wanted.programmes:
        codes = [one.code for one in wanted.programmes]
        by_pointer = {f"{at}/programmes/{index}/code": code for index, code in enumerate(codes)}
        refuse_unknown_programmes(known, by_pointer)


def read_avoided(
    session: Session, actor: Actor, wanted: Iterable[CandidateFields]
) -> frozenset[UUID]:
    """The suppliers to avoid that exist in the organisation."""
    named = {supplier_id for fields in wanted for supplier_id in fields.avoided_supplier_ids}
    known = select_visible(Supplier, actor).where(col(Supplier.id).in_(named))
    return frozenset(supplier.id for supplier in session.exec(known))


def check_vetoes(
    known: frozenset[UUID], wanted: CandidateFields, present: Candidate | None
) -> None:
    """A new veto must name a supplier that exists; an old one may stay after its supplier."""
    accepted = known | set(present.avoided_supplier_ids if present else ())
    errors = [
        FieldError(f"#/avoidedSupplierIds/{index}", str(NotFound("suppliers", supplier_id)))
        for index, supplier_id in enumerate(wanted.avoided_supplier_ids)
        if supplier_id not in accepted
    ]
    if errors:
        raise Invalid(*errors)
