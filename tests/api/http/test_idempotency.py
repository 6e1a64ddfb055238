"""One effect for each Idempotency-Key: caller, method and path, for a day."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import update

from app.api.http.idempotency import KEPT
from app.clock import utc_now
from app.models.idempotency import IdempotencyRecord
from tests.api.registering import ids, pointers, register_contract, register_supplier
from tests.callers import Caller, Service
from tests.make import COMPANY_NUMBERS

SUPPLIER = {"name": "Exempelbygg i Jämtland AB", "organisationNumber": COMPANY_NUMBERS[0]}
OTHER = SUPPLIER | {"organisationNumber": COMPANY_NUMBERS[1]}
KEY = {"Idempotency-Key": "order-1"}


def age_records(service: Service, age: timedelta) -> None:
    with service.database.writing() as session:
        session.exec(update(IdempotencyRecord).values(created_at=utc_now() - age))


class TestRepeat:
    @pytest.mark.parametrize("depth", [250, 300, 900])
    def test_body_nested_as_deep_as_a_parser_goes(self, admin: Caller, depth: int) -> None:
        body = b'{"items": [' + b"[" * depth + b"]" * depth + b"]}"
        headers = KEY | {"Content-Type": "application/json"}
        answer = admin.call("POST", "/candidate-batches", content=body, headers=headers)
        assert answer.status_code in {200, 422}
        assert admin.get("/candidates").json()["items"] == []

    def test_gets_the_same_answer_and_stores_once(self, admin: Caller) -> None:
        first = admin.post("/suppliers", SUPPLIER, headers=KEY)
        again = admin.post("/suppliers", SUPPLIER, headers=KEY)
        assert (again.status_code, again.content) == (201, first.content)
        for header in ("location", "etag", "content-type"):
            assert again.headers[header] == first.headers[header]
        assert len(ids(admin.get("/suppliers"))) == 1
        assert len(ids(admin.get("/events?resource=suppliers"))) == 1

    def test_order_of_fields_does_not_matter(self, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER, headers=KEY)
        again = admin.post("/suppliers", dict(reversed(SUPPLIER.items())), headers=KEY)
        assert again.status_code == 201

    def test_with_another_body_is_refused(self, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER, headers=KEY)
        assert pointers(admin.post("/suppliers", OTHER, headers=KEY)) == ["Idempotency-Key"]
        assert len(ids(admin.get("/suppliers"))) == 1

    def test_of_another_caller_is_a_call_of_its_own(self, service: Service, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER, headers=KEY)
        assert service.caller().post("/suppliers", OTHER, headers=KEY).status_code == 201
        assert service.stranger().post("/suppliers", SUPPLIER, headers=KEY).status_code == 201

    def test_on_another_path_is_a_call_of_its_own(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER, headers=KEY).json()["id"]
        contract_id = register_contract(admin, supplier_id)
        other_id = register_contract(admin, supplier_id, reference="KS 2")
        for path in (contract_id, other_id):
            body = {"kind": "dialogue", "responsible": "U", "nextFollowUpDate": "2018-06-01"}
            answer = admin.post(f"/contracts/{path}/clauses", body, headers=KEY)
            assert answer.status_code == 201
        assert len(ids(admin.get("/clauses"))) == 2

    def test_key_belongs_to_the_resource_however_its_id_is_written(self, admin: Caller) -> None:
        supplier_id = admin.post("/suppliers", SUPPLIER).json()["id"]
        contract_id = register_contract(admin, supplier_id)
        body = {"kind": "dialogue", "responsible": "U", "nextFollowUpDate": "2018-06-01"}
        answers = [
            admin.post(f"/contracts/{written}/clauses", body, headers=KEY).json()
            for written in (contract_id, contract_id.upper(), contract_id.title())
        ]
        assert answers == [answers[0]] * 3
        assert ids(admin.get("/clauses")) == [answers[0]["id"]]

    def test_after_a_refusal_is_tried_again(self, admin: Caller) -> None:
        register_supplier(admin)
        assert admin.post("/suppliers", SUPPLIER, headers=KEY).status_code == 409
        supplier_id = ids(admin.get("/suppliers"))[0]
        admin.delete(f"/suppliers/{supplier_id}")
        assert admin.post("/suppliers", SUPPLIER, headers=KEY).status_code == 201

    def test_within_a_day_is_a_repeat(self, service: Service, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER, headers=KEY)
        age_records(service, KEPT - timedelta(minutes=1))
        assert admin.post("/suppliers", SUPPLIER, headers=KEY).status_code == 201

    def test_after_a_day_is_a_new_call(self, service: Service, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER, headers=KEY)
        age_records(service, KEPT + timedelta(minutes=1))
        assert admin.post("/suppliers", SUPPLIER, headers=KEY).status_code == 409

    def test_without_a_key_is_a_new_call(self, admin: Caller) -> None:
        admin.post("/suppliers", SUPPLIER)
        assert admin.post("/suppliers", SUPPLIER).status_code == 409

    def test_at_the_same_time_stores_once(self, admin: Caller) -> None:
        clients, start = 8, Barrier(8)
        answers = []

        def call() -> None:
            start.wait()
            answers.append(admin.post("/suppliers", SUPPLIER, headers=KEY))

        threads = [Thread(target=call) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answer.status_code for answer in answers] == [201] * clients
        assert len({answer.content for answer in answers}) == 1
        assert len(ids(admin.get("/suppliers"))) == 1


class TestKey:
    def test_longest(self, admin: Caller) -> None:
        answer = admin.post("/suppliers", SUPPLIER, headers={"Idempotency-Key": "k" * 200})
        assert answer.status_code == 201

    @pytest.mark.parametrize("key", ["k" * 201, "", "two words", "å".encode()])
    def test_too_long_or_not_plain(self, admin: Caller, key: str | bytes) -> None:
        answer = admin.post("/suppliers", SUPPLIER, headers={"Idempotency-Key": key})
        assert pointers(answer) == ["Idempotency-Key"]
