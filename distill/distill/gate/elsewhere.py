"""Documents of sources outside the corpus, from packages anyone can install, to test the suitability
check on. Debian: `r-cran-janeaustenr` (novels), `fortunes` (verse); npm: `vega-datasets` (tables);
licences of installed packages. They stay on the machine; none is trained on or committed.

`python -m distill.gate.elsewhere FOLDER OUT/rows.ndjson`, with the unpacked packages somewhere under FOLDER.
"""

import csv
import random
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from distill.gate import rows

MOST = 120


def _row(kind: str, source: str, number: int, text: str, **more) -> dict:
    made = {"id": f"{source}-{number}", "kind": kind, "source": source, "text": text, "split": "elsewhere"}
    return made | {"format": "markdown", "suitable": False} | more


def novels(folder: Path) -> Iterator[dict]:
    """Stretches of Jane Austen's novels out of R's compressed lazy-load database."""
    for path in folder.rglob("janeaustenr/data/Rdata.rdb"):
        content, at, number = path.read_bytes(), 0, 0
        while (at := content.find(b"x\x9c", at)) >= 0:
            try:
                chunk = zlib.decompress(content[at:])
            except zlib.error:
                try:
                    chunk = zlib.decompressobj().decompress(content[at:])
                except zlib.error:
                    at += 2
                    continue
            at += 2
            lines = _strings(chunk)
            for start in range(200, len(lines) - 120, 1500):
                number += 1
                yield _row("fiction", "r-cran-janeaustenr", number, "\n".join(lines[start : start + 120]))


def _strings(chunk: bytes) -> list[str]:
    """The strings of a serialised R object (type 9, CHARSXP)."""
    out, at = [], 0
    while at + 8 <= len(chunk):
        kind, length = struct.unpack(">Ii", chunk[at : at + 8])
        if kind & 0xFF == 9 and 0 <= length < 400 and kind < 1 << 19:
            out.append(chunk[at + 8 : at + 8 + length].decode("utf-8", "replace"))
            at += 8 + length
        else:
            at += 1
    return out


def verse(folder: Path) -> Iterator[dict]:
    """Songs and poems of at least eight lines."""
    for path in folder.rglob("fortunes/songs-poems"):
        pieces = path.read_text(errors="replace").split("\n%\n")
        long = [re.sub(r"\t+--.*", "", p, flags=re.S) for p in pieces if p.count("\n") >= 8]
        for n, piece in enumerate(long):
            yield _row("poem", "fortunes", n, piece.strip())


def tables(folder: Path) -> Iterator[dict]:
    """CSV files as they are, and as Markdown tables, a few stretches of each."""
    for path in sorted(folder.rglob("package/data/*.csv")):
        lines = path.read_text(errors="replace").split("\n")
        for n, start in enumerate(range(1, min(len(lines), 400), 80)):
            part = [lines[0], *lines[start : start + 80]]
            yield _row("data", f"vega-datasets/{path.name}", 2 * n, "\n".join(part))
            cells = list(csv.reader(part[:40]))
            table = "\n".join("| " + " | ".join(row) + " |" for row in cells)
            head, _, body = table.partition("\n")
            rule = "|" + "---|" * len(cells[0])
            yield _row("data", f"vega-datasets/{path.name}", 2 * n + 1, f"{head}\n{rule}\n{body}")


def licences(folders: list[Path]) -> Iterator[dict]:
    """Licence texts that differ in more than a name."""
    seen: set[str] = set()
    for folder in folders:
        for path in sorted([*folder.rglob("LICEN[SC]E*"), *folder.rglob("copyright")]):
            if not path.is_file():
                continue
            text = path.read_text(errors="replace")
            key = re.sub(r"\W+", "", text)[200:500]
            if len(text) < 600 or key in seen or path.suffix in (".py", ".js"):
                continue
            seen.add(key)
            yield _row("legal_terms", "licences", len(seen), text, title=path.name)


def main(folder: Path, out: Path) -> None:
    rng, made = random.Random(1), []
    installed = [Path("node_modules"), Path(".venv"), Path("/usr/share/doc")]
    for found in (novels(folder), verse(folder), tables(folder), licences(installed)):
        own = list(found)
        made += rng.sample(own, min(MOST, len(own)))
    rows.write(out, made)
    print(rows.counts(made))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
