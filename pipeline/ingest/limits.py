"""How much of an input is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Caps that hold while reading; sizes in bytes. The defaults fit news pages on a machine with 4 GiB."""

    document_bytes: int = 16 * 2**20  # one page, unpacked
    unpacked_bytes: int = 64 * 2**30  # one compressed file, unpacked
    ratio: int = 200  # unpacked to packed, once a file has unpacked to ratio_from bytes
    ratio_from: int = 4 * 2**20
    gzip_layers: int = 2
    records: int = 5_000_000  # in one file
    in_memory_bytes: int = 512 * 2**20  # a packed Parquet file, or one row group, unpacked
    document_seconds: float = 60.0  # of processor time, to decode and render one page
    batch_documents: int = 500
    batch_bytes: int = 32 * 2**20
