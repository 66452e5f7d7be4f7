"""Distillation's two ways (Kim & Rush 2016): word-level where teacher and student spell alike,
sequence-level (the teacher's sentences as targets, `label`) where they don't."""

import torch
from torch import Tensor

from distill.teachers import Teacher
from distill.tokens import Tokenizer


def way(teacher: Teacher, tokenizer: Tokenizer) -> str:
    """`word` when both have the same pieces under the same ids, else `sequence`."""
    ours = [tokenizer.pieces.id_to_piece(i) for i in range(len(tokenizer))]
    return "word" if teacher.pieces == ours else "sequence"


def divergence(student: Tensor, teacher: Tensor, valid: Tensor, temperature: float = 1.0) -> Tensor:
    """Mean KL(teacher || student) a valid position, times temperature² (Hinton et al. 2015).

    student, teacher: R×T×V log-probabilities (the student's mixed with its copies); valid: R×T.
    """
    if temperature != 1.0:
        student = torch.log_softmax(student / temperature, -1)
        teacher = torch.log_softmax(teacher / temperature, -1)
    each = (teacher.exp() * (teacher - student)).sum(-1)
    return (each * valid).sum() / valid.sum().clamp(min=1) * temperature**2
