"""Reading what data-cleaning/ wrote: zstd-compressed JSON Lines, one document a line."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import zstandard


def read(path: Path) -> Iterator[dict]:
    """Yields the rows of one `.jsonl.zst` file; a torn last line or frame ends the stream quietly,
    so that a run can start on a file that is still being written."""
    with open(path, "rb") as file:
        stream = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
            file, read_across_frames=True
        )
        lines = io.TextIOWrapper(stream, encoding="utf-8")
        while True:
            try:
                line = lines.readline()
            except zstandard.ZstdError:
                return
            if not line.endswith("\n"):
                return
            yield json.loads(line)


def lines(path: Path) -> Iterator[dict]:
    """Yields the objects of an NDJSON (JSON Lines) file; empty lines are skipped. Split at newlines
    alone: a JSON string may hold other line separators."""
    yield from (json.loads(line) for line in path.read_text().split("\n") if line.strip())


def write(path: Path, rows: Iterator[dict]) -> int:
    """Writes rows to a temporary name, then renames; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part, count = path.with_name(path.name + ".part"), 0
    with open(part, "wb") as file, zstandard.ZstdCompressor(level=6).stream_writer(file) as out:
        for row in rows:
            out.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
            count += 1
    part.rename(path)
    return count
