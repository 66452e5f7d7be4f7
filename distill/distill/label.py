"""The label stage: the teacher's summaries of every suitable document, kept when finished and grounded.

`label.part.jsonl` has one line a batch and is what a killed run goes on from; `labels.jsonl.zst` holds
the kept rows in the form of the annotated set (`plain`, `summary`), so that the student's trainer
reads both alike.
"""

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from distill import corpus, examples, grounded
from distill.teach import FIELDS
from distill.teacher_presets import Labelling
from distill.teachers import Teacher

FILES = ("clean", "loose", "prose")
"""Pairs first: a document that somebody wrote a summary for is one that should have one."""
PROSE = "prose"
"""Of the many documents of prose.jsonl only those of this group, which never had a summary; the others
lost theirs to a filter, and many are reference pages."""
SOURCE_SHARE = 0.04
MODES = list(FIELDS)


def documents(data: Path, settings: Labelling) -> list[dict]:
    """Every suitable document once that has text enough and is in no annotated split; at most
    `SOURCE_SHARE` of them from one source."""
    done = {
        row["id"]
        for split in ("train", "dev", "test")
        if (path := data / f"annotated-{split}.jsonl.zst").exists()
        for row in corpus.read(path)
    }
    out = []
    for name in FILES:
        path = data / f"{name}.jsonl.zst"
        for row in corpus.read(path) if path.exists() else ():
            body = hashlib.sha256(row["text"].encode()).hexdigest()
            if row["id"] in done or body in done or len(row["text"].split()) < 40:
                continue
            if name == "prose" and row.get("group", PROSE) != PROSE:
                continue
            done |= {row["id"], body}
            keep = {k: row[k] for k in ("id", "source", "license") if k in row}
            out.append({**keep, "title": row.get("title"), "text": row["text"][: settings.longest]})
    # In the order of their ids, so that which of a source's documents are left out depends on no file.
    out.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    return examples.capped(out, SOURCE_SHARE)[: settings.rows]


def batches(rows: list[dict], settings: Labelling, seed: int) -> list[list[dict]]:
    """Shuffled; sorted by length within a block, so any number of blocks is a fair sample."""
    order = sorted(rows, key=lambda r: r["id"])
    random.Random(seed).shuffle(order)
    out = []
    for start in range(0, len(order), settings.block):
        block = sorted(order[start : start + settings.block], key=lambda r: len(r["text"]))
        out += [block[i : i + settings.documents] for i in range(0, len(block), settings.documents)]
    return out


def judged(teacher: Teacher, rows: list[dict], modes: list[str]) -> list[dict]:
    """For each document what the teacher wrote in each mode: text, score, and fault or none."""
    found = teacher.generate_modes(rows, modes)
    out = []
    for n, row in enumerate(rows):
        seen, made = teacher.seen(row), {}
        for mode in modes:
            output = found[mode][n]
            text, mean = output
            fault = grounded.fault(text, output.ended, seen)
            made[mode] = {"text": text, "score": round(mean, 4), "fault": fault}
        out.append({"id": row["id"], **made})
    return out


def _done(path: Path, key: str) -> list[list[dict]]:
    """Batches that an earlier run finished; a torn last line is cut off."""
    if not path.exists():
        path.write_text(json.dumps({"key": key}) + "\n")
        return []
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with open(path, "r+b") as file:
            file.truncate(len(whole))
    head, *lines = (json.loads(line) for line in whole.decode().splitlines())
    if head["key"] != key:
        raise ValueError(f"{path} was begun with another teacher, other documents or settings: move it away")
    return lines


def _kept(rows: dict[str, dict], labelled: list[list[dict]], name: str) -> Iterator[dict]:
    for batch in labelled:
        for made in batch:
            kept = {m: made[m] for m in MODES if m in made and made[m]["fault"] is None}
            if kept:
                texts = {FIELDS[mode]: value["text"] for mode, value in kept.items()}
                scores = {FIELDS[mode]: value["score"] for mode, value in kept.items()}
                yield {**rows[made["id"]], "suitable": True, **texts, "scores": scores, "teacher": name}


def label(
    teacher: Teacher,
    settings: Labelling,
    data: Path,
    work: Path,
    seed: int,
    minutes: float | None = None,
) -> dict:
    """Runs or resumes the stage; returns what it logs. Stops after `minutes` or at `label.stop`;
    `labels.jsonl.zst` then holds what there is."""
    rows = documents(data, settings)
    plan = batches(rows, settings, seed)
    ids = [[row["id"] for row in batch] for batch in plan]
    fingerprint = json.dumps([teacher.name, settings.source, settings.beam, ids])
    path = work / "label.part.jsonl"
    finished = _done(path, hashlib.sha256(fingerprint.encode()).hexdigest())
    begun, count = time.monotonic(), 0
    log = open(work / "label.log.jsonl", "a", buffering=1)  # noqa: SIM115

    def report() -> dict:
        every = [made for batch in finished for made in batch]
        faults = {mode: Counter(m[mode]["fault"] or "kept" for m in every if mode in m) for mode in MODES}
        line = {
            "stage": "label",
            "documents": sum(map(len, finished)),
            "of": len(rows),
            "seconds": round(time.monotonic() - begun),
            "per_second": round(count / max(1e-9, time.monotonic() - begun), 3),
            **faults,
        }
        log.write(json.dumps(line) + "\n")
        return line

    with open(path, "a") as part:
        for batch in plan[len(finished) :]:
            medium = len(finished) % settings.medium_every == 0
            finished.append(judged(teacher, batch, MODES if medium else MODES[:1]))
            part.write(json.dumps(finished[-1], ensure_ascii=False) + "\n")
            part.flush()
            count += len(batch)
            if len(finished) % 16 == 0:
                report()
            over = minutes is not None and time.monotonic() - begun > minutes * 60
            if over or (work / "label.stop").exists():
                break
    by_id = {row["id"]: row for row in rows}
    corpus.write(work / "labels.jsonl.zst", _kept(by_id, finished, teacher.name))
    return report()
