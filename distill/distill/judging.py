"""Blind judging (ANNOTATION.md §4): parts of documents with shuffled candidates for judges who do not
know which system wrote what, a key to open them afterwards, and the merged, publishable rows."""

import hashlib
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
READ = 8000
"""Characters of the document that the judge sees: more than the model reads. With 5,000, judges called
a quarter of the annotated summaries unsupported for what stood behind the cut."""
CUT = "\n[The document goes on. What may stand there is not to be called unsupported.]"


def candidates(row: dict, given: dict[str, dict[str, dict]], rng: random.Random) -> dict[str, tuple]:
    """system -> (text, what the key keeps): Precis' candidate of each length (shown or not), Lead-1,
    Lead-2, and one of the two annotated summaries."""
    made: dict[str, tuple[str, dict]] = {}
    for length, by_id in given.items():
        answer = by_id.get(row["id"]) or {}
        notes = answer.get("diagnostics") or {}
        if not notes.get("candidate"):
            continue
        kept = {k: v for k, v in notes.items() if k != "candidate"}
        suggestion = answer.get("suggestion")
        if suggestion:
            kept["confidence"] = suggestion["confidence"]
        kept |= {"shown": suggestion is not None, "reason": answer.get("reason")}
        made[f"precis-{length}"] = (notes["candidate"], kept)
    for count in (1, 2):
        made[f"lead-{count}"] = (lead(row["text"], count), {})
    length, field = rng.choice([("short", "plain"), ("medium", "summary")])
    made[f"annotated-{length}"] = (row[field], {})
    return {system: both for system, both in made.items() if both[0]}


def sheet(
    data: Path,
    split: str,
    answers: dict[str, Path],
    count: int,
    seed: int,
    folder: Path,
    parts: int = 1,
    passes: int = 1,
    again: float = 0.4,
) -> dict[str, int]:
    """Writes `pass-1/part-01.jsonl` … ({item, document, candidate}) and `key.jsonl`.

    One candidate that several systems wrote is judged once. The candidates of a document go to
    different parts, so that no judge compares them. Pass 2 asks for a random `again` share of the items
    once more, under other names, from another part's judge. Item names follow from seed, document and
    candidate: a sheet made again has the same. Returns items a pass.
    """
    rng = random.Random(seed)
    rows = [r for r in corpus.read(data / f"annotated-{split}.jsonl.zst") if r["suitable"]]
    given = {length: {a["id"]: a for a in corpus.lines(path)} for length, path in answers.items()}
    answered = set().union(*given.values()) if given else {r["id"] for r in rows}
    rows = [r for r in rows if r["id"] in answered]
    items, turn = [], 0
    for row in rng.sample(rows, min(count, len(rows))):
        by_text: dict[str, dict[str, dict]] = {}
        for system, (text, kept) in candidates(row, given, rng).items():
            by_text.setdefault(text, {})[system] = kept
        cut = row["text"][:READ] + (CUT if len(row["text"]) > READ else "")
        document = "\n".join(filter(None, [row["title"], cut]))
        for text in rng.sample(sorted(by_text), len(by_text)):
            entry = {"id": row["id"], "candidate": text, "by": by_text[text], "document": document}
            items.append(entry | {"part": turn % parts})
            turn += 1
    asked = [(1, item) for item in items]
    if passes == 2:
        moved = max(1, parts // 2)
        second = rng.sample(items, round(again * len(items)))
        asked += [(2, item | {"part": (item["part"] + moved) % parts}) for item in second]
    rng.shuffle(asked)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "key.jsonl", "w") as key:
        for nth, item in asked:
            secret = {"item": _name(seed, nth, item), "pass": nth}
            secret |= {k: item[k] for k in ("part", "id", "candidate", "by")}
            key.write(json.dumps(secret, ensure_ascii=False) + "\n")
    for nth in range(1, passes + 1):
        (folder / f"pass-{nth}").mkdir(exist_ok=True)
        for part in range(parts):
            with open(folder / f"pass-{nth}" / f"part-{part + 1:02}.jsonl", "w") as shown:
                for _, item in (a for a in asked if a[0] == nth and a[1]["part"] == part):
                    entry = {"item": _name(seed, nth, item)}
                    entry |= {"document": item["document"], "candidate": item["candidate"]}
                    shown.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return {f"pass {n}": sum(a[0] == n for a in asked) for n in range(1, passes + 1)}


def _name(seed: int, nth: int, item: dict) -> str:
    text = json.dumps([seed, nth, item["id"], item["candidate"]])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _verdicts(paths: list[Path], key: dict[str, dict]) -> dict[str, dict]:
    """item -> verdict row; every row must name an item of the key once, a verdict and a fault."""
    found: dict[str, dict] = {}
    for path in paths:
        for row in corpus.lines(path):
            where = f"{path}: {json.dumps(row)}"
            item = row.get("item")
            if item not in key:
                raise ValueError(f"{where}: the key has no such item")
            if row.get("verdict") not in VERDICTS or row.get("fault") not in FAULTS:
                raise ValueError(f"{where}: unknown verdict or fault; verdict is one of {VERDICTS}")
            if found.setdefault(item, row) != row:
                raise ValueError(f"{where}: judged before, and otherwise")
    return found


def merge(folder: Path, verdicts: list[Path], out: Path) -> dict:
    """Joins verdicts ({item, verdict, fault}) with the key and writes the publishable rows, one a system
    (no document, and no candidate of a lead, which is the document's text): the first pass to `out`,
    the second beside it under `re` + its name. Returns shares a system and the items nobody judged."""
    key = {r["item"]: r for r in corpus.lines(folder / "key.jsonl")}
    found = _verdicts(verdicts or sorted(folder.glob("**/verdicts*.jsonl")), key)
    rows: dict[int, list[dict]] = {1: [], 2: []}
    counts: dict[str, dict] = {}
    for item, secret in key.items():
        if item not in found:
            continue
        given = {k: found[item][k] for k in ("verdict", "fault")}
        for system, kept in secret["by"].items():
            row = {"item": item, "id": secret["id"], "system": system, "candidate": secret["candidate"]}
            row |= kept | given | {"judge": f"{secret['pass']}-{secret['part'] + 1:02}"}
            if system.startswith("lead"):
                row.pop("candidate")
            rows[secret["pass"]].append(row)
            if secret["pass"] == 1:
                _count(counts, row)
    for path, some in ((out, rows[1]), (out.with_name("re" + out.name), rows[2])):
        if some:
            path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in some))
    return {"judged": len(found), "missing": [i for i in key if i not in found], "systems": counts}


def _count(counts: dict[str, dict], row: dict) -> None:
    tally = counts.setdefault(row["system"], {"judged": 0, **dict.fromkeys(VERDICTS, 0), "faults": {}})
    tally["judged"] += 1
    tally[row["verdict"]] += 1
    if row["fault"] != "none":
        tally["faults"][row["fault"]] = tally["faults"].get(row["fault"], 0) + 1
