"""Landing files as byte streams: gzip unpacked on the fly, under caps on size, ratio and nesting."""

from __future__ import annotations

import io
import zlib
from typing import Any

from pipeline.ingest.limits import Limits
from pipeline.ingest.rejection import Reason, RejectedInputError

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 64 * 1024


def unpacked(source: io.BufferedReader, limits: Limits) -> io.BufferedReader:
    """`source` with its gzip layers taken off; what it is, its first bytes say, not its name.

    A stream that goes wrong (truncated, corrupt, bomb) ends there, so that what came before is delivered whole;
    reading on, as `finish` does, raises `RejectedInputError`. So does too_deep nesting, at once.
    """
    stream: io.BufferedReader = source
    for layer in range(limits.gzip_layers + 1):
        if not stream.peek(2).startswith(GZIP_MAGIC):
            return stream
        if layer == limits.gzip_layers:
            break
        stream = io.BufferedReader(_GunzipReader(stream, limits), _CHUNK)
    raise RejectedInputError(Reason.TOO_DEEP, f"More than {limits.gzip_layers} layers of gzip.")


def read_document(stream: io.BufferedReader, limits: Limits) -> bytes:
    """All bytes of a stream that holds one document; raises `RejectedInputError` when it is too large."""
    data = stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise RejectedInputError(Reason.TOO_LARGE, f"A document of more than {limits.document_bytes} bytes.")
    finish(stream)
    return data


def finish(stream: io.BufferedReader) -> None:
    """Raise the `RejectedInputError` that ended a stream, if one did."""
    stream.read(1)


class _GunzipReader(io.RawIOBase):
    """Unpacks concatenated gzip members; bounded memory whatever the input.

    An error first ends the stream and is raised when reading goes on: raised at once, it would cost the bytes
    that the buffer in front has gathered for the same read.
    """

    def __init__(self, source: io.BufferedReader, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._pending = b""  # packed bytes not yet given to the member
        self._packed = 0
        self._unpacked = 0
        self._failure: RejectedInputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._failure:
            raise self._failure
        try:
            data = self._read(len(buffer))
        except RejectedInputError as failure:
            self._failure = failure
            return 0
        buffer[: len(data)] = data
        return len(data)

    def _read(self, most: int) -> bytes:
        """Up to `most` unpacked bytes, b"" at the end."""
        while True:
            if self._member.eof and not self._next_member():
                return b""
            if not self._pending and not self._read_packed():
                raise RejectedInputError(Reason.TRUNCATED, "The gzip data ends in the middle.")
            try:
                data = self._member.decompress(self._pending, most)
            except zlib.error as error:
                raise RejectedInputError(Reason.CORRUPT, f"Damaged gzip data: {error}.") from None
            self._pending = self._member.unconsumed_tail
            if data:
                self._unpacked += len(data)
                self._check_size()
                return data

    def _read_packed(self) -> bool:
        """Fetch more packed bytes; False at the end. The second read raises what may have ended the source."""
        self._pending = self._source.read1(_CHUNK) or self._source.read1(_CHUNK)
        self._packed += len(self._pending)
        return bool(self._pending)

    def _next_member(self) -> bool:
        """Begin the member after the one that ended; False at the end. Zero padding in between is allowed."""
        self._pending = self._member.unused_data.lstrip(b"\0")
        while not self._pending:
            if not self._read_packed():
                return False
            self._pending = self._pending.lstrip(b"\0")
        if not GZIP_MAGIC.startswith(self._pending[:2]):
            raise RejectedInputError(Reason.CORRUPT, "Bytes that are not gzip follow a gzip member.")
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True

    def _check_size(self) -> None:
        limits = self._limits
        too_thin = self._unpacked > limits.ratio_from and self._unpacked > limits.ratio * self._packed
        if too_thin or self._unpacked > limits.unpacked_bytes:
            detail = f"{self._packed} packed bytes have unpacked to {self._unpacked} so far."
            raise RejectedInputError(Reason.BOMB, detail)
