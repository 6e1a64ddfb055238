"""A page of the handbook as HTML: its links lead to other pages of it, its headings have names."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from app.api.handbook.documents import Document, documents, pictures

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
NOT_IN_A_NAME = re.compile(r"[^\w\- ]")
JOINT = re.compile(r"(?<=[/_.])(?=\w)")  # where a path may go on in the next line


@cache
def rendered(document: Document) -> Markup:
    tokens = MARKDOWN.parse(document.text)
    _name_headings(tokens)
    for token in _all(tokens):
        if token.type == "link_open":
            token.attrs["href"] = _address(str(token.attrs["href"]), document)
        elif token.type == "image":
            token.attrs["src"] = _address(str(token.attrs["src"]), document)
    for token in tokens:
        if token.children:
            token.children = _without_dead_links(token.children)
    html = str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))
    # A table too wide for its page is moved sideways by itself.
    wrapped = html.replace("<table>", '<div class="wide"><table>')
    return Markup(wrapped.replace("</table>", "</table></div>"))  # noqa: S704  # raw HTML is off


def in_line(text: str) -> Markup:
    """One line of Markdown, without a paragraph around it."""
    return Markup(MARKDOWN.renderInline(text))  # noqa: S704  # raw HTML is off


@cache
def first_words(document: Document) -> Markup:
    """The first paragraph, without its links and other marks."""
    tokens = iter(MARKDOWN.parse(document.text))
    opened = any(token.type == "paragraph_open" for token in tokens)
    return _breakable(_plain(next(tokens))) if opened else Markup("")


def _breakable(text: str) -> Markup:
    return Markup(JOINT.sub("<wbr>", escape(text)))  # noqa: S704  # escaped, but for the breaks


def _code(_renderer: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    return Markup("<code>{}</code>").format(_breakable(tokens[at].content))


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _plain(token: Token) -> str:
    return "".join(
        " " if one.type == "softbreak" else one.content for one in _all(token.children or ())
    )


def _name_headings(tokens: Sequence[Token]) -> None:
    """Gives each heading the name that links in Markdown know it by."""
    seen: Counter[str] = Counter()
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            name = NOT_IN_A_NAME.sub("", _plain(words).lower()).replace(" ", "-")
            heading.attrs["id"] = f"{name}-{seen[name]}" if seen[name] else name
            seen[name] += 1


def _address(link: str, document: Document) -> str:
    """The link as it leads from the page's address; empty where the handbook has nothing there."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    if not parts.path:
        return link
    place = posixpath.normpath(posixpath.join(document.folder, parts.path))
    name = place.removesuffix(".md")
    folders = {one.folder for one in documents().values()}
    if name not in {*documents(), *folders, *pictures()} - {""}:
        return ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return posixpath.relpath(name, document.folder or ".") + fragment


def _without_dead_links(tokens: Sequence[Token]) -> list[Token]:
    """Keeps the words of a link that leads nowhere here: the networks of authorities are closed."""
    kept, dead = [], False
    for token in tokens:
        if token.type == "link_open":
            dead = not token.attrs["href"]
        if not (dead and token.type in {"link_open", "link_close"}):
            kept.append(token)
    return kept


MARKDOWN.add_render_rule("code_inline", _code)
