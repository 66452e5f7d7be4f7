"""Runs the grid of `ablations` cell by cell: a killed run goes on, a finished cell is not run again."""

import hashlib
import json
import shutil
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch

from distill import ablation_report, evaluate, examples, score, start, train
from distill.ablations import Cell, Settings, cells
from distill.decode import greedy
from distill.gap import Example
from distill.presets import Phase, Preset
from distill.student import Student
from distill.tokens import Tokenizer

TIMED_STEPS, TIMED_SOURCE = 48, 256
LIMIT = 48
"""Most pieces of a measured output."""


def inputs(data: Path, subsets: Path | None, work: Path) -> Path:
    """A folder of links: the clean set, and the pairs of `precis-clean subset` under names of their own."""
    folder = work / "ablation" / "data"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in data.glob("*.jsonl.zst"):
        (folder / path.name).symlink_to(path.resolve())
    for path in subsets.glob("*.jsonl.zst") if subsets else ():
        name = "clean-pairs.jsonl.zst" if path.name == "clean.jsonl.zst" else path.name
        if name == "raw.jsonl.zst" or name.startswith("clean-"):
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(path.resolve())
    return folder


def _folder(work: Path, *what) -> Path:
    """A cell's own work folder, named after all that it depends on."""
    key = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:12]
    folder = work / "ablation" / key
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.model", "labels.jsonl.zst"):
        if (work / name).exists() and not (folder / name).exists():
            (folder / name).symlink_to((work / name).resolve())
    return folder


def _phase(name: str, phase: Phase, preset: Preset, data: Path, folder: Path, seed: int) -> Path:
    """Trains a phase unless that is done; its optimiser's state goes once it is finished."""
    if (folder / f"{name}.done").exists():
        return folder / f"{name}.safetensors"
    one = replace(preset, phases={name: phase}, evaluate_every=10**9, evaluate_documents=2)
    made = train.train(name, one, data, folder, seed)
    (folder / f"{name}.done").touch()
    (folder / f"{name}.state.pt").unlink(missing_ok=True)
    return made


def trained(cell: Cell, settings: Settings, preset: Preset, data: Path, work: Path, seed: int) -> Path:
    """The cell's weights. Cells that agree up to the gap phase share it."""
    shape = replace(preset.shape, **cell.shape)
    gap = replace(settings.gap, **cell.gap)
    folder = _folder(work, asdict(shape), asdict(gap), seed)
    if not (folder / "start.safetensors").exists():
        torch.manual_seed(seed)
        model = Student(shape)
        start.begin(model, Tokenizer(folder / "tokenizer.model"), work / "wheels")
        model.save(folder / "start.safetensors")
    if gap.steps:
        _phase("gap", gap, preset, data, folder, seed)
    begin = f"../{folder.name}/{'gap' if gap.steps else 'start'}"
    tune = replace(settings.tune, **cell.tune, start=begin)
    return _phase("tune", tune, preset, data, _folder(work, cell.name, asdict(tune), seed), seed)


@torch.no_grad()
def measured(weights: Path, cell: Cell, settings: Settings, data: Path) -> dict:
    """Dev nll a piece, ROUGE-L of greedy outputs, and processor milliseconds a piece of one document."""
    model, tokenizer = Student.load(weights).eval(), Tokenizer(weights.parent / "tokenizer.model")
    source, count = settings.tune.source, settings.documents
    out = {"nll": evaluate.likelihoods(model, tokenizer, data, count, source, cell.modes)}
    rows = evaluate.suitable(data, "dev", count)
    out["rougeL"] = {}
    for field, mode in zip(("plain", "summary"), cell.modes, strict=True):
        pairs = []
        for at in range(0, len(rows), 16):
            part = rows[at : at + 16]
            ids = [tokenizer.document(r["title"], r["text"], source) for r in part]
            batch = examples.collate([Example(one, [(mode, [0])]) for one in ids])
            written = greedy(model, batch.ids, batch.mask, mode, LIMIT)
            pairs += [(r[field], tokenizer.decode(h.ids)) for r, h in zip(part, written, strict=True)]
        out["rougeL"][field] = score.rouge(pairs)["rougeL"]
    out["msPerPiece"] = round(1000 * _step_seconds(model), 3)
    return out


def _step_seconds(model: Student) -> float:
    """Processor seconds of a decoding step on one thread, one document, mean over a sentence or two."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    ids = torch.randint(20, model.shape.vocabulary, (1, min(TIMED_SOURCE, model.shape.limit)))
    memory, best = model.encode(ids, torch.ones(ids.shape)), float("inf")
    for _ in range(3):
        state, begun = model.decoder.begin(1), time.process_time()
        for _ in range(TIMED_STEPS):
            *_, state = model.step(torch.full((1, 3), 30), state, memory)
        best = min(best, (time.process_time() - begun) / TIMED_STEPS)
    torch.set_num_threads(threads)
    return best


def ablate(
    settings: Settings, preset: Preset, data: Path, subsets: Path | None, work: Path, out: Path,
    minutes: float | None = None,
) -> list[dict]:  # fmt: skip
    """Runs what is not finished, seed by seed, and writes table and plot of what there is after each
    cell. Stops after `minutes`, between two cells."""
    begun, data = time.monotonic(), inputs(data, subsets, work)
    grid, path = cells(settings, data), work / "ablation" / "results.json"
    results = json.loads(path.read_text()) if path.exists() else []
    missing = {}
    for seed in settings.seeds:
        for cell in grid:
            lack = [n for n in cell.needs if not any((d / f"{n}.jsonl.zst").exists() for d in (data, work))]
            if lack:
                missing[cell.name] = lack
                continue
            key = json.dumps([asdict(settings.gap), asdict(settings.tune), asdict(cell)], sort_keys=True)
            key = hashlib.sha256(key.encode()).hexdigest()[:12]
            if any(r["key"] == key and r["seed"] == seed for r in results):
                continue
            if minutes is not None and time.monotonic() - begun > minutes * 60:
                return results
            weights = trained(cell, settings, preset, data, work, seed)
            line = json.loads((weights.parent / "tune.log.jsonl").read_text().split("\n")[-2])
            found = measured(weights, cell, settings, data)
            results = [r for r in results if (r["cell"], r["seed"]) != (cell.name, seed)]
            results.append({"cell": cell.name, "question": cell.question, "seed": seed, "key": key,
                            "steps": line["step"], "tokens": line["tokens"], **found})  # fmt: skip
            path.write_text(json.dumps(results, indent=2) + "\n")
            shutil.rmtree(weights.parent)
            ablation_report.write(results, settings, missing, out)
            print(json.dumps(results[-1]), flush=True)
    ablation_report.write(results, settings, missing, out)
    return results
