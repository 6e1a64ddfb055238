"""Pages for people: each carries its own style, runs nothing, and loads nothing from elsewhere."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
TEMPLATE = "page.html"
# Everything that is put into a page is escaped, even where the template does not ask for it.
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def framed(title: str, body: Markup, language: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """The page with this title and body; `links` lead on from its top, each an address and a
    text."""
    return TEMPLATES.get_template(TEMPLATE).render(
        title=title, body=body, language=language, links=links
    )


def answer_page(page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return HTMLResponse(page, status, headers=page_headers(page) | dict(headers or {}))


def page_headers(page: str) -> dict[str, str]:
    """With them a browser applies the page's own style, shows pictures of this service, and does
    nothing else; nobody whom the page links to learns its address."""
    styles = " ".join(f"'sha256-{_digest(style)}'" for style in STYLE.findall(page))
    policy = (
        f"default-src 'none'; style-src {styles or repr('none')}; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
