"""The pages and pictures of docs: in a checkout they lie there, in a wheel beside this file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

CARRIED = Path(__file__).parent / "docs"
IN_A_CHECKOUT = Path(__file__).parents[3] / "docs"


@dataclass(frozen=True)
class Document:
    """A page; `name` is its address below that of the handbook: "decisions/0001-..."."""

    name: str
    text: str

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].removeprefix("# ").strip()

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]

    @property
    def language(self) -> str:
        return "sv" if self.text.count(" och ") > self.text.count(" and ") else "en"


@cache
def documents() -> dict[str, Document]:
    folder = _folder()
    names = (path.relative_to(folder).with_suffix("") for path in sorted(folder.rglob("*.md")))
    return {
        name.as_posix(): Document(name.as_posix(), (folder / f"{name}.md").read_text("utf-8"))
        for name in names
    }


@cache
def pictures() -> dict[str, bytes]:
    folder = _folder()
    paths = sorted(folder.rglob("*.png"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _folder() -> Path:
    return CARRIED if CARRIED.is_dir() else IN_A_CHECKOUT
