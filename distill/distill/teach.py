"""The teacher stage: SmolLM2 fine-tuned on the annotated set, with some clean author pairs.

A document is read once and answers two or three questions beside each other (`llama`); the loss is on
the answers alone. bf16 weights do the work, float32 masters take the steps.
"""

import json
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer as Fast
from tokenizers import decoders, models, pre_tokenizers, trainers
from torch import Tensor

from distill import evaluate, examples, smollm
from distill.llama import Llama
from distill.presets import Phase
from distill.processes import device
from distill.prompt import Prompt
from distill.schedule import rate
from distill.teacher_presets import Teaching
from distill.teachers import LIMITS, beam, padded
from distill.train import CHECKPOINT_SECONDS, CLIP, fast_bf16

NAME = "teacher"
FIELDS = {"short": "plain", "medium": "summary"}
"""Which annotated field a mode learns."""


def answers(row: dict) -> dict[str, str]:
    """Mode -> target text."""
    if "suitable" not in row:
        return {"author": row["summary"]}
    return {mode: row[field] for mode, field in FIELDS.items() if row.get(field)}


def losses(
    model: Llama, prompt: Prompt, rows: list[dict], phase: Phase, titled: list[bool], frozen: int = 0
) -> tuple[Tensor, list[tuple[str, int]]]:
    """Cross-entropy of every answer token, flat, and (mode, tokens) for each answer in that order."""
    at = model.embed.weight.device
    documents, asked, targets, order = [], [], [], []
    count = max(len(answers(r)) for r in rows)
    for row, has_title in zip(rows, titled, strict=True):
        documents.append(prompt.document(row.get("title") if has_title else None, row["text"], phase.source))
        given = answers(row)
        for mode, text in given.items():
            answer, question = prompt.answer(text)[: phase.target], prompt.questions[mode]
            asked.append([*question, *answer[:-1]])
            targets.append([*[-100] * (len(question) - 1), *answer])
            order.append((mode, len(answer)))
        asked += [[prompt.end]] * (count - len(given))
        targets += [[-100]] * (count - len(given))
    lengths = torch.tensor([len(ids) for ids in documents], device=at)
    memory = model.read(padded(documents, prompt.end).to(at), frozen)
    ids = padded(asked, prompt.end).view(len(rows), count, -1).to(at)
    wanted = padded(targets, -100).view(ids.shape).to(at)
    hidden = model.write(ids, lengths, memory, frozen=frozen)
    valid = wanted >= 0
    return F.cross_entropy(model.logits(hidden[valid]), wanted[valid], reduction="none"), order


class Masters:
    """AdamW on float32 copies of the trained weights; gradients are summed there as they come, so a
    step can have several forward passes and no bf16 sum loses its small parts."""

    def __init__(self, model: Llama, frozen: int):
        model.requires_grad_(frozen == 0)
        for layer in model.layers[frozen:]:
            layer.requires_grad_(True)
        model.norm.requires_grad_(True)
        self.low = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self.high = {n: p.detach().float().clone() for n, p in self.low.items()}
        self.adam = torch.optim.AdamW(
            list(self.high.values()), betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True
        )
        for name, p in self.low.items():
            p.register_post_accumulate_grad_hook(lambda p, name=name: self._take(name, p))

    def _take(self, name: str, p: Tensor) -> None:
        master = self.high[name]
        if master.grad is None:
            master.grad = p.grad.float()
        else:
            master.grad += p.grad
        p.grad = None

    @torch.no_grad()
    def step(self, learning_rate: float) -> float:
        """Returns the gradient's norm before clipping."""
        for group in self.adam.param_groups:
            group["lr"] = learning_rate
        norm = torch.nn.utils.clip_grad_norm_(self.high.values(), CLIP)
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        for name, p in self.low.items():
            p.copy_(self.high[name])
        return float(norm)

    def state(self) -> dict:
        return {"weights": self.high, "adam": self.adam.state_dict()}

    @torch.no_grad()
    def restore(self, state: dict) -> None:
        for name, p in self.low.items():
            self.high[name].copy_(state["weights"][name])
            p.copy_(self.high[name])
        self.adam.load_state_dict(state["adam"])


def schedule(pools: dict[str, list[dict]], phase: Phase, seed: int) -> Iterator[tuple[str, list[dict]]]:
    """Steps without end: whole epochs of each pool, documents of like length together. It depends on
    the seed alone, so a resumed run skips to where it was."""

    def batches(name: str) -> Iterator[list[dict]]:
        rng = random.Random(f"{seed} {name}")
        while True:
            order = sorted(pools[name], key=lambda r: (rng.random(), r["id"]))
            for start in range(0, len(order), phase.documents * 8):
                part = sorted(order[start : start + phase.documents * 8], key=lambda r: len(r["text"]))
                groups = [part[i : i + phase.documents] for i in range(0, len(part), phase.documents)]
                rng.shuffle(groups)
                yield from groups

    rng, streams = random.Random(seed), {name: batches(name) for name in phase.mix}
    while True:
        name = rng.choices(list(phase.mix), list(phase.mix.values()))[0]
        yield name, next(streams[name])


@torch.no_grad()
def measure(model: Llama, prompt: Prompt, rows: list[dict], phase: Phase) -> dict[str, float]:
    """Negative log-likelihood a token of the annotated answers, and a character (which can be compared
    across tokenizers)."""
    sums: dict[str, list[float]] = {mode: [0.0, 0, 0] for mode in FIELDS}
    for row in rows:
        each, order = losses(model, prompt, [row], phase, [True])
        for part, (mode, count) in zip(each.split([n for _, n in order]), order, strict=True):
            total = sums[mode]
            total[0] += part.sum().item()
            total[1] += count
            total[2] += len(answers(row)[mode])
    out = {FIELDS[m]: round(total / max(1, tokens), 3) for m, (total, tokens, _) in sums.items()}
    return out | {f"{FIELDS[m]}_char": round(t / max(1, c), 4) for m, (t, _, c) in sums.items()}


