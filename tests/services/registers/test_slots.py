"""The clause and contract of a slot do not change until the slot is stored."""

import pytest

from app.api.registers.slots import SlotInput
from app.db import Database
from app.errors import Busy
from app.models.clauses import Clause
from app.models.contracts import Contract
from app.services.ground.permissions import Actor
from app.services.ground.records import find_for_change
from app.services.registers.slots import register_slot
from tests.api.registering import slot_body
from tests.make import make_clause, make_contract, make_supplier


@pytest.mark.parametrize("leaned_on", [Contract, Clause])
def test_neither_contract_nor_clause_changes_under_a_slot_being_registered(
    database: Database, database_url: str, actor: Actor, leaned_on: type[Contract | Clause]
) -> None:
    with database.writing() as session:
        supplier = make_supplier(session, actor)
        contract = make_contract(session, actor, supplier_id=supplier.id)
        clause = make_clause(session, actor, contract_id=contract.id)
    row_id = {Contract: contract.id, Clause: clause.id}[leaned_on]
    fields = SlotInput.model_validate(slot_body(str(supplier.id), clauseId=str(clause.id)))
    hasty = Database(database_url, lock_timeout_seconds=0.05)
    with database.writing() as session:
        register_slot(session, actor, fields)
        with pytest.raises(Busy), hasty.writing() as other:
            find_for_change(other, actor, leaned_on, row_id)
    hasty.dispose()
