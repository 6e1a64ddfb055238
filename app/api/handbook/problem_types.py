"""The addresses that problem documents name as their type; they lie outside the base path."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from app.api.handbook.rendering import in_line
from app.api.http import BASE_PATH, PROBLEMS_IN_SWEDISH, answer_page, framed, title_of
from app.api.words.codes_page.problems import STATUSES, WHEN
from app.errors import NotFound

router = APIRouter(prefix="/problems", include_in_schema=False)

TITLE = "Problem · Problems"
KEPT = {"Cache-Control": "public, max-age=300"}
PAGE = Markup(
    '<h1><code>{kind}</code></h1><p class="soft">{status} {phrase}</p>'
    '<section lang="sv"><h2>På svenska</h2><p>{swedish}</p>'
    "<p>I svaret säger <code>detail</code> vad som gäller just det anropet, och "
    "<code>X-Request-ID</code> vilken rad i loggen som hör till det.</p></section>"
    '<section lang="en"><h2>In English</h2><p>{english}</p>'
    "<p>In the answer <code>detail</code> says what is the case with that very call, and "
    "<code>X-Request-ID</code> which line of the log belongs to it.</p></section>"
)


@router.get("")
def list_problems(request: Request) -> Response:
    """Every problem, in the order of the statuses."""
    rows = Markup("").join(
        Markup(
            '<tr><td>{}</td><td><a href="problems/{}"><code>{}</code></a></td>'
            '<td><span lang="sv">{}</span><br><span lang="en">{}</span></td></tr>'
        ).format(status.value, kind, kind, in_line(PROBLEMS_IN_SWEDISH[kind]), in_line(WHEN[kind]))
        for kind, status in STATUSES.items()
    )
    body = Markup('<h1>{}</h1><div class="wide"><table>{}</table></div>').format(TITLE, rows)
    return answer_page(framed(TITLE, body, "sv", _links(request)[1:]), headers=KEPT)


@router.get("/{kind}")
def read_problem(kind: str, request: Request) -> Response:
    """When the problem comes and what to do, in both languages."""
    if kind not in STATUSES:
        raise NotFound("problems", kind)
    status = STATUSES[kind]
    body = PAGE.format(
        kind=kind,
        status=status.value,
        phrase=title_of(status),
        swedish=_sentence(PROBLEMS_IN_SWEDISH[kind]),
        english=_sentence(WHEN[kind]),
    )
    return answer_page(framed(kind, body, "sv", _links(request)), headers=KEPT)


def _links(request: Request) -> list[tuple[str, str]]:
    """With the path of a gateway: it takes that away, and passes the types on without one too."""
    root = request.scope.get("root_path", "")
    return [
        (f"{root}/problems", TITLE),
        (f"{root}{BASE_PATH}/handbook/codes", "Koder · Codes"),
        (f"{root}{BASE_PATH}/docs", "API"),
    ]


def _sentence(said: str) -> Markup:
    return in_line(f"{said[0].upper()}{said[1:]}.")
