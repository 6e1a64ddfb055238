"""The docs page: Swagger UI, with a search that looks into the groups."""

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

ASSETS = "/static-offline-docs"
SETTINGS = {
    "validatorUrl": "none",
    "persistAuthorization": True,
    "docExpansion": "none",  # groups are closed at first
    "filter": True,  # a box to search
    "defaultModelsExpandDepth": 0,
}
# Swagger UI's own search knows the names of groups alone, and heeds case.
SEARCH = """
    plugins: [{fn: {opsFilter: (groups, phrase) => {
        const sought = phrase.trim().toLowerCase();
        const has = (text) => (text || "").toLowerCase().includes(sought);
        const found = (one) => has(one.get("path")) || has(one.getIn(["operation", "summary"]));
        return groups
            .map((group, tag) => has(tag)
                ? group : group.update("operations", (all) => all.filter(found)))
            .filter((group) => group.get("operations").size > 0);
    }}}],
"""
PRESETS = "presets: ["


def add_docs_page(api: FastAPI) -> None:
    @api.get("/docs", include_in_schema=False)
    async def read_docs_page(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        page = get_swagger_ui_html(
            openapi_url=f"{root}{api.openapi_url}",
            title=f"{api.title} - Swagger UI",
            swagger_js_url=f"{root}{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{root}{ASSETS}/favicon.png",
            swagger_ui_parameters=SETTINGS,
        )
        before, presets, after = bytes(page.body).decode().partition(PRESETS)
        return HTMLResponse(f"{before}{SEARCH}{presets}{after}")
