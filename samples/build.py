"""Derive samples/landing from samples/gold and samples/sources: `python -m samples.build`.

The gold files hold every page's text and say, in their headers, which file, format and encoding it lands
in. The landing folder is written anew, with fixed times inside archives, so that equal sources
give equal files.
"""

import argparse
import codecs
import gzip
import io
import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from samples.dress import html_page
from tests.quality.gold import LANDING, GoldPage, deliveries, gold_pages

SOURCES = Path(__file__).parent / "sources"
CRAWLED = "2024-01-06T03:00:00Z"  # when the crawl files were made: no page's publication date


def build(landing: Path = LANDING) -> list[Path]:
    """Write every landing file below `landing`, which is emptied first; returns the files written."""
    shutil.rmtree(landing, ignore_errors=True)
    outlets = yaml.safe_load((SOURCES / "outlets.yml").read_text("utf-8"))
    broken = yaml.safe_load((SOURCES / "broken.yml").read_text("utf-8"))
    files: dict[str, list[tuple[int | None, GoldPage]]] = defaultdict(list)
    for page in gold_pages():
        for path, record in deliveries(page):
            files[path].append((record, page))
    contents = {
        path: _file_bytes(path, [page for _, page in sorted(members, key=lambda m: m[0] or 0)], outlets)
        for path, members in files.items()
    }
    for entry in broken:
        contents[entry["path"]] = _broken_bytes(entry, contents)
    for outlet_id, outlet in outlets.items():
        if outlet.get("sidecar"):
            sidecar = {"id": outlet_id, "name": outlet["name"], "domain": outlet["domain"]}
            contents[f"{outlet['folder']}/outlet.yml"] = yaml.safe_dump(sidecar, sort_keys=False).encode()
    for path, content in contents.items():
        (landing / path).parent.mkdir(parents=True, exist_ok=True)
        (landing / path).write_bytes(content)
    return sorted(landing / path for path in contents)


def _file_bytes(path: str, pages: list[GoldPage], outlets: dict[str, Any]) -> bytes:
    """One landing file, packed as its name says."""
    name = path.removesuffix(".gz")
    if name.endswith(".warc"):
        return _warc(pages, outlets)  # compressed record by record
    if name.endswith(".parquet"):
        return _parquet([_record(page, outlets) for page in pages])
    if name.endswith(".jsonl"):
        rows = [json.dumps(_record(page, outlets), ensure_ascii=False) + "\n" for page in pages]
        content = "".join(rows).encode()
    else:
        (page,) = pages
        content = _page_bytes(page, name, outlets)
    return gzip.compress(content, mtime=0) if path.endswith(".gz") else content


def _page_bytes(page: GoldPage, name: str, outlets: dict[str, Any]) -> bytes:
    encoding, is_html = page.get("encoding") or "utf-8", name.endswith((".html", ".htm"))
    text = html_page(page, outlets[page.header["outlet"]], encoding) if is_html else page.text
    if page.get("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def _record(page: GoldPage, outlets: dict[str, Any]) -> dict[str, str]:
    """The page as a JSONL or Parquet record: url, text (or HTML, if `as: html`), the record_* headers."""
    fields = {k.removeprefix("record_"): v for k, v in page.header.items() if k.startswith("record_")}
    if page.get("as") == "html":
        content = {"html": html_page(page, outlets[page.header["outlet"]], "utf-8")}
    else:
        content = {"text": page.text}
    return {"url": page.header["url"], **content, **fields}


def _parquet(records: list[dict[str, str]]) -> bytes:
    columns = list(dict.fromkeys(key for record in records for key in record))
    table = pa.table({c: pa.array([r.get(c) for r in records], pa.string()) for c in columns})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _warc(pages: list[GoldPage], outlets: dict[str, Any]) -> bytes:
    """A crawl: the file's own record, then a request and a response for every page."""
    about = _warc_record("warcinfo", "crawl", b"software: sample crawler\r\nformat: WARC File Format 1.0\r\n")
    return about + b"".join(
        _exchange(page.header["url"], "200 OK", html_page(page, outlet, charset), charset)
        for page in pages
        for outlet, charset in [(outlets[page.header["outlet"]], page.get("encoding") or "utf-8")]
    )


def _exchange(url: str, status: str, page: str, charset: str = "utf-8") -> bytes:
    """The request for a page and the server's answer."""
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", url.split("/")[2])], is_http_request=True)
    body = page.encode(charset)
    fields = [("Content-Type", f"text/html; charset={charset}"), ("Content-Length", str(len(body)))]
    answer = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
    return _warc_record("request", url, b"", asked) + _warc_record("response", url, body, answer)


def _warc_record(kind: str, url: str, body: bytes, http: StatusAndHeaders | None = None) -> bytes:
    """One compressed WARC record, its id derived from what it holds."""
    sink = io.BytesIO()
    writer = WARCWriter(sink, gzip=True)
    record_id = f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {url}')}>"
    headers = {"WARC-Record-ID": record_id, "WARC-Date": CRAWLED}
    writer.write_record(
        writer.create_warc_record(url, kind, payload=io.BytesIO(body), http_headers=http, warc_headers_dict=headers)
    )
    return sink.getvalue()


def _broken_bytes(entry: dict[str, Any], contents: dict[str, bytes]) -> bytes:
    """The bytes of an entry of broken.yml: a text, bytes in hex, or a good file spoiled."""
    if "missing" in entry:
        return contents[entry["path"]] + _exchange(entry["missing"], "404 Not Found", "<p>Gone fishing.</p>")
    if "insert_line" in entry:
        lines = contents[entry["path"]].decode().splitlines(keepends=True)
        lines.insert(entry["insert_line"] - 1, entry["text"] + "\n")
        return "".join(lines).encode()
    if "copy_of" in entry:
        whole = contents[entry["copy_of"]]
        return whole[: int(len(whole) * entry["keep"])]
    if "hex" in entry:
        return bytes.fromhex(entry["hex"]) * entry.get("times", 1)
    return entry["text"].encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--landing", type=Path, default=LANDING, help="folder to write (emptied first)")
    files = build(parser.parse_args().landing)
    print(f"{len(files)} files, {sum(f.stat().st_size for f in files):,} bytes")


if __name__ == "__main__":
    main()
