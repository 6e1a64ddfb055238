"""What programmes ask of employers: reference data, and what an organisation registers."""

import pytest

from app.api.registers.gates import EXAMPLE as GATE
from app.api.registers.programmes import EXAMPLE
from app.clock import today_in_sweden
from app.models.keys import Role
from app.reference.programmes import GATES, PROGRAMMES
from tests.api.registering import ids, pointers, register, register_slot, register_supplier
from tests.callers import Caller, Service

TODAY = today_in_sweden()


class TestListProgrammes:
    def test_says_what_is_checked_and_whence(self, admin: Caller) -> None:
        items = admin.get("/programmes").json()["items"]
        practice = next(one for one in items if one["code"] == "arbetspraktik")
        assert practice["longestMonths"] == 6
        assert [gate["code"] for gate in practice["gates"]] == [
            "registered-employer",
            "no-business-ban",
            "no-work-environment-faults",
            "union-consulted",
            "no-displacement",
        ]
        assert all(gate["source"] and gate["name"] for gate in practice["gates"])

    def test_only_what_holds_on_a_day(self, admin: Caller) -> None:
        before, after = (
            {one["code"] for one in admin.get(f"/programmes?asOf={day}").json()["items"]}
            for day in ("2018-04-30", "2018-05-01")
        )
        assert after - before == {"introduktionsjobb"}

    def test_pages(self, admin: Caller) -> None:
        everything = admin.get("/programmes").json()["items"]
        second = admin.get("/programmes?limit=4&page=2").json()
        assert second["items"] == everything[4:8]
        assert second["_meta"]["totalRecords"] == len(everything)

    def test_in_english(self, admin: Caller) -> None:
        headers = {"Accept-Language": "en"}
        items = admin.get("/programmes", headers=headers).json()["items"]
        assert items[0]["name"] == "Work practice"
        assert items[0]["gates"][1]["name"] == "No business ban"

    def test_the_organisations_own_stand_beside_the_reference_data(self, admin: Caller) -> None:
        own = register(admin, "/programmes", EXAMPLE)
        listed = admin.get("/programmes").json()["items"]
        assert [one["code"] for one in listed] == [*(one.code for one in PROGRAMMES), own["code"]]
        assert [one["id"] for one in listed] == [None] * len(PROGRAMMES) + [own["id"]]
        shown = listed[-1]
        assert (shown["kind"], shown["countsPer"], shown["longestMonths"]) == (
            "internship",
            "person",
            6,
        )
        assert [gate["code"] for gate in shown["gates"]] == EXAMPLE["gates"]
        assert (shown["source"], shown["note"], shown["validTo"]) == (None, None, None)
        english = admin.get("/programmes", headers={"Accept-Language": "en"}).json()["items"][-1]
        assert (shown["name"], english["name"]) == (EXAMPLE["name"], EXAMPLE["english"])

    def test_from_its_first_day_on(self, admin: Caller) -> None:
        register(admin, "/programmes", EXAMPLE)
        for day, is_listed in (("2017-12-31", False), ("2018-01-01", True)):
            items = admin.get(f"/programmes?asOf={day}").json()["items"]
            assert (EXAMPLE["code"] in {one["code"] for one in items}) == is_listed


class TestRegisterProgramme:
    def test_shows_what_was_sent(self, admin: Caller) -> None:
        own = register(admin, "/programmes", EXAMPLE)
        read = admin.get(f"/programmes/{own['id']}").json()
        assert read == own
        assert {name: read[name] for name in EXAMPLE} == EXAMPLE

    def test_another_entry_takes_its_place_from_its_own_first_day(self, admin: Caller) -> None:
        register(admin, "/programmes", EXAMPLE)
        register(admin, "/programmes", EXAMPLE | {"validFrom": "2018-07-01", "gates": []})
        listed = admin.get("/programmes").json()["items"][-2:]
        assert [(one["validFrom"], one["validTo"]) for one in listed] == [
            ("2018-01-01", "2018-06-30"),
            ("2018-07-01", None),
        ]

    @pytest.mark.parametrize(
        "code",
        [
            *("arbetspraktik", "Arbetspraktik", "arbetstraning", "Kommunal-Praktik", "lönebi drag"),
            *("arbets-praktik", "arbetspraktk", "arbetsprakt\u0131k", "kommunalpraktik"),
            *("\uff41rbetspraktik", "\u0430rbetspraktik", "komunal-praktik"),
        ],
    )
    def test_no_code_that_is_taken_or_reads_like_another(self, admin: Caller, code: str) -> None:
        """Else a misspelling would only have to be registered, to be free of every check."""
        register(admin, "/programmes", EXAMPLE)
        answer = admin.post("/programmes", EXAMPLE | {"code": code, "gates": []})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/already-exists")

    @pytest.mark.parametrize(
        "code", ["praktik", "arbetspraktik-ung", "kommunal-praktik-2", "feriejobb"]
    )
    def test_a_code_that_is_really_another(self, admin: Caller, code: str) -> None:
        register(admin, "/programmes", EXAMPLE)
        register(admin, "/programmes", EXAMPLE | {"code": code})

    def test_gates_must_be_known(self, admin: Caller) -> None:
        body = EXAMPLE | {"gates": ["no-business-ban", "No business-ban", "id06"]}
        answer = admin.post("/programmes", body)
        assert pointers(answer) == ["#/gates/1", "#/gates/2"]
        assert "Did you mean no-business-ban?" in answer.json()["errors"][0]["detail"]
        register(admin, "/gates", GATE)
        register(admin, "/programmes", EXAMPLE | {"gates": ["no-business-ban", "id06"]})

    @pytest.mark.parametrize("months", [1, 120])
    def test_longest_time_at_its_limits(self, admin: Caller, months: int) -> None:
        own = register(admin, "/programmes", EXAMPLE | {"longestMonths": months})
        assert own["longestMonths"] == months

    @pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PROCUREMENT, Role.AUDITOR])
    def test_only_by_an_admin(self, service: Service, role: Role) -> None:
        assert service.caller(role).post("/programmes", EXAMPLE).status_code == 403


