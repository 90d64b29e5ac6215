"""`dramatis strip`: one page with every line's kind; what is cut is dimmed, with the reason beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.clean import Block

KIND_WIDTH = 16


def print_page(file: Path, url: str | None, as_json: bool) -> None:
    """Print the page at `file`; HTML by its ending, anything else as text in the encoding it turns out to have."""
    text, blocks = _read(file, url)
    if as_json:
        for block in blocks:
            click.echo(json.dumps({**block._asdict(), "text": text[block.start : block.end]}, ensure_ascii=False))
    else:
        _print_coloured(text, blocks)


def _read(file: Path, url: str | None) -> tuple[str, Sequence[Block]]:
    from pipeline.clean import strip, strip_html
    from pipeline.ingest.decoding import decode_text

    page = file.read_bytes()
    if file.suffix.lower() in {".html", ".htm"}:
        return strip_html(page, url=url)
    text, _ = decode_text(page)
    return text, strip(text, url=url)


def _print_coloured(text: str, blocks: Sequence[Block]) -> None:
    from rich.console import Console
    from rich.text import Text

    from pipeline.clean import explain

    console = Console(highlight=False, soft_wrap=True)
    for block in blocks:
        words = text[block.start : block.end].strip()
        line = Text(f"{block.kind:<{KIND_WIDTH}} ", style="cyan" if block.is_kept else "red dim")
        line.append(words, style="" if block.is_kept else "dim strike")
        if not block.is_kept:
            line.append(f"   [{explain(block)}]", style="yellow dim")
        console.print(line, soft_wrap=True)
    kept = sum(b.end - b.start for b in blocks if b.is_kept)
    console.print(
        f"[bold]{kept:,} of {sum(b.end - b.start for b in blocks):,} characters kept,"
        f" {sum(not b.is_kept for b in blocks)} of {len(blocks)} lines cut[/bold]"
    )
