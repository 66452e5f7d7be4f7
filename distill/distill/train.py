"""The trainer: one loop for every stage. Resumable, seeded, logs a line of JSON a report."""

import json
import time
from contextlib import nullcontext
from pathlib import Path

import torch
from torch import Tensor, nn

from distill import cached, kd
from distill.evaluate import likelihoods, samples
from distill.presets import Phase, Preset
from distill.processes import Processes
from distill.schedule import Budget
from distill.streams import mixed
from distill.student import Batch, Student
from distill.teachers import Teacher, open_teacher
from distill.tokens import FIRST_PIECE, MODES, Tokenizer

CHECKPOINT_SECONDS = 300
CLIP = 1.0
MEMORY = "memory"
"""The stream of documents that are encoded already; it is not mixed with others."""


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


def masses(batch: Batch, weights: dict[str, float]) -> Tensor:
    """R×T: a target's weight in the loss by its row's mode (the row's first input), 0 elsewhere."""
    of_mode = torch.ones(FIRST_PIECE, device=batch.ids.device)
    for name, weight in weights.items():
        of_mode[MODES[name]] = weight
    return of_mode[batch.recent[:, 0, 0]][:, None] * (batch.targets >= 0)


def loss(
    model: nn.Module, batch: Batch, phase: Phase, teacher: Teacher | None
) -> tuple[Tensor, Tensor, Tensor]:
    """Weighted loss summed over the targets, the sum of their weights, and the plain mean negative
    log-likelihood a piece. With a teacher of the same pieces, `phase.share` of it is the divergence."""
    mass, valid = masses(batch, phase.weights), batch.targets >= 0
    if teacher is None or batch.rows is None:
        likelihood = model(batch, phase.frozen)
        summed = -(likelihood * mass).sum()
    else:
        whole = model(batch, phase.frozen, True)
        likelihood = whole.gather(1, batch.targets[valid][:, None])[:, 0]
        apart = kd.divergence(whole, kd.opinions(teacher, batch), mass[valid]) * mass.sum()
        summed = phase.share * apart - (1 - phase.share) * (likelihood * mass[valid]).sum()
    return summed, mass.sum(), -likelihood.detach().sum() / valid.sum()


def opened(phase: Phase, work: Path, tokenizer: Tokenizer) -> Teacher | None:
    """The phase's teacher where it can teach word by word; others teach by `labels` alone."""
    if not phase.teacher:
        return None
    own = work / f"{phase.teacher}.safetensors"
    teacher = open_teacher(str(own) if own.exists() else phase.teacher, phase.source, 1)
    if kd.way(teacher, tokenizer) == "word":
        return teacher
    print(f"{teacher.name} has other pieces: it teaches by its labels, not word by word")
    return None


def freeze(model: Student, layers: int) -> None:
    """Nothing below the top of the frozen layers gets a gradient but the table, which the decoder uses.
    With all layers the table rests too: memory on disk was made with it."""
    if layers >= model.shape.layers:
        model.encoder.requires_grad_(False)
    elif layers:
        for module in (model.encoder.norm, *model.encoder.layers[:layers]):
            module.requires_grad_(False)
        model.encoder.position.requires_grad_(False)


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
    call goes on from the checkpoint. `STAGE.safetensors` are the newest weights. Under torchrun every
    process draws batches of its own; a step is as one of all of them together.
    """
    group = Processes()
    phase = preset.phases[stage]
    tokenizer = Tokenizer(work / "tokenizer.model")
    weights, state_path = work / f"{stage}.safetensors", work / f"{stage}.state.pt"
    step, seen, spent, span = 0, {"documents": 0, "tokens": 0}, 0.0, None
    if weights.exists():
        model = Student.load(weights)
    else:
        model = Student.load(work / f"{phase.start or 'start'}.safetensors")
        model = model.grafted(**phase.shape) if phase.shape else model
    model = model.to(group.device)
    freeze(model, phase.frozen)
    optim = optimiser(model, phase)
    if weights.exists() and state_path.exists():
        saved = torch.load(state_path, weights_only=True, map_location=group.device)
        optim.load_state_dict(saved["optim"])
        step, seen, spent, span = saved["step"], saved["seen"], saved["spent"], saved.get("span")
    budget = Budget(phase, spent, minutes if finish else None, span)
    if budget.over(step, spent):
        return weights
    torch.manual_seed(seed + step)
    low = group.device.type == "cuda" or fast_bf16()
    cast = torch.autocast(group.device.type, torch.bfloat16) if low else nullcontext()
    teacher = opened(phase, work, tokenizer)
    wrapped = group.wrap(model)
    draw = seed * 1000 + step + 10**6 * group.rank
    if MEMORY in phase.mix:
        stream = ((MEMORY, batch) for batch in cached.batches(work, model, phase.documents, draw))
    else:
        stream = mixed(phase, data, work, tokenizer, draw, preset.rows)
    log = open(work / f"{stage}.log.jsonl", "a", buffering=1) if group.first else None  # noqa: SIM115
    begun = saved_at = time.monotonic()
    running: dict[str, list[float]] = {}

    def elapsed() -> float:
        return spent + time.monotonic() - begun

    def save() -> None:
        if not group.first:
            return
        model.save(weights)
        saved = {"optim": optim.state_dict(), "step": step, "seen": seen}
        part = state_path.with_suffix(".part")
        torch.save({**saved, "spent": elapsed(), "span": budget.span}, part)
        part.rename(state_path)

    def report(**values) -> None:
        line = {"stage": stage, "step": step, **seen, "seconds": round(elapsed())}
        log.write(json.dumps({**line, **values}, ensure_ascii=False) + "\n")

    def look() -> None:
        if not group.first:
            return
        model.eval()
        nll = likelihoods(model, tokenizer, data, preset.evaluate_documents, phase.source)
        report(dev=nll, samples=samples(model, tokenizer, data, 3, phase.source))
        model.train()

    over = stop = False
    at = spent
    while not (over or stop):
        factor = budget.rate(step, at)
        for param_group in optim.param_groups:
            param_group["lr"] = param_group["base"] * factor
        name, batch = next(stream)
        batch = batch.to(group.device)
        with cast:
            summed, mass, nll = loss(wrapped, batch, phase, teacher)
        late = minutes is not None and not finish and time.monotonic() - begun > minutes * 60
        pieces = int((batch.targets >= 0).sum())
        total, documents, tokens = group.total(mass.item(), len(batch.ids), pieces)
        at, stop = group.agreed(elapsed(), late or (work / f"{stage}.stop").exists())
        (summed * group.world / total).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optim.step()
        optim.zero_grad(set_to_none=True)
        step += 1
        seen["documents"] += int(documents)
        seen["tokens"] += int(tokens)
        running.setdefault(name, []).append(nll.item())
        over = budget.over(step, at)
        if step % 25 == 0 and group.first:
            means = {k: round(sum(v) / len(v), 3) for k, v in running.items()}
            report(loss=means, rate=round(factor, 3))
            running = {}
        if step % preset.evaluate_every == 0 or over:
            look()
        if time.monotonic() - saved_at > CHECKPOINT_SECONDS or stop or over:
            save()
            saved_at = time.monotonic()
    return weights
