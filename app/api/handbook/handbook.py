from collections.abc import Iterable
from http import HTTPStatus

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from markupsafe import Markup

from app.api.handbook.documents import Document, documents, pictures
from app.api.handbook.rendering import first_words, rendered
from app.api.http import GuardedRoute, answer_page, framed, open_to_all, without_spare_slashes
from app.errors import NotFound

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

TITLE = "Handbok · Handbook"
LANGUAGES = {"sv": "På svenska", "en": "In English"}
KEPT = {"Cache-Control": "public, max-age=300"}


@router.get("/handbook")
@open_to_all
def read_handbook() -> Response:
    """Every page, by language; the pages of a folder stand on a page of their own."""
    top = [one for one in documents().values() if not one.folder]
    body = Markup("<h1>{}</h1>").format(TITLE)
    for language, heading in LANGUAGES.items():
        body += Markup('<section lang="{}"><h2>{}</h2>').format(language, heading)
        body += _listed((one for one in top if one.language == language), "handbook/")
        body += Markup("</section>")
    folders = sorted({one.folder for one in documents().values()} - {""})
    body += _items((f"handbook/{one}", one.capitalize(), "") for one in folders)
    return answer_page(framed(TITLE, body, "sv", [("docs", "API")]), headers=KEPT)


@router.get("/handbook/{name:path}")
@open_to_all
def read_page(name: str) -> Response:
    """A page, a folder's list of pages, or a picture."""
    shorter = without_spare_slashes(f"/{name}").lstrip("/")
    if (shorter != name or not name) and _is_there(shorter):
        raise HTTPException(HTTPStatus.NOT_FOUND)  # its answer names the address without them
    if name in pictures():
        return Response(pictures()[name], media_type="image/png", headers=KEPT)
    up = "../" * name.count("/")
    links = [(f"{up}../handbook", TITLE), (f"{up}../docs", "API")]
    if name in documents():
        page = documents()[name]
        return answer_page(framed(page.title, rendered(page), page.language, links), headers=KEPT)
    inside = [one for one in documents().values() if one.folder and one.folder == name]
    if not inside:
        raise NotFound("the handbook's pages", name)
    body = Markup("<h1>{}</h1>").format(name.capitalize()) + _listed(inside, "")
    return answer_page(framed(name.capitalize(), body, "en", links), headers=KEPT)


def _is_there(name: str) -> bool:
    folders = {one.folder for one in documents().values()}
    return name in documents() or name in pictures() or name in folders | {""}


def _listed(pages: Iterable[Document], base: str) -> Markup:
    return _items((f"{base}{one.name}", one.title, first_words(one)) for one in pages)


def _items(entries: Iterable[tuple[str, str, str | Markup]]) -> Markup:
    items = (
        Markup('<li><a href="{}">{}</a><br><span class="soft">{}</span></li>').format(*entry)
        for entry in entries
    )
    return Markup("<ul>{}</ul>").format(Markup("").join(items))
