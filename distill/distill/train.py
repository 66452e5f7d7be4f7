"""The trainer: one loop for every stage. Resumable, seeded, logs a line of JSON a report."""

import json
import time
from contextlib import nullcontext
from pathlib import Path

import torch
from torch import Tensor

from distill.evaluate import likelihoods, samples
from distill.presets import Phase, Preset
from distill.schedule import Budget
from distill.streams import mixed
from distill.student import Batch, Student
from distill.tokens import FIRST_PIECE, MODES, Tokenizer

CHECKPOINT_SECONDS = 300
CLIP = 1.0


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


def weighted(likelihood: Tensor, batch: Batch, weights: dict[str, float]) -> tuple[Tensor, Tensor]:
    """Loss a piece with the modes' weights, and the plain negative log-likelihood a piece.

    likelihood: R×T; a target row's first input is its mode."""
    valid = batch.targets >= 0
    of_mode = torch.ones(FIRST_PIECE)
    for name, weight in weights.items():
        of_mode[MODES[name]] = weight
    each = of_mode[batch.recent[:, 0, 0]][:, None] * valid
    return -(likelihood * each).sum() / each.sum().clamp(min=1e-6), -likelihood.detach().sum() / valid.sum()


def train(
    stage: str,
    preset: Preset,
    data: Path,
    work: Path,
    seed: int,
    minutes: float | None = None,
    finish: bool = False,
) -> Path:
    """Runs (or resumes) a stage; returns the weights' path.

    Ends at the phase's steps or, with `finish`, when `minutes` are over, the rates falling to zero
    there. Without `finish`, `minutes` interrupt it, as does a file `STAGE.stop` in `work`; a later
    call goes on from the checkpoint. `STAGE.safetensors` are the newest weights.
    """
    phase = preset.phases[stage]
    tokenizer = Tokenizer(work / "tokenizer.model")
    weights, state_path = work / f"{stage}.safetensors", work / f"{stage}.state.pt"
    step, seen, spent, span = 0, {"documents": 0, "tokens": 0}, 0.0, None
    model = Student.load(weights if weights.exists() else work / f"{phase.start or 'start'}.safetensors")
    optim = optimiser(model, phase)
    if weights.exists() and state_path.exists():
        saved = torch.load(state_path, weights_only=True)
        optim.load_state_dict(saved["optim"])
        step, seen, spent, span = saved["step"], saved["seen"], saved["spent"], saved.get("span")
    budget = Budget(phase, spent, minutes if finish else None, span)
    if budget.over(step, spent):
        return weights
    torch.manual_seed(seed + step)
    cast = torch.autocast("cpu", torch.bfloat16) if fast_bf16() else nullcontext()
    stream = mixed(phase, data, work, tokenizer, seed * 1000 + step, preset.rows)
    log = open(work / f"{stage}.log.jsonl", "a", buffering=1)  # noqa: SIM115
    begun = saved_at = time.monotonic()
    running: dict[str, list[float]] = {}

    def elapsed() -> float:
        return spent + time.monotonic() - begun

    def save() -> None:
        model.save(weights)
        saved = {"optim": optim.state_dict(), "step": step, "seen": seen}
        part = state_path.with_suffix(".part")
        torch.save({**saved, "spent": elapsed(), "span": budget.span}, part)
        part.rename(state_path)

    def report(**values) -> None:
        line = {"stage": stage, "step": step, **seen, "seconds": round(elapsed())}
        log.write(json.dumps({**line, **values}, ensure_ascii=False) + "\n")

    def look() -> None:
        model.eval()
        nll = likelihoods(model, tokenizer, data, preset.evaluate_documents, phase.source)
        report(dev=nll, samples=samples(model, tokenizer, data, 3, phase.source))
        model.train()

    over = False
    while not over:
        factor = budget.rate(step, elapsed())
        for group in optim.param_groups:
            group["lr"] = group["base"] * factor
        name, batch = next(stream)
        with cast:
            likelihood = model.likelihood(batch, phase.frozen)
        loss, nll = weighted(likelihood, batch, phase.weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optim.step()
        optim.zero_grad(set_to_none=True)
        step += 1
        seen["documents"] += len(batch.ids)
        seen["tokens"] += int((batch.targets >= 0).sum())
        running.setdefault(name, []).append(nll.item())
        over = budget.over(step, elapsed())
        if step % 25 == 0:
            means = {k: round(sum(v) / len(v), 3) for k, v in running.items()}
            report(loss=means, rate=round(factor, 3))
            running = {}
        if step % preset.evaluate_every == 0 or over:
            look()
        now = time.monotonic()
        late = minutes is not None and not finish and now - begun > minutes * 60
        stop = late or (work / f"{stage}.stop").exists()
        if now - saved_at > CHECKPOINT_SECONDS or stop or over:
            save()
            saved_at = now
        if stop:
            break
    return weights
