"""Landing files as byte streams: gzip unpacked on the fly, under caps on size, ratio and nesting."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from pipeline.ingest.limits import Limits
from pipeline.ingest.rejection import Reason, RejectedInputError

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 64 * 1024


def unpacked(source: BinaryIO, limits: Limits) -> io.BufferedReader:
    """`source` with its gzip layers taken off; what it is, its first bytes say, not its name.

    Reading raises `RejectedInputError`: truncated, corrupt, bomb, too_deep.
    """
    stream = io.BufferedReader(source, _CHUNK) if not isinstance(source, io.BufferedReader) else source
    for layer in range(limits.gzip_layers + 1):
        if not stream.peek(2).startswith(GZIP_MAGIC):
            return stream
        if layer == limits.gzip_layers:
            break
        stream = io.BufferedReader(_GunzipReader(stream, limits), _CHUNK)
    raise RejectedInputError(Reason.TOO_DEEP, f"More than {limits.gzip_layers} layers of gzip.")


def read_document(stream: BinaryIO, limits: Limits) -> bytes:
    """All bytes of a stream that holds one document; raises `RejectedInputError` when it is too large."""
    data = stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise RejectedInputError(Reason.TOO_LARGE, f"A document of more than {limits.document_bytes} bytes.")
    return data


class _GunzipReader(io.RawIOBase):
    """Unpacks concatenated gzip members; bounded memory whatever the input."""

    def __init__(self, source: io.BufferedReader, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._pending = b""  # packed bytes not yet given to the member
        self._packed = 0
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while True:
            if self._member.eof and not self._next_member():
                return 0
            packed = self._pending or self._read_packed()
            try:
                data = self._member.decompress(packed, len(buffer))
            except zlib.error as error:
                raise RejectedInputError(Reason.CORRUPT, f"Damaged gzip data: {error}.") from None
            self._pending = self._member.unconsumed_tail
            if data:
                self._unpacked += len(data)
                self._check_size()
                buffer[: len(data)] = data
                return len(data)

    def _read_packed(self) -> bytes:
        packed = self._source.read1(_CHUNK)
        if not packed:
            raise RejectedInputError(Reason.TRUNCATED, "The gzip data ends in the middle.")
        self._packed += len(packed)
        return packed

    def _next_member(self) -> bool:
        """Begin the member after the one that ended; False at the end. Zero padding in between is allowed."""
        rest = self._member.unused_data.lstrip(b"\0")
        while not rest:
            rest = self._source.read1(_CHUNK)
            if not rest:
                return False
            self._packed += len(rest)
            rest = rest.lstrip(b"\0")
        if not GZIP_MAGIC.startswith(rest[:2]):
            raise RejectedInputError(Reason.CORRUPT, "Bytes that are not gzip follow a gzip member.")
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._pending = rest
        return True

    def _check_size(self) -> None:
        limits = self._limits
        too_thin = self._unpacked > limits.ratio_from and self._unpacked > limits.ratio * self._packed
        if too_thin or self._unpacked > limits.unpacked_bytes:
            detail = f"{self._packed} packed bytes have unpacked to {self._unpacked} so far."
            raise RejectedInputError(Reason.BOMB, detail)
