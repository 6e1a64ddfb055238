"""One page of a list: its rows, how many there are in all, and the links to the other pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from app.api.http.calls import FRESHNESS, Call, acting
from app.api.http.parameters import CaseworkerHeader, PageLimit, PageNumber
from app.api.http.shapes import PageLinks, PageMeta
from app.services.ground import count_rows

Listed = TypeVar("Listed")


@dataclass(frozen=True)
class ListingCall(Call):
    """A GET of one page of a list."""

    page: int = 1
    limit: int = 20

    def answer(
        self,
        session: Session,
        query: SelectOfScalar[Listed],
        show: Callable[[Listed], BaseModel],
    ) -> Response:
        """One page of the query; a page beyond the end is empty and no error."""
        rows, total = self.read_page(session, query)
        return self.answer_items([show(row) for row in rows], total)

    def read_page(
        self, session: Session, query: SelectOfScalar[Listed]
    ) -> tuple[list[Listed], int]:
        """The rows of the page asked for, and how many there are in all."""
        total = count_rows(session, query)
        page = query.offset(self.part.start).limit(self.limit)
        return list(session.exec(page)) if self.page else [], total

    @property
    def part(self) -> slice:
        """Which rows of the whole list the page shows."""
        first = (self.page - 1) * self.limit
        return slice(first, first + self.limit) if self.page else slice(0, 0)

    def cut_page(self, rows: Sequence[Listed]) -> Sequence[Listed]:
        """The page asked for, of rows that have all been read."""
        return rows[self.part]

    def answer_items(self, items: Sequence[BaseModel], total: int) -> Response:
        meta = PageMeta(page=self.page, limit=self.limit, count=len(items), total_records=total)
        envelope = {
            "items": [item.model_dump(mode="json", by_alias=True) for item in items],
            "_meta": meta.wire(),
            "_links": self._links(total).model_dump(mode="json"),
        }
        return JSONResponse(envelope, headers=FRESHNESS)

    def _links(self, total: int) -> PageLinks:
        last = max(1, -(-total // self.limit))
        links = {"self": self.page, "first": 1, "last": last}
        if self.page < last:
            links["next"] = self.page + 1
        if 1 < self.page <= last + 1:
            links["prev"] = self.page - 1
        return PageLinks.model_validate(
            {rel: {"href": self._page_address(page), "rel": rel} for rel, page in links.items()}
        )

    def _page_address(self, page: int) -> str:
        path = self.request.url.path.removeprefix(self.request.scope.get("root_path", ""))
        url = self.request.url.include_query_params(page=page, limit=self.limit)
        return f"{self.address(path)}?{url.query}"


def _listing(
    request: Request,
    caseworker: CaseworkerHeader = None,
    page: PageNumber = 1,
    limit: PageLimit = 20,
) -> ListingCall:
    return ListingCall(request, acting(request, caseworker), page, limit)


Listing = Annotated[ListingCall, Depends(_listing)]
