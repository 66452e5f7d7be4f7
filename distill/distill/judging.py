"""Blind judging (ANNOTATION.md §4): a sheet with documents and shuffled candidates for a reader who
does not know which system wrote what, a key to open it afterwards, and the merged, publishable rows."""

import json
import random
from pathlib import Path

from distill import corpus
from distill.score import lead

VERDICTS = ("accept", "edit", "reject")
FAULTS = (
    "none",
    "unsupported",
    "wrong",
    "ungrammatical",
    "unfinished",
    "garbled",
    "framing",
    "vague",
    "off_centre",
    "title",
)
READ = 5000
"""Characters of the document that the judge sees: more than the model reads."""


def _answers(path: Path) -> dict[str, dict]:
    lines = (json.loads(line) for line in path.read_text().split("\n") if line)
    return {a["id"]: a for a in lines if a.get("diagnostics")}


def sheet(data: Path, split: str, answers: dict[str, Path], count: int, seed: int, folder: Path) -> int:
    """Writes `sheet.jsonl` ({item, document, candidate}) and `key.jsonl` ({item, id, system, …}).

    Systems: Precis' candidate of each length (shown or not), Lead-1, and the annotated summary.
    """
    rng = random.Random(seed)
    rows = [r for r in corpus.read(data / f"annotated-{split}.jsonl.zst") if r["suitable"]]
    given = {length: _answers(path) for length, path in answers.items()}
    rows = [r for r in rows if all(r["id"] in g for g in given.values())]
    items = []
    for row in rng.sample(rows, min(count, len(rows))):
        texts = {"lead-1": (lead(row["text"], 1), {})}
        for length, by_id in given.items():
            answer = by_id[row["id"]]
            kept = {k: v for k, v in answer["diagnostics"].items() if k != "candidate"}
            kept["shown"] = answer["suggestion"] is not None
            texts[f"precis-{length}"] = (answer["diagnostics"]["candidate"], kept)
            field = "plain" if length == "short" else "summary"
            texts[f"annotated-{length}"] = (row[field], {})
        document = "\n".join(filter(None, [row["title"], row["text"][:READ]]))
        for system, (candidate, extra) in texts.items():
            items.append((row["id"], document, system, candidate, extra))
    rng.shuffle(items)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "sheet.jsonl", "w") as shown, open(folder / "key.jsonl", "w") as key:
        for n, (i, document, system, candidate, extra) in enumerate(items):
            entry = {"item": n, "document": document, "candidate": candidate}
            shown.write(json.dumps(entry, ensure_ascii=False) + "\n")
            secret = {"item": n, "id": i, "system": system, "candidate": candidate, **extra}
            key.write(json.dumps(secret, ensure_ascii=False) + "\n")
    return len(items)


def merge(folder: Path, verdicts: Path, out: Path) -> dict[str, dict]:
    """Joins verdicts ({item, verdict, fault}) with the key, writes the publishable rows (no document,
    and no candidate of Lead-1, which is the document's text); returns shares a system."""
    key = {
        r["item"]: r for r in map(json.loads, filter(None, (folder / "key.jsonl").read_text().split("\n")))
    }
    counts: dict[str, dict] = {}
    with open(out, "w") as target:
        for line in filter(None, verdicts.read_text().split("\n")):
            given = json.loads(line)
            if given["verdict"] not in VERDICTS or given["fault"] not in FAULTS:
                raise ValueError(f"{verdicts}: unknown verdict or fault in {line}")
            row = {**key[given["item"]], "verdict": given["verdict"], "fault": given["fault"]}
            if row["system"].startswith("lead"):
                row.pop("candidate")
            target.write(json.dumps(row, ensure_ascii=False) + "\n")
            tally = counts.setdefault(
                row["system"], {"judged": 0, **dict.fromkeys(VERDICTS, 0), "faults": {}}
            )
            tally["judged"] += 1
            tally[given["verdict"]] += 1
            if given["fault"] != "none":
                tally["faults"][given["fault"]] = tally["faults"].get(given["fault"], 0) + 1
    return counts
