"""The gold format: a page's full text, line by line, with its kinds, names and metadata marked by hand.

A gold file has a header of `# key: value` lines, then `---`, then the page line by line:

    kind<TAB>text            a line of the page; kept lines mark names as {surface|LABEL|entity-key}
    (an empty line)          an empty line of the page
    blank<TAB>text           a line of white space only

`\\uXXXX` in a text stands for that character. samples/build.py derives samples/landing from these files,
so the gold is the source and no page exists twice. docs/samples.md lists the header keys.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
GOLD = SAMPLES / "gold"
LANDING = SAMPLES / "landing"

# Kinds whose lines belong to the article, and so bear names.
ARTICLE_KINDS = frozenset({"title", "body", "subheading", "quote", "list_item", "caption"})
# Kinds that feed metadata: keeping or cutting the line is equally right.
METADATA_KINDS = frozenset({"byline", "dateline_line", "timestamp"})
CUT_KINDS = frozenset(
    {"duplicate", "navigation", "subscribe", "share", "comment_form", "related", "advert", "legal"}
    | {"social_embed", "error", "counter", "other_boilerplate"}
)
LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT"})

_HEADER = re.compile(r"# ([a-z_]+):\s*(.*)")
_NAME = re.compile(r"\{([^{}|]+)\|([A-Z]+)\|([a-z0-9-]+)\}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class GoldError(ValueError):
    """A gold file that breaks the format; the message names file and line."""


@dataclass(frozen=True)
class GoldMention:
    """A name in a page's text: `page.text[start:end] == surface`."""

    start: int
    end: int
    surface: str
    label: str
    entity: str


@dataclass(frozen=True)
class GoldLine:
    """A line of a page's text, without its line break; `mentions` have offsets into the page."""

    start: int
    text: str
    kind: str
    mentions: tuple[GoldMention, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class GoldPage:
    """One page: its id (`<folder>/<name>` under samples/gold), header and lines."""

    page_id: str
    header: dict[str, str]
    lines: tuple[GoldLine, ...]
    layout: tuple[GoldLine, ...] = field(repr=False)  # the lines and the blank lines between them

    @cached_property
    def text(self) -> str:
        """The page as the landing file holds it, with \\n line breaks and one at the end."""
        return "".join(line.text + "\n" for line in self.layout)

    @property
    def mentions(self) -> list[GoldMention]:
        return [mention for line in self.lines for mention in line.mentions]

    @property
    def title(self) -> str | None:
        """The headline: what the header's `title` says, else the page's first title line."""
        lines = (line.text for line in self.lines if line.kind == "title")
        return self.header.get("title") or next(lines, None)

    def get(self, key: str) -> str | None:
        return self.header.get(key)


def parse_gold(source: str, page_id: str) -> GoldPage:
    """Read one gold file's text. Raises GoldError on a kind, label or header line it does not know."""
    head, separator, body = source.partition("\n---\n")
    if not separator:
        raise GoldError(f"{page_id}: no line of three dashes between header and page")
    header: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), 1):
        match = _HEADER.fullmatch(line)
        if not match or match[1] in header:
            raise GoldError(f"{page_id}:{number}: not a header line, or a second of its name: {line!r}")
        header[match[1]] = _unescape(match[2])
    layout: list[GoldLine] = []
    start, first = 0, head.count("\n") + 3
    for number, line in enumerate(body.removesuffix("\n").split("\n"), first):
        parsed = _parse_line(line, start, f"{page_id}:{number}")
        layout.append(parsed)
        start = parsed.end + 1
    lines = tuple(line for line in layout if line.kind != "blank")
    return GoldPage(page_id, header, lines, tuple(layout))


def _parse_line(line: str, start: int, where: str) -> GoldLine:
    if not line:
        return GoldLine(start, "", "blank")
    kind, tab, marked = line.partition("\t")
    if not tab:
        raise GoldError(f"{where}: no tab between kind and text")
    marked = _unescape(marked)
    if kind == "blank":
        return GoldLine(start, marked, kind)
    if kind not in ARTICLE_KINDS | METADATA_KINDS | CUT_KINDS:
        raise GoldError(f"{where}: no kind is called {kind!r}")
    if not marked.strip():
        raise GoldError(f"{where}: a {kind} line without text; a blank line is written as one")
    if kind not in ARTICLE_KINDS:
        return GoldLine(start, marked, kind)
    text, mentions, taken = "", [], 0
    for match in _NAME.finditer(marked):
        if match[2] not in LABELS:
            raise GoldError(f"{where}: no label is called {match[2]!r}")
        text += marked[taken : match.start()]
        at = start + len(text)
        mentions.append(GoldMention(at, at + len(match[1]), match[1], match[2], match[3]))
        text += match[1]
        taken = match.end()
    return GoldLine(start, text + marked[taken:], kind, tuple(mentions))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def gold_pages(folder: Path = GOLD) -> list[GoldPage]:
    """Every page of the gold folder, ordered by page id."""
    return [
        parse_gold(path.read_text("utf-8"), path.relative_to(folder).with_suffix("").as_posix())
        for path in sorted(folder.rglob("*.gold"))
    ]


@dataclass(frozen=True)
class GoldEntity:
    """What entities.yml says of one entity; `spellings` is outlet id -> the spellings that it uses."""

    key: str
    name: str
    label: str
    country_code: str | None
    spellings: dict[str, list[str]]


def gold_entities(folder: Path = GOLD) -> dict[str, GoldEntity]:
    """entities.yml by entity key."""
    entries = yaml.safe_load((folder / "entities.yml").read_text("utf-8"))
    return {
        key: GoldEntity(key, e["name"], e["label"], e.get("country_code"), e.get("spellings", {}))
        for key, e in entries.items()
    }


def gold_rejected(folder: Path = GOLD) -> list[dict[str, str]]:
    """rejected.yml: the inputs of samples/landing that must be rejected or left waiting, with the reason."""
    return yaml.safe_load((folder / "rejected.yml").read_text("utf-8"))


def spellings_by_outlet(pages: list[GoldPage]) -> dict[str, dict[str, list[str]]]:
    """Entity key -> outlet id -> the distinct spellings marked in the outlet's pages, sorted."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for page in pages:
        for mention in page.mentions:
            found[mention.entity][page.header["outlet"]].add(mention.surface)
    return {k: {o: sorted(s) for o, s in sorted(v.items())} for k, v in sorted(found.items())}


def deliveries(page: GoldPage) -> Iterator[tuple[str, int | None]]:
    """The landing files that carry the page, each with its record number (from 1) in a file of many."""
    for key in ("path", "also_at"):
        if key in page.header:
            path, _, record = page.header[key].partition("#")
            yield path, int(record) if record else None
