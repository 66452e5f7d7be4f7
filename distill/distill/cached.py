"""The encoder's output on disk, for a phase that trains the decoder alone: with the encoder and its table
frozen, a document is encoded once for all passes over it (about 200 kB each at 256 pieces).

`memory.f16` holds one row of `width` halves a source piece, `memory.jsonl` one line a batch: where each
document's rows are, its ids and its targets. A killed run goes on behind the last whole line.
"""

import hashlib
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from distill import examples, streams
from distill.gap import Example
from distill.presets import Phase
from distill.processes import device
from distill.student import Batch, Student
from distill.tokens import Tokenizer

HALF = 2
"""Bytes of a half-precision number."""


@dataclass
class Remembered(Example):
    """An example whose encoder output begins at row `at`."""

    at: int = 0


def fingerprint(model: Student) -> str:
    """Of the encoder with its table: memory is worth something to the same encoder only."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.encoder.state_dict().items()):
        digest.update(name.encode() + tensor.detach().float().cpu().numpy().tobytes())
    return digest.hexdigest()


def _taken_apart(batch: Batch) -> list[Example]:
    """A batch's examples again."""
    lengths = batch.mask.sum(1).int().tolist()
    made = [Example(ids[:n].tolist(), []) for ids, n in zip(batch.ids, lengths, strict=True)]
    for r, n in enumerate(batch.owner.tolist()):
        ids = batch.targets[r][batch.targets[r] >= 0][:-1].tolist()
        made[n].targets.append((int(batch.recent[r, 0, 0]), ids))
    return made


def _lines(path: Path) -> list[str]:
    """Whole lines of an index; what a killed run left behind the last one is cut off."""
    text = path.read_text() if path.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole)
    return whole.splitlines()


def write(phase: Phase, data: Path, work: Path, seed: int, limit: int | None, minutes: float | None) -> dict:
    """Encodes `steps` batches of the phase's streams with the weights of its `start`; returns what it
    logs. Stops after `minutes`; a later call goes on."""
    begun = time.monotonic()
    model = Student.load(work / f"{phase.start}.safetensors").to(device()).eval()
    key, index = fingerprint(model), work / "memory.jsonl"
    lines = _lines(index)
    if lines and json.loads(lines[0])["encoder"] != key:
        raise ValueError(f"{index} is of another encoder: move it and memory.f16 away")
    rows = json.loads(lines[-1])["rows"] if lines else 0
    with open(work / "memory.f16", "ab") as memory, open(index, "a") as log, torch.no_grad():
        if not lines:
            log.write(json.dumps({"encoder": key, "width": model.shape.width, "rows": 0}) + "\n")
        os.truncate(memory.fileno(), rows * model.shape.width * HALF)
        done = max(0, len(lines) - 1)
        tokenizer = Tokenizer(work / "tokenizer.model")
        stream = streams.mixed(phase, data, work, tokenizer, seed * 1000 + done, limit)
        while done < phase.steps and (minutes is None or time.monotonic() - begun < minutes * 60):
            batch, documents = next(stream)[1].to(model.device), []
            hidden = model.encoder(batch.ids, batch.mask).half().cpu().numpy()
            for out, made in zip(hidden, _taken_apart(batch), strict=True):
                memory.write(out[: len(made.source)].tobytes())
                documents.append([rows, made.source, made.targets])
                rows += len(made.source)
            memory.flush()
            log.write(json.dumps({"rows": rows, "documents": documents}) + "\n")
            log.flush()
            done += 1
    line = {"stage": "memory", "batches": done, "rows": rows, "seconds": round(time.monotonic() - begun)}
    with open(work / "memory.log.jsonl", "a") as log:
        log.write(json.dumps(line) + "\n")
    return line


def batches(work: Path, model: Student, documents: int, seed: int) -> Iterator[Batch]:
    """Endless shuffled passes over the memory, as batches with `hidden`."""
    head, *lines = map(json.loads, _lines(work / "memory.jsonl"))
    if head["encoder"] != fingerprint(model):
        raise ValueError(f"{work}/memory.jsonl is of another encoder: run the memory stage anew")
    known = [Remembered(s, [tuple(t) for t in ts], None, at) for x in lines for at, s, ts in x["documents"]]
    memory = np.memmap(work / "memory.f16", np.float16, "r").reshape(-1, head["width"])
    rng = random.Random(seed)

    def passes() -> Iterator[Remembered]:
        while True:
            yield from rng.sample(known, len(known))

    for group in examples.grouped(passes(), documents, seed + 1):
        batch = examples.collate(group)
        batch.hidden = torch.zeros(*batch.ids.shape, head["width"])
        for n, made in enumerate(group):
            rows = np.array(memory[made.at : made.at + len(made.source)])
            batch.hidden[n, : len(rows)] = torch.from_numpy(rows).float()
        yield batch
