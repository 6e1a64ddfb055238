"""The API app: every resource's routes, the docs page, problems, and the OpenAPI document."""

from datetime import date
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi_offline import FastAPIOffline
from pydantic.alias_generators import to_camel

from app.api.door import api_info
from app.api.door.description import CONTACT, METADATA
from app.api.door.docs_page import add_docs_page
from app.api.door.example_days import with_examples_of
from app.api.door.openapi import complete
from app.api.fulfilment import clause_fulfilment, follow_ups, overview, tasks
from app.api.handbook import handbook
from app.api.http import (
    BASE_PATH,
    EXAMPLE_HOST,
    GuardedRoute,
    PermissionMissing,
    ServiceState,
    install_problem_handlers,
)
from app.api.placements import (
    attendance_months,
    decision_lifts,
    decisions,
    extensions,
    placement_moves,
    placement_outcomes,
    placement_signatures,
    placements,
)
from app.api.registers import (
    batches,
    candidates,
    clause_versions,
    clauses,
    contracts,
    events,
    gate_checks,
    gates,
    keys,
    policies,
    programmes,
    slots,
    suppliers,
)
from app.api.reports import ocds, report_links, reports
from app.api.runs import (
    answers,
    assignments,
    match_runs,
    matchings,
    proofs,
    proposals,
    reserves,
    scenarios,
)
from app.clock import today_in_sweden

ROUTERS = (
    suppliers.router,
    gate_checks.router,
    contracts.router,
    clauses.router,
    clause_versions.router,
    follow_ups.router,
    clause_fulfilment.router,
    overview.router,
    reports.router,
    report_links.router,
    ocds.router,
    tasks.router,
    slots.router,
    candidates.router,
    batches.router,
    policies.router,
    programmes.router,
    gates.router,
    match_runs.router,
    scenarios.router,
    proofs.router,
    answers.router,
    reserves.router,
    proposals.router,
    decisions.router,
    decision_lifts.router,
    placements.router,
    placement_signatures.router,
    extensions.router,
    placement_moves.router,
    attendance_months.router,
    placement_outcomes.router,
    matchings.router,
    assignments.router,
    events.router,
    keys.router,
    api_info.router,
    handbook.router,
)


def create_api(state: ServiceState) -> FastAPI:
    """The app that is mounted at the base path."""
    address = (state.public_url or EXAMPLE_HOST).rstrip("/") + BASE_PATH
    api = FastAPIOffline(
        docs_url=None,
        redirect_slashes=False,
        redoc_url=None,
        servers=[{"url": address}],
        openapi_external_docs={"description": "Handbok. Handbook.", "url": f"{address}/handbook"},
        generate_unique_id_function=_operation_id,
        **METADATA,
    )
    api.state.handslag = state
    install_problem_handlers(api)
    add_docs_page(api)
    for router in ROUTERS:
        api.include_router(router)
    _refuse_unguarded(api)
    _use_complete_document(api, state)
    return api


def _operation_id(route: APIRoute) -> str:
    return to_camel(route.name)


def _refuse_unguarded(api: FastAPI) -> None:
    for context in iter_route_contexts(api.routes):
        route = context.original_route
        documented = isinstance(route, APIRoute) and route.include_in_schema
        if documented and not isinstance(route, GuardedRoute):
            raise PermissionMissing(f"The route {context.path} lets anyone in.")


def printed_document(state: ServiceState) -> dict[str, Any]:
    """The OpenAPI document with the examples of one fixed day, the same whenever it is printed."""
    return complete(create_api(state), {**CONTACT, **state.contact})


def _use_complete_document(api: FastAPI, state: ServiceState) -> None:
    @lru_cache(maxsize=1)
    def document_of(day: date) -> dict[str, Any]:
        document = complete(api, {**CONTACT, **state.contact})
        shown: dict[str, Any] = with_examples_of(document, day)
        if state.public_url is None:  # the example's host leads nowhere, the call's own does
            shown["externalDocs"]["url"] = f"{BASE_PATH}/handbook"
        return shown

    def openapi() -> dict[str, Any]:
        return document_of(today_in_sweden())

    # FastAPI's documented way to extend the document is to replace this method.
    api.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's handbook says
