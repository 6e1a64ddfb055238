"""Reading what programmes ask of employers."""

from tests.callers import Caller


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
