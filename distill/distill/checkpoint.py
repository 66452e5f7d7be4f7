"""Weights small enough to commit, for the next person to go on from: the student in fp16, the teacher as
a four-bit difference to public SmolLM2 (its frozen layers and embeddings differ by nothing)."""

import hashlib
import json
import shutil
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from distill.student import Student

GROUP = 64
"""Weights of a row that share a scale, as in GPTQ and llama.cpp's Q4."""
LEVELS = 7
CODES = ".codes"
SCALES = ".scales"


def packed(delta: Tensor) -> tuple[Tensor, Tensor]:
    """delta: N×D, D a multiple of `GROUP`; returns codes (two a byte) and scales, fp16, N×D/GROUP.

    Each group's scale is the one of a few below its largest value over 7 that errs least."""
    groups = delta.float().unflatten(1, (-1, GROUP))
    most = groups.abs().amax(-1, keepdim=True) / LEVELS
    best = error = None
    for share in (1.0, 0.9, 0.8, 0.7, 0.6):
        scale = (most * share).half().float().clamp(min=1e-7)
        lost = (
            ((groups / scale).round().clamp(-LEVELS, LEVELS) * scale - groups).square().sum(-1, keepdim=True)
        )
        best = scale if best is None else torch.where(lost < error, scale, best)
        error = lost if error is None else torch.minimum(lost, error)
    codes = ((groups / best).round().clamp(-LEVELS, LEVELS) + 8).to(torch.uint8).flatten(1)
    return codes[:, 0::2] | codes[:, 1::2] << 4, best[..., 0].half()


def unpacked(codes: Tensor, scales: Tensor) -> Tensor:
    """float32 N×D."""
    both = torch.stack([codes & 15, codes >> 4], -1).flatten(1).float() - 8
    return (both.unflatten(1, (-1, GROUP)) * scales.float()[..., None]).flatten(1)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save_teacher(tuned: Path, base: Path, out: Path) -> int:
    """tuned, base: folders with `model.safetensors`; returns the bytes of `out`."""
    was, now = (load_file(folder / "model.safetensors") for folder in (base, tuned))
    kept = {}
    for name, weight in now.items():
        delta = weight.float() - was[name].float()
        if not delta.any():
            continue
        if delta.ndim == 2 and delta.shape[1] % GROUP == 0:
            kept[name + CODES], kept[name + SCALES] = packed(delta)
        else:
            kept[name] = delta.half()
    out.parent.mkdir(parents=True, exist_ok=True)
    save_file(kept, out, metadata={"base": _digest(base / "model.safetensors")})
    return out.stat().st_size


def load_teacher(delta: Path, base: Path, folder: Path) -> Path:
    """The teacher's folder again: base plus difference, bf16. Refuses another base."""
    with safe_open(delta, "pt") as file:
        wanted, found = file.metadata()["base"], _digest(base / "model.safetensors")
        if wanted != found:
            raise ValueError(f"{delta} is a difference to {wanted[:12]}, but {base} is {found[:12]}")
        changes = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    weights = load_file(base / "model.safetensors")
    for name, weight in weights.items():
        if name in changes:
            change = changes[name].float()
        elif name + CODES in changes:
            change = unpacked(changes[name + CODES], changes[name + SCALES])
        else:
            continue
        weights[name] = (weight.float() + change).to(weight.dtype)
    folder.mkdir(parents=True, exist_ok=True)
    for path in base.glob("*.json"):
        shutil.copy(path, folder)
    save_file(weights, folder / "model.part", metadata={"format": "pt"})
    (folder / "model.part").rename(folder / "model.safetensors")
    return folder


def save(work: Path, stage: str, out: Path, base: Path | None) -> dict:
    """Writes `student.safetensors`, `tokenizer.model`, `teacher.safetensors` (where there is a teacher)
    and `stage.json` into `out`; returns their sizes in bytes."""
    out.mkdir(parents=True, exist_ok=True)
    Student.load(work / f"{stage}.safetensors").save(out / "student.safetensors", torch.float16)
    shutil.copy(work / "tokenizer.model", out)
    if base is not None:
        save_teacher(work / "teacher", base, out / "teacher.safetensors")
    (out / "stage.json").write_text(json.dumps({"stage": stage}) + "\n")
    return {path.name: path.stat().st_size for path in sorted(out.iterdir()) if path.suffix != ".md"}


def restore(folder: Path, work: Path, base: Path | None) -> str:
    """Puts what `save` wrote back into a work folder, under the stage's name; returns that."""
    stage = json.loads((folder / "stage.json").read_text())["stage"]
    shutil.copy(folder / "tokenizer.model", work)
    Student.load(folder / "student.safetensors").save(work / f"{stage}.safetensors")
    if base is not None:
        load_teacher(folder / "teacher.safetensors", base, work / "teacher")
    return stage
