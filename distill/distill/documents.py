"""The annotated documents as a user would send them (raw Markdown with its title), for `precis batch`,
and beside them what is known of them, for the evaluation; `batch` passes over those fields."""

import json
from collections import defaultdict
from pathlib import Path

from distill import corpus


def write(raw: Path, annotated: Path, out: Path, suitable_only: bool) -> int:
    """raw: corpus folder with `<group>/<file>.jsonl.zst`; annotated: one split's `.jsonl`."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    order: list[tuple[tuple[str, str, str], dict]] = []
    for row in corpus.lines(annotated):
        if row["suitable"] or not suitable_only:
            wanted[row["group"], row["file"]].add(row["id"])
            order.append(((row["group"], row["file"], row["id"]), row))
    found = {}
    for (group, file), ids in wanted.items():
        for row in corpus.read(raw / group / f"{file}.jsonl.zst"):
            if row["id"] in ids:
                found[group, file, row["id"]] = row
    with open(out, "w") as target:
        for key, known in order:
            row = found[key]
            document = {"id": row["id"], "text": row["body"], "format": "markdown"}
            if row.get("title"):
                document["title"] = row["title"]
            document |= {"suitable": known["suitable"], "kind": known["kind"], "source": row["source"]}
            references = {"short": known.get("plain"), "medium": known.get("summary")}
            document["references"] = {k: v for k, v in references.items() if v}
            target.write(json.dumps(document, ensure_ascii=False) + "\n")
    return len(order)
