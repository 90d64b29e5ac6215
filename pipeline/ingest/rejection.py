"""Why an input is refused: the reason codes of rejected_documents."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Reason codes; the members' descriptions are what docs/ingest.md explains."""

    description: str

    def __new__(cls, code: str, description: str) -> Reason:
        member = str.__new__(cls, code)
        member._value_ = code
        member.description = description
        return member

    EMPTY = "empty", "It holds nothing but white space."
    NO_TEXT = "no_text", "It holds markup, or a record, but no text."
    BINARY = "binary", "It is not text: a picture, a PDF, an archive, or bytes without meaning."
    UNDECODABLE = "undecodable", "No character encoding makes text of it."
    UNSUPPORTED = "unsupported", "No reader exists for this kind of file or record."
    UNREADABLE = "unreadable", "The file or folder could not be opened or read; the next run tries again."
    SYMLINK = "symlink", "A symbolic link; links are not followed."
    TOO_LARGE = "too_large", "It is larger than the limit for a document or a file."
    BOMB = "bomb", "It unpacks to far more than its size warrants."
    TOO_DEEP = "too_deep", "Archives, or elements of a page, are nested in it more deeply than the limit."
    TOO_MANY = "too_many", "It holds more records than the limit; those before the limit were read."
    TRUNCATED = "truncated", "It ends before its own structure says it should; what came before was read."
    CORRUPT = "corrupt", "Its container is damaged; what came before the damage was read."
    BAD_JSON_LINE = "bad_json_line", "The line is not a JSON object."
    HTTP_STATUS = "http_status", "The server answered with an error or a redirect, not with the page."
    BAD_SIDECAR = "bad_sidecar", "An outlet.yml that does not say what it should; it was ignored."
    TOO_SLOW = "too_slow", "It would take more work than the time budget of a document allows."


class RejectedInputError(ValueError):
    """An input that cannot become a document. `reason` is the code, `detail` says why in words."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail or reason.description}")
        self.reason = reason
        self.detail = detail or reason.description
