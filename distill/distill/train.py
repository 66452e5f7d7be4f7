"""The trainer: one loop for every stage. Resumable, seeded, logs a line of JSON a report."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import torch

from distill import examples
from distill.evaluate import likelihoods, samples
from distill.presets import Phase, Preset
from distill.student import Batch, Student
from distill.tokens import Tokenizer

CHECKPOINT_SECONDS = 300
CLIP = 1.0
SOURCE_SHARE = 0.08
"""Most of the author pairs that may come from one source."""


def fast_bf16() -> bool:
    """Whether bf16 products beat fp32 here; without AVX-512-BF16 or AMX they are 100x slower."""
    times = []
    for dtype in (torch.float32, torch.bfloat16):
        a, b = torch.randn(512, 384, dtype=dtype), torch.randn(384, 1536, dtype=dtype)
        a @ b
        start = time.perf_counter()
        for _ in range(8):
            a @ b
        times.append(time.perf_counter() - start)
    return times[1] < times[0]


def rate(step: int, phase: Phase) -> float:
    """Warm-up, constant, linear decay to zero (WSD): a constant part can be prolonged later."""
    if step < phase.warmup:
        return (step + 1) / phase.warmup
    tail = phase.steps * phase.decay
    left = phase.steps - step
    return min(1.0, left / tail) if tail else 1.0


def optimiser(model: Student, phase: Phase) -> torch.optim.Optimizer:
    """AdamW; the pretrained encoder moves at its own, lower rate."""
    groups = {"encoder": [], "new": [], "plain": []}
    for name, p in model.named_parameters():
        kind = "encoder" if name.startswith("encoder.") and "embed" not in name else "new"
        groups[kind if p.ndim > 1 else ("plain" if kind == "new" else "encoder")].append(p)
    return torch.optim.AdamW(
        [
            {"params": groups["encoder"], "lr": phase.encoder_rate, "base": phase.encoder_rate},
            {"params": groups["new"], "lr": phase.rate, "base": phase.rate},
            {"params": groups["plain"], "lr": phase.rate, "base": phase.rate, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
        eps=1e-9,
        weight_decay=0.01,
        fused=True,
    )


def mixed(
    phase: Phase, data: Path, tokenizer: Tokenizer, seed: int, limit: int | None
) -> Iterator[tuple[str, Batch]]:
    """Batches of the phase's streams, drawn by its weights."""
    sources, pools = {}, {}
    files = {"gap": "prose", "clean": "clean", "loose": "loose", "annotated": "annotated-train"}
    for n, name in enumerate(phase.mix):
        kind = {"clean": "pair", "loose": "pair"}.get(name, name)
        keep = (lambda row: row["suitable"]) if name == "annotated" else (lambda row: True)
        found = examples.rows(data / f"{files[name]}.jsonl.zst", keep)
        pools[name] = (examples.capped(found, SOURCE_SHARE) if kind == "pair" else found)[:limit]
        made = examples.stream(pools[name], kind, tokenizer, phase.source, phase.target, seed * 100 + n)
        sources[name] = examples.batches(made, phase.documents, seed * 100 + 50 + n)
    rng = random.Random(seed)
    names, weights = list(phase.mix), list(phase.mix.values())
    while True:
        name = rng.choices(names, weights)[0]
        yield name, next(sources[name])


def train(
    stage: str, preset: Preset, data: Path, work: Path, seed: int, minutes: float | None = None
) -> Path:
    """Runs (or resumes) a stage; returns the weights' path.

    Stops at the phase's steps, or after `minutes`, or when a file `STAGE.stop` appears in `work`;
    a later call goes on from the checkpoint. `STAGE.safetensors` are the newest weights.
    """
    phase = preset.phases[stage]
    tokenizer = Tokenizer(work / "tokenizer.model")
    weights, state_path = work / f"{stage}.safetensors", work / f"{stage}.state.pt"
    step, seen, spent = 0, {"documents": 0, "tokens": 0}, 0.0
    model = Student.load(weights if weights.exists() else work / f"{phase.start or 'start'}.safetensors")
    optim = optimiser(model, phase)
    if weights.exists() and state_path.exists():
        saved = torch.load(state_path, weights_only=True)
        optim.load_state_dict(saved["optim"])
        step, seen, spent = saved["step"], saved["seen"], saved["spent"]
    torch.manual_seed(seed + step)
    cast = torch.autocast("cpu", torch.bfloat16) if fast_bf16() else nullcontext()
    stream = mixed(phase, data, tokenizer, seed * 1000 + step, preset.rows)
    log = open(work / f"{stage}.log.jsonl", "a", buffering=1)  # noqa: SIM115
    begun = saved_at = time.monotonic()
    running: dict[str, list[float]] = {}

    def save() -> None:
        model.save(weights)
        elapsed = spent + time.monotonic() - begun
        saved = {"optim": optim.state_dict(), "step": step, "seen": seen, "spent": elapsed}
        part = state_path.with_suffix(".part")
        torch.save(saved, part)
        part.rename(state_path)

    def report(**values) -> None:
        line = {
            "stage": stage,
            "step": step,
            **seen,
            "seconds": round(spent + time.monotonic() - begun),
        }
        log.write(json.dumps({**line, **values}, ensure_ascii=False) + "\n")

    while step < phase.steps:
        for group in optim.param_groups:
            group["lr"] = group["base"] * rate(step, phase)
        name, batch = next(stream)
        with cast:
            likelihood = model.likelihood(batch, phase.frozen)
        count = int((batch.targets >= 0).sum())
        loss = -likelihood.sum() / count
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optim.step()
        optim.zero_grad(set_to_none=True)
        step += 1
        seen["documents"] += len(batch.ids)
        seen["tokens"] += count
        running.setdefault(name, []).append(loss.item())
        now = time.monotonic()
        if step % 25 == 0:
            report(loss={k: round(sum(v) / len(v), 3) for k, v in running.items()})
            running = {}
        if step % preset.evaluate_every == 0 or step == phase.steps:
            model.eval()
            nll = likelihoods(model, tokenizer, data, preset.evaluate_documents, phase.source)
            report(dev=nll, samples=samples(model, tokenizer, data, 3, phase.source))
            model.train()
        over = minutes is not None and now - begun > minutes * 60
        stop = over or (work / f"{stage}.stop").exists()
        if now - saved_at > CHECKPOINT_SECONDS or stop:
            save()
            saved_at = now
        if stop:
            break
    save()
    return weights
