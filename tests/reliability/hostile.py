"""A corpus of hostile and broken inputs, each with what must become of it.

A case is one file (`path`) with its content, and `expected`: for the file, or for `#L2` a line or `#3` a record of it,
DOCUMENT, DOCUMENT with flags, or the reason_code of its rejection. What is not named must not appear.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.unit.ingest.test_readers import parquet, warc

DOCUMENT = "document"


@dataclass(frozen=True)
class Case:
    path: str
    content: bytes | Callable[[], bytes]
    expected: dict[str, str]

    @property
    def data(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


def story(what: str) -> str:
    return f"Harbour reopens after {what}\n\nThe harbour at Rotterdam reopened on Tuesday, Joost Verhallen said.\n"


def file(path: str, content: Any, expected: str = DOCUMENT, **members: str) -> Case:
    """A case whose file as a whole is expected to be `expected`, or its members (L2=..., r3=...) something each."""
    data = content.encode() if isinstance(content, str) else content
    named = {f"#{member.removeprefix('r')}": reason for member, reason in members.items()}
    return Case(path, data, named if members else {"": expected})


def page(*body: str) -> str:
    return f"<!doctype html><html><head><title>Harbour</title></head><body>{''.join(body)}</body></html>"


def packed(content: str | bytes, layers: int = 1) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    for _ in range(layers):
        data = gzip.compress(data, mtime=0)
    return data


def zeros(mebibytes: int) -> bytes:
    """Blank lines that pack a thousandfold, never held unpacked."""
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as stream:
        for _ in range(mebibytes):
            stream.write(b" " * (2**20 - 1) + b"\n")
    return target.getvalue()


def record(**fields: Any) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def archive(status: str = "200 OK", body: str | bytes = "", kind: str = "text/html") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return warc(("https://quay.example/a", kind, data or page(f"<p>{story('a storm')}</p>").encode(), status))


def nothing_to_read() -> Iterator[Case]:
    yield file("empty.txt", b"", "empty")
    yield file("blanks.txt", " \n\t\r\n\u00a0\u2003\n", "empty")
    yield file("mark-alone.txt", b"\xef\xbb\xbf", "empty")
    yield file("wide-mark-alone.txt", b"\xff\xfe", "empty")
    yield file("empty.html", b"", "empty")
    yield file("script-alone.html", "<html><script>run()</script><style>p{}</style></html>", "no_text")
    yield file("empty.jsonl", b"", "empty")
    yield file("blank-lines.jsonl", b"\n\n \n", "empty")
    yield file("empty.txt.gz", packed(b""), "empty")
    yield file("empty.warc", b"", "empty")
    yield file("empty.parquet", b"", "corrupt")


def no_text() -> Iterator[Case]:
    yield file("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary")
    yield file("paper.html", b"%PDF-1.7\n" + bytes(range(128, 256)), "binary")
    yield file("program.txt", b"\x7fELF" + bytes(500), "binary")
    yield file("office.txt", b"PK\x03\x04" + bytes(200), "binary")
    yield file("database.txt", b"SQLite format 3\0" + bytes(200), "binary")
    yield file("controls.txt", bytes(range(32)) * 30, "binary")
    yield file("half-pairs.txt", b"\xff\xfe" + b"\x00\xdc" * 99, "undecodable")
    yield file("letter.docx", b"PK\x03\x04", "unsupported")
    yield file("no-ending", story("nothing"), "unsupported")
    yield file("table.csv", "a,b\n1,2\n", "unsupported")


def wrong_names() -> Iterator[Case]:
    yield file("page.txt", page("<p>", story("a page"), "</p>"))
    yield file("text.html", story("a text"))
    yield file("packed.txt", packed(story("packing")))
    yield file("plain.txt.gz", story("no packing"))
    yield file("text.warc", story("no archive"), "empty")
    yield file("text.parquet", story("no table"), "corrupt")
    yield file("page.jsonl", page("<p>no record</p>"), L1="bad_json_line")


def characters() -> Iterator[Case]:
    yield file("wide.txt", story("UTF-16").encode("utf-16"))
    yield file("wide-unmarked.txt", story("UTF-16 without a mark").encode("utf-16-le"))
    yield file("nul.txt", story("a NUL \0 in its text"), "document nul")
    yield file("bidi.txt", story("\u202eoverrides\u202c"), "document bidi")
    yield file("zero-width.txt", story("zero\u200bwidth"), "document zero_width")
    yield file("mojibake.txt", story("â€œquotesâ€\x9d and cafÃ©"), "document mojibake")
    yield file("damaged.txt", (story("damage – ") + "é" * 20).encode() + b"\xe2\x80 end", "document replacement")
    yield file(
        "arabic.txt", ("ميناء روتردام يعيد فتح أبوابه\n\n" + "قال رئيس الميناء يوم الثلاثاء. " * 20).encode("cp1256")
    )
    yield file("mixed.txt", story("words in שלום and سلام and 東京"))
    yield file("accents.txt", story("a" + "\u0301\u0316" * 100_000))
    yield file("surrogate.jsonl", b'{"text": "Harbour \\ud83d reopens on Tuesday"}\n', L1="document replacement")
    yield file("line-ends.txt", story("old\u2028line\u2029ends\x85and\x0bothers").replace("\n", "\r"))


def sizes() -> Iterator[Case]:
    yield file("one-line.txt", lambda: b"harbour " * (200 * 2**17), "too_large")
    yield file("one-line.jsonl", lambda: b'{"text": "' + b"harbour " * (200 * 2**17) + b'"}', L1="too_large")
    yield file("long-line.txt", "The harbour at Rotterdam reopened. " * 4_000)
    yield file("many-lines.txt", "\n" * 500_000 + story("many lines"))
    yield file("blanks-between.txt", "Harbour" + " " * 1_000_000 + "reopens on Tuesday")
    yield file("million-tags.html", lambda: page("<i>a" * 1_000_000).encode(), "too_deep")
    yield file("million-paragraphs.html", lambda: page("<p>a</p>" * 1_000_000).encode(), "too_slow")
    yield file("deep.html", page("<div>" * 5_000, story("depth")), "too_deep")
    yield file("attributes.html", page("<p ", *(f"a{n}=1 " for n in range(20_000)), ">", story("attributes"), "</p>"))
    yield file("comment.html", page("<!--" + "x" * 1_000_000 + "-->", f"<p>{story('a comment')}</p>"))
    yield file("unclosed.html", "<html><body><p>" + "<td><li><b>" * 500 + story("no end tags"))
    yield file(
        "script.html", page("<script type='application/ld+json'>", "[" * 200_000, "</script>", f"<p>{story('it')}")
    )


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def slow_patterns() -> Iterator[Case]:
    """What makes patterns backtrack; a line that holds no word may be cut, but never takes long."""
    repeated = (
        "<a",
        "((",
        "a",
        ".",
        "@",
        "http://",
        "1",
        "-",
        "By ",
        "Mr. ",
        "A. ",
        "Jan 1, ",
        "\"'",
        "&amp;",
        "a.b@",
        "|",
        "#",
    )
    for number, piece in enumerate(repeated):
        yield file(f"repeated-{number}.txt", story("repetition") + piece * (20_000 if len(piece) < 3 else 2_000) + "!")
    yield file("repeated.html", page("<a" * 20_000, f"<p>{story('open tags')}</p>", "<" * 50_000))
    yield file(
        "entities.html", f"<!DOCTYPE html [<!ENTITY l0 'lol'>{ENTITIES}]>" + page(f"<p>&l9; {story('laughter')}</p>")
    )


def containers() -> Iterator[Case]:
    yield file("cut.txt.gz", packed(story("a cut"))[:-12], "truncated")
    yield file("damaged.txt.gz", packed(story("damage"))[:12] + b"\xff" * 40, "corrupt")
    yield file("followed.txt.gz", packed(story("a tail")) + b"tail", "corrupt")
    yield file("bomb.jsonl.gz", lambda: zeros(64), "bomb")
    yield file("bomb.txt.gz", lambda: zeros(64), "bomb")
    yield file("bomb-in-bomb.txt.gz", lambda: packed(zeros(64)), "bomb")
    yield file("nested.txt.gz", packed(story("nesting"), 3), "too_deep")
    yield file("cut.warc", archive()[:-120], r2="truncated")
    yield Case("cut.warc.gz", packed(archive())[:-40], {"": "truncated", "#2": "truncated"})
    yield file("headless.warc", b"WARC/1.0\r\nno headers", "corrupt")
    yield file("answers.warc", archive("404 Not Found"), r2="http_status")
    yield file("length.warc", archive().replace(b"Content-Length: ", b"Content-Length: 9", 2), "empty")
    yield file("parquet.parquet", b"PAR1" + bytes(40) + b"PAR1", "corrupt")
    yield file("numbers.parquet", parquet(text=[1, 2]), r1="no_text", r2="no_text")
    yield file("nested.parquet", parquet(text=[story("a row")], extra=[{"a": [{"b": [1, None]}]}]), r1=DOCUMENT)


def records() -> Iterator[Case]:
    yield file("good-and-bad.jsonl", "{bad\n" + record(text=story("a record")), L1="bad_json_line", L2=DOCUMENT)
    yield file("array.jsonl", "[1, 2]\n", L1="bad_json_line")
    yield file("deep.jsonl", "[" * 100_000 + "\n", L1="bad_json_line")
    yield file("deep-object.jsonl", '{"a":' * 100_000 + "\n", L1="bad_json_line")
    yield file(
        "huge-number.jsonl", f'{{"text": {json.dumps(story("numbers"))}, "n": {"9" * 5_000}}}\n', L1="bad_json_line"
    )
    yield file(
        "odd-number.jsonl", f'{{"text": {json.dumps(story("infinity"))}, "n": [NaN, -Infinity, 1e999]}}\n', L1=DOCUMENT
    )
    yield file(
        "no-text.jsonl", record(text=5) + record(text=None) + record(html=" "), L1="no_text", L2="no_text", L3="empty"
    )
    yield file("nul.jsonl", record(text=story("a NUL \0")), L1="document nul")
    yield file(
        "long-names.jsonl",
        record(text=story("names"), outlet="x" * 10_000, title="y" * 100_000, url="z" * 9_000),
        L1=DOCUMENT,
    )


SQL = "Robert'); DROP TABLE documents;--"
FORMULA = "=cmd|' /C calc'!A1"
MARKUP = "<script>alert(1)</script>"


def injections() -> Iterator[Case]:
    for number, words in enumerate(
        (SQL, FORMULA, MARKUP, "../../../etc/passwd", "{{7*7}}${7*7}", "%s%n%x", "\x1b[31mred")
    ):
        text = story("an attack") + f"\n{words} met {words} in Rotterdam.\n"
        line = record(text=text, outlet=words, title=words, byline=words, url=f"https://quay.example/{words}")
        yield file(f"injected-{number}.jsonl", line, L1=DOCUMENT)
    yield file("'); drop table documents;--.txt", story("a name"))
    yield file("=1+1.txt", story("a formula"))
    yield file("-rf *.txt", story("an option"))
    yield file("a..%2f..%2fetc%2fpasswd.txt", story("an escape"))
    yield file("<img src=x onerror=alert(1)>.txt", story("a tag"))
    yield file("n" * 240 + ".txt", story("a long name"))
    yield file("address.html", page(f'<link rel=canonical href="javascript:alert(1)"><p>{story("an address")}</p>'))


def cases() -> list[Case]:
    """All of them, each below a folder of its own, which is its outlet."""
    groups = (nothing_to_read, no_text, wrong_names, characters, sizes, slow_patterns, containers, records, injections)
    found = [(group.__name__, case) for group in groups for case in group()]
    return [
        Case(f"case{number:03d}-{group.replace('_', '-')}/{case.path}", case.content, case.expected)
        for number, (group, case) in enumerate(found)
    ]
