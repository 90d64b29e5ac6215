"""Which outlet a page is from, as far as its delivery says: record, sidecar, folder, address or markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipeline.ingest.rejection import Reason, RejectedInputError

_NAMES = Path(__file__).parent / "data" / "outlet_names.yml"
_DATE_FOLDER = re.compile(r"\d[\d._-]*|(?:y|year|month|day|week|date)s?[=_-]?\d[\d._-]*", re.IGNORECASE)
_HOST_LABEL = re.compile(r"[a-z0-9_-]+")
SIDECAR_NAMES = frozenset({"outlet.yml", "outlet.yaml"})
_MAX_HOST_CHARS = 253  # RFC 1035, section 2.3.4
_MAX_NAME_CHARS = 200
MAX_SIDECAR_BYTES = 64 * 1024


class Outlet(NamedTuple):
    """An outlet and what named it: basis is record, sidecar, path, url or markup."""

    outlet_id: str
    name: str
    domain: str | None
    basis: str


@dataclass(frozen=True)
class OutletDirectory:
    """What the sidecars of a landing folder say: each names the outlet of its folder and of those below.

    A page elsewhere whose address or record names an outlet that a sidecar describes gets that same outlet.
    """

    by_folder: Mapping[str, Outlet]

    def of_page(
        self, source_path: str, record_outlet: str | None, url: str | None, site_name: str | None
    ) -> Outlet | None:
        """The page's outlet by the first that speaks: record, sidecar, folder, url, the page's site name."""
        domain = registrable_domain(url)
        if record_outlet and (outlet_id := slug(record_outlet)):
            known = self._known(outlet_id, registrable_domain(record_outlet))
            return (known or Outlet(outlet_id, record_outlet, domain, ""))._replace(basis="record")
        if sidecar := self._sidecar(source_path):
            return sidecar
        if folder := outlet_folder(source_path):
            known = self._known(slug(folder), registrable_domain(folder))
            return (known or _from_folder(folder, site_name, domain))._replace(basis="path")
        if domain:
            known = self._known(None, domain)
            return (known or Outlet(domain, site_name or domain, domain, ""))._replace(basis="url")
        if site_name and (outlet_id := slug(site_name)):
            known = self._known(outlet_id, None)
            return (known or Outlet(outlet_id, site_name, None, ""))._replace(basis="markup")
        return None

    def _sidecar(self, source_path: str) -> Outlet | None:
        folders = (str(folder) for folder in PurePosixPath(source_path).parents)
        return next((self.by_folder[folder] for folder in folders if folder in self.by_folder), None)

    def _known(self, outlet_id: str | None, domain: str | None) -> Outlet | None:
        return self._by_domain.get(domain or "") or self._by_id.get(outlet_id or "")

    @cached_property
    def _by_domain(self) -> dict[str, Outlet]:
        return {outlet.domain: outlet for outlet in self.by_folder.values() if outlet.domain}

    @cached_property
    def _by_id(self) -> dict[str, Outlet]:
        """By id, and by the id that the outlet's name would give."""
        outlets = self.by_folder.values()
        return {slug(outlet.name): outlet for outlet in outlets} | {outlet.outlet_id: outlet for outlet in outlets}


def outlet_from_sidecar(content: bytes) -> Outlet:
    """The outlet that an outlet.yml (id, name, domain; at least one of them) describes.

    Raises `RejectedInputError` (bad_sidecar).
    """
    import yaml

    try:
        stated: Any = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RejectedInputError(Reason.BAD_SIDECAR, f"Not YAML: {type(error).__name__}.") from None
    if not isinstance(stated, dict):
        raise RejectedInputError(Reason.BAD_SIDECAR, "Not a mapping with id, name and domain.")
    fields = ((key, stated.get(key)) for key in ("id", "name", "domain"))
    # Scalars alone: a list may stand for itself many times over, and its words would fill the memory.
    values = {
        key: " ".join(str(value).split()) for key, value in fields if isinstance(value, str | int | float) and value
    }
    domain = registrable_domain(values.get("domain"))
    outlet_id = slug(values.get("id") or values.get("name") or domain or "")
    if not outlet_id:
        raise RejectedInputError(Reason.BAD_SIDECAR, "It gives neither id nor name nor domain.")
    return Outlet(outlet_id, values.get("name") or values.get("id") or outlet_id, domain, "sidecar")


def outlet_folder(source_path: str) -> str | None:
    """The first folder of a path that names an outlet: not a date, not a generic word such as `html`."""
    generic = _name_lists()["generic_folders"]
    for folder in PurePosixPath(source_path).parts[:-1]:
        if not _DATE_FOLDER.fullmatch(folder) and folder.lower() not in generic and slug(folder):
            return folder
    return None


def _from_folder(folder: str, site_name: str | None, url_domain: str | None) -> Outlet:
    domain = registrable_domain(folder)
    return Outlet(domain or slug(folder), site_name or folder, domain or url_domain, "path")


def registrable_domain(address: str | None) -> str | None:
    """example.co.uk of https://www.example.co.uk/a or of www.example.co.uk; None when there is no such name."""
    if not address or " " in address:
        return None
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        if len(host) > _MAX_HOST_CHARS:
            return None
        host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        return None
    labels = host.removeprefix("www.").split(".")
    if len(labels) < 2 or labels[-1].isdigit() or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        return None
    lists = _name_lists()
    is_shared = ".".join(labels[-2:]) in lists["shared_hosts"]
    below_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in lists["second_level_labels"]
    return ".".join(labels[-3:] if is_shared or below_country else labels[-2:])


def slug(name: str) -> str:
    """An id from a name: a domain stays as it is, else lower-case letters and digits joined by hyphens."""
    if "." in name and (domain := registrable_domain(name)):
        return domain
    folded = unicodedata.normalize("NFKC", name[:_MAX_NAME_CHARS]).casefold()
    return "-".join(re.findall(r"[^\W_]+", folded))


@cache
def _name_lists() -> dict[str, frozenset[str]]:
    import yaml

    return {name: frozenset(words) for name, words in yaml.safe_load(_NAMES.read_text("utf-8")).items()}