class TestOwnGates:
    def test_stand_beside_the_reference_data(self, admin: Caller) -> None:
        own = register(admin, "/gates", GATE)
        assert admin.get(f"/gates/{own['id']}").json() == own
        assert {name: own[name] for name in GATE} == GATE
        listed = admin.get("/gates").json()["items"]
        assert [one["code"] for one in listed] == [*GATES, "id06"]
        assert [one["id"] for one in listed] == [None] * len(GATES) + [own["id"]]
        assert all((one["source"] is None) == (one["id"] is not None) for one in listed)

    @pytest.mark.parametrize(
        "code", ["no-business-ban", "No-Business-Ban", "ID06", "id 06", "no-busines-ban"]
    )
    def test_no_code_that_is_taken_or_reads_like_another(self, admin: Caller, code: str) -> None:
        register(admin, "/gates", GATE)
        answer = admin.post("/gates", GATE | {"code": code})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/already-exists")

    def test_registered_anew_it_takes_the_earlier_ones_place(self, admin: Caller) -> None:
        register(admin, "/gates", GATE)
        newer = register(admin, "/gates", GATE | {"validMonths": 6})
        [listed] = [one for one in admin.get("/gates").json()["items"] if one["id"]]
        assert (listed["id"], listed["validMonths"]) == (newer["id"], 6)

    @pytest.mark.parametrize(
        ("months", "until"), [(24, "2020-02-14"), (6, "2018-08-14"), (None, "9999-12-31")]
    )
    def test_a_passed_check_stands_as_long_as_the_gate_says(
        self, admin: Caller, months: int | None, until: str
    ) -> None:
        register(admin, "/gates", GATE | {"validMonths": months})
        check = {
            "gate": "id06",
            "outcome": "passed",
            "checkedOn": "2018-02-15",
            "checkedBy": "Inköp",
        }
        shown = register(admin, f"/suppliers/{register_supplier(admin)}/gate-checks", check)
        assert shown["holdsUntil"] == until

    def test_a_check_is_only_recorded_and_sought_of_a_known_gate(self, admin: Caller) -> None:
        path = f"/suppliers/{register_supplier(admin)}/gate-checks"
        check = {"outcome": "passed", "checkedOn": "2018-02-15", "checkedBy": "Inköp"}
        answer = admin.post(path, check | {"gate": "no-bussiness-ban"})
        assert pointers(answer) == ["#/gate"]
        assert "Did you mean no-business-ban?" in answer.json()["errors"][0]["detail"]
        assert pointers(admin.get(f"{path}?gate=id06")) == ["gate"]
        register(admin, "/gates", GATE)
        register(admin, path, check | {"gate": "id06"})
        assert len(ids(admin.get(f"{path}?gate=id06"))) == 1

    def test_a_task_names_it_in_both_languages(self, admin: Caller) -> None:
        register(admin, "/gates", GATE)
        supplier = register_supplier(admin)
        days = {"checkedOn": f"{TODAY}", "validUntil": f"{TODAY}"}
        check = {"gate": "id06", "outcome": "passed", "checkedBy": "Inköp"}
        register(admin, f"/suppliers/{supplier}/gate-checks", check | days)
        open_days = {
            "earliestStart": f"{TODAY}",
            "latestStart": f"{TODAY}",
            "endDate": "2099-12-31",
        }
        register_slot(admin, supplier, clauseId=None, **open_days)
        for language, name in (("sv", GATE["name"]), ("en", GATE["english"])):
            [task] = admin.get("/tasks", headers={"Accept-Language": language}).json()["items"]
            assert task["kind"] == "gate-expiring"
            assert name in task["text"]
