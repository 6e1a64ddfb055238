"""The integration example: the same journey in any month, and as `make demo` runs it."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.demo.example import gate_checks, months_later
from app.demo.journey import Outcome, every, travel
from app.demo.later import live_on
from app.demo.own_service import OwnService, own_service
from app.errors import HandslagError


def test_no_check_is_ahead_of_its_day_whenever_one_tries() -> None:
    """The contract begins on the first of the next month, up to 31 days ahead."""
    for number in range(366):
        today = date(2028, 1, 1) + timedelta(number)
        for check in gate_checks(months_later(today, 1), today):
            assert check["checkedOn"] <= f"{today}"
            assert check.get("askedOn", "") <= check.get("answeredOn", "") <= check["checkedOn"]


@pytest.fixture(scope="module")
def travelled(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, OwnService, Outcome]]:
    """A service that runs on a file, and what came of the journey on it."""
    file = tmp_path_factory.mktemp("journey") / "journey.db"
    with own_service(file, "Östersunds kommun") as service, service.client() as api:
        yield file, service, travel(api, date(2018, 3, 1))


def test_in_2018(travelled: tuple[Path, OwnService, Outcome]) -> None:
    _, _, outcome = travelled
    assert outcome.run["certificate"]["optimal"]
    assert outcome.run["objective"]["contractualPlacesFilled"] == 4
    assert Counter(one["contractual"] for one in outcome.proposals) == {True: 4, False: 3}
    told = ("asOf", "verdict", "delivered", "booked", "missing")
    assert [outcome.fulfilment[name] for name in told] == ["2018-03-01", "on-track", 0, 4, 0]
    reasons = {reason["code"] for one in outcome.unmatched for reason in one["reasons"]}
    assert {"too-far", "outside-target-group", "not-consented", "vetoed", "outranked"} <= reasons


def test_lived_through_in_2018(tmp_path: Path) -> None:
    running = own_service(
        tmp_path / "later.db", "Östersunds kommun", {"HANDSLAG_BACKDATING_DAYS": "36500"}
    )
    with running as service, service.client() as api:
        told = list(live_on(api, date(2018, 3, 1)))
        ended = [one for one in every(api, "/placements") if one["status"] == "ended-early"]
    assert [one["verdict"] for one in told] == ["on-track", "at-risk", "on-track", "met"]
    quantities = ("delivered", "credited", "active", "booked", "missing")
    assert [tuple(one[name] for name in quantities) for one in told] == [
        (0, 0, 4, 0, 0),
        (0, 0, 3, 0, 1),
        (0, 0, 3, 1, 0),
        (4, 0, 0, 0, 0),
    ]
    causes = [(cause["code"], cause["places"]) for cause in told[1]["causes"]]
    assert causes == [("ended-by-participant", 1)]
    # 184 days were agreed, 1 March to 31 August; these are half and 80 per cent, rounded up.
    assert sorted(one["endedOn"] for one in ended) == ["2018-05-31", "2018-07-26"]


def test_command_shows_what_a_person_wants_to_see(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.command", "demo"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    for told in (
        "EXEMPEL-01",
        "Utan förslag",
        "on-track",
        "at-risk",
        "met",
        "/handslag/v1/docs",
        "Authorize",
    ):
        assert told in shown.stdout
    steps = re.findall(r"… (\d+,\d) s\n", shown.stdout)
    assert len(steps) == 4


def test_file_that_a_service_uses_is_left_alone(
    travelled: tuple[Path, OwnService, Outcome],
) -> None:
    file, running, outcome = travelled
    with pytest.raises(HandslagError, match="in use"), own_service(file, "En till"):
        pass
    with running.client() as api:
        assert api.get(f"/match-runs/{outcome.run['id']}").json() == outcome.run
