"""What a run over samples/landing publishes, as rows."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from tests.quality.alignment import Aligned, Row, align
from tests.quality.gold import LANDING, GoldPage, gold_pages


@dataclass(frozen=True)
class Outputs:
    """The gold pages aligned with their documents, and the published rows that the gold speaks of."""

    pages: list[GoldPage]
    aligned: dict[str, Aligned]
    documents: list[Row]
    blocks: list[Row]
    mentions: list[Row]
    rejected: list[Row]


def run_samples(home: Path) -> None:
    """Run the command line on samples/landing, publishing into `home`. Raises CalledProcessError."""
    command = [sys.executable, "-m", "assets", "run", str(LANDING), "--home", str(home)]
    subprocess.run(command, check=True, cwd=LANDING.parents[1], stdout=subprocess.DEVNULL)


def read_outputs(home: Path) -> Outputs:
    """The current release of a home that has run on samples/landing."""

    def rows(table: str) -> list[Row]:
        return pq.read_table(home / "exports" / "current" / f"{table}.parquet").to_pylist()

    documents, pages = rows("documents"), gold_pages()
    return Outputs(
        pages=pages,
        aligned=align(pages, documents),
        documents=documents,
        blocks=rows("blocks"),
        mentions=rows("mentions"),
        rejected=rows("rejected_documents"),
    )
