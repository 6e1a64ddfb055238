"""Whether a page can be read at a width: nothing lies beside it, and no word is taken apart."""

from typing import Any

from playwright.sync_api import Page, Route

from tests.callers import Service

WIDTHS = (320, 900, 1280)
# The runs of letters and digits that stand on more than one line.
BROKEN_WORDS = r"""() => {
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter(box => box.width > 0);
      if (new Set(boxes.map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""
# What the browser draws but nobody can get to: it lies to the right of all that can be scrolled to.
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(
  one => !one.closest("thead, .wide, pre, .frame")
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(one => one.outerHTML.slice(0, 100))"""


def amiss(page: Page, width: int) -> dict[str, Any]:
    """What hinders reading at this width; empty where nothing does."""
    page.set_viewport_size({"width": width, "height": 900})
    found = {
        "wider by": page.evaluate("document.documentElement.scrollWidth") - width,
        "moved sideways": page.evaluate(
            "[...document.querySelectorAll('.frame')].filter("
            "one => one.scrollWidth > one.clientWidth).length"
        ),
        "broken": page.evaluate(BROKEN_WORDS),
        "cut off": page.evaluate(CUT_OFF),
    }
    return {name: one for name, one in found.items() if one}


def let_through(page: Page, service: Service) -> list[str]:
    """Lets the browser reach the service and nothing else; gives back what it says and asks for
    that it should not."""
    complaints: list[str] = []
    own = str(service.client.base_url)

    def pass_on(route: Route) -> None:
        if not route.request.url.startswith(own):
            complaints.append(route.request.url)
            route.abort()
            return
        accepted = {"Accept-Language": route.request.headers.get("accept-language", "sv")}
        answer = service.client.get(route.request.url, headers=accepted)
        headers = dict(answer.headers)
        route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

    page.route("**/*", pass_on)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    return complaints
