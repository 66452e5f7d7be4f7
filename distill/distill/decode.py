"""Greedy and beam decoding, the reference for `model/core/beam.ts`."""

import math
from dataclasses import dataclass, field

import torch

from distill.decoder import Memory
from distill.student import Student
from distill.tokens import EOS, FIRST_PIECE, NEWLINE


@dataclass
class Hypothesis:
    """Ids without eos, the log-probability of each (eos last when finished)."""

    ids: list[int] = field(default_factory=list)
    log_probs: list[float] = field(default_factory=list)
    finished: bool = False

    def score(self, penalty: float) -> float:
        """Sum of log-probabilities over length^penalty (Wu et al. 2016, simplified as in Marian)."""
        return sum(self.log_probs) / max(1, len(self.log_probs)) ** penalty

    @property
    def mean(self) -> float:
        return sum(self.log_probs) / max(1, len(self.log_probs))


def repeats(ids: list[int], candidate: int, n: int) -> bool:
    """Whether adding `candidate` would write an n-gram a second time."""
    if n <= 0 or len(ids) < n:
        return False
    gram = [*ids[len(ids) - n + 1 :], candidate]
    return any(ids[i : i + n] == gram for i in range(len(ids) - n + 1))


def _recent(ids: list[int], mode: int) -> list[int]:
    written = [mode, *ids][::-1][:3]
    return written + [-1] * (3 - len(written))


@torch.no_grad()
def greedy(model: Student, ids: torch.Tensor, mask: torch.Tensor, mode: int, limit: int) -> list[Hypothesis]:
    """ids, mask: B×S; one hypothesis a document, decoded side by side."""
    memory = model.encode(ids, mask)
    rows = [Hypothesis() for _ in range(len(ids))]
    state = model.decoder.begin(len(ids))
    for _ in range(limit):
        recent = torch.tensor([_recent(r.ids, mode) for r in rows], device=ids.device)
        log_probs, *_, state = model.step(recent, state, memory)
        values, best = log_probs.max(-1)
        for row, value, token in zip(rows, values.tolist(), best.tolist(), strict=True):
            if row.finished:
                continue
            row.log_probs.append(value)
            if token == EOS:
                row.finished = True
            else:
                row.ids.append(token)
        if all(r.finished for r in rows):
            break
    return rows


def beam_search(
    step, state, mode: int, width: int, limit: int, penalty: float, block: int, shortest: int
) -> list[Hypothesis]:
    """Beam search over any step function, as `docs/bundle.md` defines it; best first.

    step: (recent ids of N hypotheses, state N×…) -> candidates' log-probabilities N×K and ids N×K
    (likeliest first), next state N×…. Unfinished hypotheses are returned only when none ended.
    """
    live, done = [Hypothesis()], []
    for _ in range(limit):
        values, tokens, state = step([_recent(h.ids, mode) for h in live], state)
        options = []
        for row, hypothesis in enumerate(live):
            for value, token in zip(values[row].tolist(), tokens[row].tolist(), strict=True):
                if token < FIRST_PIECE and token not in (EOS, NEWLINE):
                    continue
                if token == EOS and len(hypothesis.ids) < shortest:
                    continue
                if token != EOS and repeats(hypothesis.ids, token, block):
                    continue
                options.append((sum(hypothesis.log_probs) + value, row, value, token))
        options.sort(key=lambda o: (-o[0], o[1], o[3]))
        following, rows = [], []
        for _total, row, value, token in options[: 1 if width == 1 else 2 * width]:
            new = Hypothesis([*live[row].ids], [*live[row].log_probs, value], token == EOS)
            if new.finished:
                done.append(new)
            elif len(following) < width:
                new.ids.append(token)
                following.append(new)
                rows.append(row)
        bound = max((sum(h.log_probs) / limit**penalty for h in following), default=-math.inf)
        if done and bound <= max(h.score(penalty) for h in done):
            break
        if not following:
            break
        live, state = following, state[rows]
    return sorted(done or live, key=lambda h: -h.score(penalty))[:width]


@torch.no_grad()
def beam(model: Student, ids: torch.Tensor, mode: int, top: int = 16, **how) -> list[Hypothesis]:
    """ids: 1×S, one document; `how` as for `beam_search`."""
    one = model.encode(ids, torch.ones(ids.shape, device=ids.device))

    def step(recent: list[list[int]], state: torch.Tensor):
        memory: Memory = one.rows(torch.zeros(len(recent), dtype=torch.long, device=ids.device))
        log_probs, *_, state = model.step(torch.tensor(recent, device=ids.device), state, memory)
        return *log_probs.topk(top, -1), state

    return beam_search(step, model.decoder.begin(1), mode, **how)
