"""Which outlet published a page, where neither the delivery nor the address names it: the page's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

OUTLET_SCORES = {"record": 1.0, "sidecar": 1.0, "path": 0.95, "url": 0.95, "markup": 0.9, "text": 0.6}
FOOTER = 40  # last lines of a page that may bear the rights notice
NOTICE = re.compile(
    r"(?:©|\(c\)|copyright)[\s©,]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?[\s,:]*(?:by\s)?"
    r"(?P<name>(?:The\s)?[A-Z][\w&'’.-]*(?:\s(?:of|and|the|[A-Z&][\w&'’.-]*)){0,5}?)"
    r"(?=[\s,.]*(?:$|all rights|\||©|(?:19|20)\d\d|inc\b|ltd\b|llc\b))",
    re.IGNORECASE,
)
ENDINGS = r"com|net|org|news|info|tv|co\.[a-z]{2}|[a-z]{2}"
OWN_DOMAIN = re.compile(rf"(?:www\.)?((?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{ENDINGS}))$", re.IGNORECASE)


class OutletEvidence(NamedTuple):
    """outlet_id and what named it: record, sidecar, path, url, markup or text; both None when nothing does."""

    outlet_id: str | None
    basis: str | None


def find_outlet(row: Mapping[str, Any], lines: Sequence[str], title: str | None) -> OutletEvidence:
    """The outlet of a raw document as delivered, else as its footer's rights notice or own address says."""
    if row["outlet_id"]:
        return OutletEvidence(row["outlet_id"], row["outlet_basis"])
    for line in reversed(lines[-FOOTER:]):
        if len(line) > 200:
            continue
        own = OWN_DOMAIN.match(line.strip())
        if own:
            return OutletEvidence(own[1].casefold(), "text")
        notice = NOTICE.search(line)
        if notice and (slug := _slug(notice["name"])):
            return OutletEvidence(slug, "text")
    return OutletEvidence(None, None)


def _slug(name: str) -> str:
    """A name as an identifier: the-morning-ledger."""
    return "-".join(re.findall(r"\w+", name.casefold().replace("'", "").replace("’", "")))