@torch.no_grad()
def samples(model: Llama, prompt: Prompt, rows: list[dict], phase: Phase) -> list[str]:
    """Greedy answers to look at."""
    ids = [prompt.document(r["title"], r["text"], phase.source) for r in rows]
    at = model.embed.weight.device
    memory = model.read(padded(ids, prompt.end).to(at))
    lengths = torch.tensor([len(x) for x in ids], device=at)
    return [
        f"{mode} {h.mean:.2f}: {prompt.text(h.ids)}"
        for mode in FIELDS
        for h in beam(model, prompt, memory, lengths, mode, 1, LIMITS[mode])
    ]


def invented(data: Path, work: Path, settings: Teaching, seed: int) -> Path:
    """A random teacher of `settings.shape` with a small tokenizer of the data's own text (smoke)."""
    folder = work / "invented"
    if (folder / "model.safetensors").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    fast = Fast(models.BPE())
    fast.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    fast.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    rows = examples.rows(data / "annotated-train.jsonl.zst")[: settings.rows]
    fast.train_from_iterator((r["text"] for r in rows), trainer)
    fast.save(str(folder / "tokenizer.json"))
    torch.manual_seed(seed)
    Llama(replace(settings.shape, vocabulary=fast.get_vocab_size())).save(folder)
    return folder


def teach(settings: Teaching, data: Path, work: Path, seed: int, minutes: float | None = None) -> Path:
    """Runs or resumes the stage; returns `work/teacher`, a folder that `open_teacher` and transformers
    read. Stops after `minutes` or when `work/teacher.stop` appears; a later call goes on."""
    phase, folder, state_path = settings.phase, work / NAME, work / f"{NAME}.state.pt"
    base = invented(data, work, settings, seed) if settings.shape else smollm.base(work)
    at = device()
    dtype = torch.bfloat16 if at.type == "cuda" or fast_bf16() else torch.float32
    model, prompt = Llama.load(base, dtype).to(at), Prompt(base / "tokenizer.json")
    masters = Masters(model, phase.frozen)
    step, seen, spent = 0, {"documents": 0, "tokens": 0}, 0.0
    if state_path.exists():
        saved = torch.load(state_path, weights_only=True, map_location=at)
        masters.restore(saved)
        step, seen, spent = saved["step"], saved["seen"], saved["spent"]
        del saved
    pools = {
        "annotated": examples.rows(data / "annotated-train.jsonl.zst", lambda r: r["suitable"]),
        "clean": examples.rows(data / "clean.jsonl.zst") if phase.mix.get("clean") else [],
    }
    pools = {name: rows[: settings.rows] for name, rows in pools.items() if name in phase.mix}
    dev = evaluate.suitable(data, "dev", settings.evaluate_documents)
    steps = islice(schedule(pools, phase, seed), step, None)
    log = open(work / f"{NAME}.log.jsonl", "a", buffering=1)  # noqa: SIM115
    begun = saved_at = time.monotonic()
    running: dict[str, list[float]] = {}

    def elapsed() -> float:
        return spent + time.monotonic() - begun

    def report(**values) -> None:
        line = {"stage": NAME, "step": step, **seen, "seconds": round(elapsed())}
        log.write(json.dumps({**line, **values}, ensure_ascii=False) + "\n")

    def look() -> None:
        few = samples(model, prompt, dev[:3], phase)
        report(dev=measure(model, prompt, dev, phase), samples=few)
        print(f"step {step}", *few, sep="\n  ", flush=True)

    def save() -> None:
        model.save(folder)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            if (base / name).exists():
                shutil.copy(base / name, folder / name)
        part = state_path.with_suffix(".part")
        torch.save({**masters.state(), "step": step, "seen": seen, "spent": elapsed()}, part)
        part.rename(state_path)

    report(begun=base.name, dtype=str(dtype))
    if step == 0:
        look()
    while step < phase.steps:
        _, rows = next(steps)
        rng = random.Random(f"{seed} {step}")
        titled = [rng.random() >= examples.TITLE_DROPPED for _ in rows]
        total = sum(len(prompt.answer(x)[: phase.target]) for r in rows for x in answers(r).values())
        for start in range(0, len(rows), settings.micro):
            part = slice(start, start + settings.micro)
            each, order = losses(model, prompt, rows[part], phase, titled[part], phase.frozen)
            (each.sum() / total).backward()
            for (mode, count), loss in zip(order, each.detach().split([n for _, n in order]), strict=True):
                running.setdefault(mode, []).append(loss.sum().item() / count)
                seen["tokens"] += count
        norm = masters.step(phase.rate * rate(step, phase))
        step += 1
        seen["documents"] += len(rows)
        if step % 5 == 0:
            means = {mode: round(sum(v) / len(v), 3) for mode, v in running.items()}
            report(loss=means, norm=round(norm, 2))
            running = {}
        if step % settings.evaluate_every == 0 or step == phase.steps:
            look()
        now = time.monotonic()
        over = minutes is not None and now - begun > minutes * 60
        stop = over or (work / f"{NAME}.stop").exists()
        if now - saved_at > CHECKPOINT_SECONDS or stop or step == phase.steps:
            save()
            saved_at = now
        if stop:
            break
    return folder
