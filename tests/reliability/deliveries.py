"""Small landing folders of invented pages, and the tiny language models that read them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

HARBOUR = """Harbour board names new pilot chief

By Ilse Marrow

ROTTERDAM – The harbour board on Tuesday named Captain Joost Verhallen as chief of its pilots.

Verhallen, who has guided ships into Rotterdam for twenty years, said the port would buy two new launches.

The minister, Dauren Kostybayev, welcomed the choice in a letter to Verhallen.

Leave a Reply
"""
COURT = """Court hears tanker case

By Anselm Oduya

ROTTERDAM, 7 March 2024 – Judge Petra Lindqvist heard Joost Verhallen on Friday about the tanker Brightwater.

"The pilot did as he was told," said Dauren Kostybaev, who was minister then.

Share this article
"""
LETTER = """<html lang="en"><head><title>Minister writes to pilots | Quay Mail</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Minister writes to pilots</h1>
<p>Dauren Kostybaev wrote to the pilots of Rotterdam on Monday.</p><p>Petra Lindqvist declined to comment.</p>
</article><div class="share">Share this article</div></body></html>"""
LAUNCHES = "Launches ordered\n\nJoost Verhallen ordered two launches on Monday, said Ilse Marrow of the board.\n"
MORE = [
    {"text": "Pilots strike\n\nThe pilots of Rotterdam struck on Sunday, Joost Verhallen said.", "outlet": "Quay Mail"},
    {"text": "Strike over\n\nPetra Lindqvist ended the strike of the pilots, Dauren Kostybayev said on Tuesday."},
]


def deliver_first(landing: Path) -> None:
    """Two outlets, three formats, and three inputs that must be refused."""
    _write(landing / "harbour-courier" / "pilot.txt", HARBOUR.encode())
    _write(landing / "harbour-courier" / "empty.txt", b"\n")
    _write(landing / "quay-mail" / "letter.html", LETTER.encode())
    _write(landing / "quay-mail" / "cut.txt.gz", gzip.compress(HARBOUR.encode(), mtime=0)[:-9])
    _write(landing / "feed.jsonl", b'{"text": "Fog\\n\\nFog held ships off Rotterdam, Ilse Marrow said."}\n{bad\n')


def deliver_second(landing: Path) -> None:
    """New pages, one known page delivered again, and new refusals."""
    _write(landing / "quay-mail" / "court.txt", COURT.encode())
    _write(landing / "harbour-courier" / "pilot-again.txt", HARBOUR.encode())
    _write(landing / "harbour-courier" / "launches.txt", LAUNCHES.encode())
    _write(landing / "more.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in MORE) + b"[1]\n")
    _write(landing / "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def deliver_page(landing: Path, number: int) -> None:
    """One more page, unlike any before; written beside and renamed, as a careful downloader does."""
    text = (
        f"Ship {number} arrives\n\nThe ship Brightwater {number} reached Rotterdam, Joost Verhallen said on Monday.\n"
    )
    page = landing / "arrivals" / f"{number:04d}.txt"
    _write(page.with_suffix(".txt.part"), text.encode())
    page.with_suffix(".txt.part").rename(page)


def build_model(folder: Path, version: str) -> Path:
    """A spaCy pipeline of two rules, saved like any other; another version is another model."""
    import spacy

    nlp = spacy.blank("en")
    title_case = {"IS_TITLE": True, "IS_ALPHA": True}
    nlp.add_pipe("entity_ruler", name="ner").add_patterns(  # type: ignore[attr-defined]
        [{"label": "PERSON", "pattern": [title_case, title_case]}, {"label": "GPE", "pattern": "Rotterdam"}]
    )
    nlp.meta.update(name="two_rules", version=version)
    nlp.to_disk(folder)
    return folder


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
