"""Clauses: verdicts and their causes, deadlines, follow-ups and tasks."""

from typing import get_args

from app import models
from app.api.words.codes_page.table import Table, english, side_by_side, swedish
from app.api.words.report_words import EXCUSES, FOLLOW_UPS
from app.api.words.verdict_words import CAUSE_WORDS, SHORT_VERDICTS
from app.services.fulfilment.cause_codes import CAUSES
from app.services.fulfilment.deadlines import InnerDeadlineKind
from app.services.fulfilment.verdict import Verdict
from app.services.tasks.kinds import TaskKind

VERDICTS = Table(
    heading="Verdicts",
    columns=("code", "svenska", "when"),
    codes=Verdict,
    cells=side_by_side(
        swedish(SHORT_VERDICTS),
        {
            "met": (
                "the quantity is delivered, also by the early-end rule; a dialogue has been held"
            ),
            "excused": (
                "short, and a person has decided that efforts or a lack of candidates excuse it"
            ),
            "rectification": "the buyer has set a time to rectify, which has not passed",
            "not-met": "the contract has ended and the quantity is short",
            "not-started": (
                "the contract has not begun; of a clause that leaves its quantity to call-offs, "
                "no call-off has been made yet"
            ),
            "impossible": (
                "a place is missing, and the least time no longer fits before the contract ends, "
                "nor would it if placements were extended"
            ),
            "overdue": "the first start, or a report, has not come by its day, nor since",
            "at-risk": "not covered, but still possible",
            "on-track": "delivered, active and booked cover the quantity",
        },
    ),
    introduction="Of several that fit, the first.",
)
CAUSES_OF_A_MISSING_PLACE = Table(
    heading="Causes of a missing place",
    columns=("code", "svenska", "when"),
    codes=CAUSES,
    cells=side_by_side(
        swedish(CAUSE_WORDS),
        {
            "ended-by-participant": "a placement ended early through the participant",
            "ended-by-supplier": "a placement ended early through the supplier",
            "ended-by-authority": "a placement ended early through the authority",
            "ended-for-just-cause": "a placement ended early for just cause",
            "gate-missing": (
                "a check of the employer kept a placement from starting, or from the slot most "
                "people or all whose programme is long enough"
            ),
            "authority-late": (
                "a proposal has waited for more than 14 days, the start or end of a placement was "
                "never noted, or a place could be begun in and no run, proposal or decision tried "
                "to fill it"
            ),
            "placement-fell-short": (
                "a placement is too short, or its working time too little, for the clause"
            ),
            "no-slot-offered": "the supplier's slots hold fewer places than the clause asks for",
            "awaiting-decision": "a proposal is open",
            "supplier-declined": "the supplier declined a proposal or withdrew the slot",
            "candidate-declined": "the candidate declined a proposal, found work or is in training",
            "proposal-declined": "a proposal was declined for another reason",
            "no-eligible-candidate": (
                "the newest run while one could still begin found nobody; `constraint` is the "
                "rule that ruled most people out, null where those who fit had other places"
            ),
            "not-matched-yet": "no run, proposal or decision says more",
        },
    ),
    introduction=(
        "Where several things happened, the first that has room for the place. Full-time months "
        "have the same."
    ),
)
DEADLINES = Table(
    heading="Inner deadlines",
    columns=("code", "svenska", "when"),
    codes=get_args(InnerDeadlineKind),
    cells={
        "first-start": (
            "första starten",
            "somebody is to have started, or been offered to, within the clause's months",
        ),
        "report": ("rapport", "as many reports are to have come as report dates have passed"),
    },
)
FOLLOW_UPS_OF_A_CLAUSE = Table(
    heading="Follow-ups",
    columns=("code", "svenska", "what it does"),
    codes=models.follow_ups.FollowUpKind,
    cells=side_by_side(
        swedish(FOLLOW_UPS),
        {
            "start-meeting": "tells that the parties have met at the contract's beginning",
            "report": "answers for one of the clause's report dates",
            "visit": "tells that somebody has been at the workplace",
            "rectification-set": "the verdict is `rectification` until its day has passed",
            "effort-recorded": "tells of an attempt, which may be the grounds of an excuse",
            "excuse-decided": "excuses what is missing, or as much of it as it names",
            "sanction": "after the contract's last day it settles a clause that is not met",
            "no-sanction": "after the contract's last day it settles a clause that is not met",
            "dialogue-held": "meets a dialogue clause, and is for no other",
            "offer-made": "from the contract's first day on it meets the first start",
            "recorded-by-mistake": "takes back the follow-up that it corrects",
        },
    ),
)
TASKS = Table(
    heading="Tasks",
    columns=("code", "svenska", "due"),
    codes=TaskKind,
    cells={
        "follow-up-due": (
            "villkor att följa upp",
            "on the clause's next follow-up date, while it is not settled",
        ),
        "report-due": (
            "rapport att ta emot",
            "on a report date that no report answers for; of a clause that is met, one that "
            "has passed",
        ),
        "replacement-due": (
            "placering att ersätta",
            "30 days after an early end that nobody who began later in the same slot "
            "replaces, no later than the last safe start",
        ),
        "gate-expiring": (
            "arbetsgivarkontroll att förnya",
            "on the last day of a check of an employer that has, or may take, people",
        ),
        "proposal-waiting": ("förslag att besluta om", "14 days after the day of its run"),
        "agreement-due": (
            "överenskommelse att skriva under",
            "on the start of a planned placement that lacks a signature",
        ),
        "placement-should-start": ("placering som ska börja", "on its start"),
        "placement-should-end": ("placering som ska sluta", "on its last agreed day"),
        "outcome-due": (
            "utfall att notera",
            "when a placement is over, and 3, 6 and 12 months after",
        ),
        "reference-shared": (
            "referenser att skilja åt",
            "at once, for each of several rows with references that read the same",
        ),
    },
    introduction=(
        "Derived, never stored: a task is there while what it asks for has not been recorded."
    ),
)
KINDS = Table(
    heading="Kinds of a clause",
    columns=("code", "svenska", "what is asked"),
    codes=get_args(models.clauses.ClauseKind),
    cells={
        "employment": ("anställning", "that the supplier employs people"),
        "internship": ("praktik", "that the supplier takes interns"),
        "dialogue": ("dialog", "that the supplier takes part in a dialogue about possible places"),
    },
)
REASONS_OF_AN_EXCUSE = Table(
    heading="Reasons of an excuse",
    columns=("code", "svenska", "English"),
    codes=get_args(models.follow_ups.ExcuseReason),
    cells=side_by_side(swedish(EXCUSES), english(EXCUSES)),
)
UNITS_OF_PAYMENT = Table(
    heading="What a penalty or a bonus is paid for",
    columns=("code", "svenska", "English"),
    codes=get_args(models.clauses.Per),
    cells={"place": ("plats", "each place"), "month": ("månad", "each month")},
)
BOUGHT = Table(
    heading="What a reference rate is for",
    columns=("code", "svenska", "English"),
    codes=("works", "services"),
    cells={"works": ("entreprenader", "building works"), "services": ("tjänster", "services")},
)
TABLES = (
    VERDICTS,
    CAUSES_OF_A_MISSING_PLACE,
    DEADLINES,
    FOLLOW_UPS_OF_A_CLAUSE,
    TASKS,
    KINDS,
    REASONS_OF_AN_EXCUSE,
    UNITS_OF_PAYMENT,
    BOUGHT,
)
