"""Distillation's two ways (Kim & Rush 2016): word-level where teacher and student spell alike,
sequence-level (the teacher's sentences as targets, `label`) where they don't."""

import torch
from torch import Tensor

from distill.student import Batch
from distill.teachers import Teacher
from distill.tokens import MODES, Tokenizer


def way(teacher: Teacher, tokenizer: Tokenizer) -> str:
    """`word` when both have the same pieces under the same ids, else `sequence`."""
    ours = [tokenizer.pieces.id_to_piece(i) for i in range(len(tokenizer))]
    return "word" if teacher.pieces == ours else "sequence"


def opinions(teacher: Teacher, batch: Batch) -> Tensor:
    """The teacher's log-probabilities N×V at the batch's N target positions, in their order."""
    names = {n: name for name, n in MODES.items()}
    rows: dict[str, list[int]] = {}
    for r, mode in enumerate(batch.recent[:, 0, 0].tolist()):
        rows.setdefault(names[mode], []).append(r)
    found: dict[int, Tensor] = {}
    for mode, members in rows.items():
        documents = [batch.rows[batch.owner[r]] for r in members]
        targets = [batch.targets[r][batch.targets[r] >= 0][:-1].tolist() for r in members]
        found |= dict(zip(members, teacher.logits(documents, mode, targets), strict=True))
    return torch.cat([found[r] for r in range(len(batch.owner))]).to(batch.ids.device)


def divergence(student: Tensor, teacher: Tensor, valid: Tensor, temperature: float = 1.0) -> Tensor:
    """Mean KL(teacher || student) a valid position, times temperature² (Hinton et al. 2015).

    student, teacher: …×V log-probabilities (the student's mixed with its copies); valid: …, the
    weights of the positions, 0 where there is no target.
    """
    if temperature != 1.0:
        student = torch.log_softmax(student / temperature, -1)
        teacher = torch.log_softmax(teacher / temperature, -1)
    each = (teacher.exp() * (teacher - student)).sum(-1)
    return (each * valid).sum() / valid.sum().clamp(min=1e-6) * temperature**2
