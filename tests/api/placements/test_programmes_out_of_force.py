"""On a day when a programme is not in force nobody is proposed, booked or started in it."""

from datetime import date

import pytest

from app.models.candidates import Candidate
from app.models.placements import Placement
from app.models.proposals import Proposal
from app.models.values import Clearance
from tests.api.placements.test_unknown_programmes import id_of, placement_body, refused
from tests.api.registering import Json, sign
from tests.callers import Caller, Service
from tests.journeys import (
    Case,
    actor_of,
    add_placement,
    change_row,
    decide,
    make_case,
    proposals_of,
    start_run,
)
from tests.make import make_programme


@pytest.fixture
def case(service: Service, admin: Caller) -> Case:
    """The employer has passed every check there is."""
    return make_case(service, admin)


class TestOutOfForce:
    """Introduktionsjobb holds from the first of May 2018."""

    @pytest.mark.parametrize(("day", "holds"), [("2018-04-30", False), ("2018-05-01", True)])
    def test_on_the_first_day_and_the_day_before(
        self, service: Service, case: Case, admin: Caller, day: str, holds: bool
    ) -> None:
        person = case.candidate_ids[0]
        granted = [Clearance(code="introduktionsjobb", maximum_months=12)]
        change_row(service, Candidate, person, programmes=granted)
        run = start_run(admin, asOf=day)
        assert bool(proposals_of(admin, run)) == holds
        body = placement_body(case, "introduktionsjobb", startDate=day, endDate="2018-09-30")
        answer = admin.post("/placements", body | {"overrides": []})
        assert answer.status_code == 201 if holds else refused(answer) == "gates-missing"

    @pytest.mark.parametrize(
        ("day", "holds"), [(date(2018, 6, 29), False), (date(2018, 6, 30), True)]
    )
    def test_an_extension_begins_on_such_a_day(
        self, service: Service, case: Case, admin: Caller, day: date, holds: bool
    ) -> None:
        """A programme from the first of July on; the placement before it ends on the day."""
        person = case.candidate_ids[0]
        with service.database.writing() as session:
            begins = {"valid_from": date(2018, 7, 1)}
            make_programme(session, actor_of(admin), "kommunens-eget", **begins)
        granted = [Clearance(code="kommunens-eget", maximum_months=12)]
        change_row(service, Candidate, person, programmes=granted)
        values: Json = {"candidate_id": person, "programme": "kommunens-eget", "end_date": day}
        placement = add_placement(service, admin, case, **values, status="ready")
        wish = {"endDate": "2018-08-31", "reason": "candidate-wish"}
        answer = admin.post(f"/placements/{placement}/extensions", wish)
        assert answer.status_code == 201 if holds else refused(answer) == "gates-missing"

    def test_a_decision_on_the_day_before(
        self, service: Service, case: Case, admin: Caller
    ) -> None:
        granted = [Clearance(code="introduktionsjobb", maximum_months=12)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=granted)
        [proposal] = proposals_of(admin, start_run(admin, asOf="2018-05-01"))
        change_row(service, Proposal, id_of(proposal), start_date=date(2018, 4, 30))
        assert refused(decide(admin, proposal)) == "gates-missing"
        change_row(service, Proposal, id_of(proposal), start_date=date(2018, 5, 1))
        assert decide(admin, proposal).status_code == 201

    @pytest.mark.parametrize(
        ("day", "holds"), [(date(2018, 3, 2), False), (date(2018, 3, 1), True)]
    )
    def test_a_start(
        self, service: Service, case: Case, admin: Caller, day: date, holds: bool
    ) -> None:
        """Agreed for the first of March, under a programme that begins on the day."""
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), "kommunens-eget", valid_from=day)
        placement = add_placement(service, admin, case, programme="kommunens-eget")
        sign(admin, str(placement))
        path = f"/placements/{placement}/transitions"
        for to, on in (("ready", "2018-02-20"), ("active", "2018-03-01")):
            change_row(
                service, Placement, placement, status="planned" if to == "ready" else "ready"
            )
            answer = admin.post(path, {"to": to, "on": on})
            assert answer.status_code == 201 if holds else refused(answer) == "gates-missing"


class TestOwnLimit:
    @pytest.mark.parametrize(("last", "fits"), [("2018-05-31", True), ("2018-06-01", False)])
    def test_a_longest_time_of_ones_own_holds(
        self, service: Service, admin: Caller, last: str, fits: bool
    ) -> None:
        """Three months from the first of March end on the last of May, whatever is granted."""
        case = make_case(service, admin, clause={"minimum_months": 3})
        with service.database.writing() as session:
            make_programme(session, actor_of(admin), "kommunens-eget", longest_months=3)
        granted = [Clearance(code="kommunens-eget", maximum_months=12)]
        change_row(service, Candidate, case.candidate_ids[0], programmes=granted)
        [proposal] = proposals_of(admin, start_run(admin))
        assert (proposal["startDate"], proposal["endDate"]) == ("2018-03-01", "2018-05-31")
        body = placement_body(case, "kommunens-eget", endDate=last, overrides=[])
        answer = admin.post("/placements", body)
        assert answer.status_code == 201 if fits else "programme-limit" in answer.text
