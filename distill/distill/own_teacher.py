"""A teacher of the student's own make (another checkpoint, a Transformer decoder on the same encoder):
it has the student's pieces, so the student can learn from its whole distribution."""

import hashlib
from pathlib import Path

import torch
from torch import Tensor

from distill import examples
from distill.decode import beam, greedy
from distill.gap import Example
from distill.processes import device
from distill.student import Student
from distill.teachers import BLOCK, LIMITS, PENALTY, SHORTEST, Output, Teacher
from distill.tokens import MODES, Tokenizer


class StudentTeacher(Teacher):
    """path: `STAGE.safetensors`; the tokenizer lies beside it."""

    def __init__(self, path: Path, source: int, beam: int = 1):
        self.tokenizer = Tokenizer(path.parent / "tokenizer.model")
        self.name = f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
        self.model = Student.load(path).to(device()).eval()
        self.source, self.beam = min(source, self.model.shape.limit), beam
        self.pieces = [self.tokenizer.pieces.id_to_piece(i) for i in range(len(self.tokenizer))]

    def _ids(self, document: dict) -> list[int]:
        return self.tokenizer.document(document.get("title"), document["text"], self.source)

    def seen(self, document: dict) -> str:
        return self.tokenizer.decode(self._ids(document))

    def generate(self, documents: list[dict], mode: str) -> list[Output]:
        if self.beam == 1:
            batch = examples.collate([Example(self._ids(d), [(MODES[mode], [0])]) for d in documents])
            batch = batch.to(self.model.device)
            best = greedy(self.model, batch.ids, batch.mask, MODES[mode], LIMITS[mode])
        else:
            how = {"width": self.beam, "limit": LIMITS[mode], "penalty": PENALTY}
            how |= {"block": BLOCK, "shortest": SHORTEST}
            ids = [torch.tensor([self._ids(d)], device=self.model.device) for d in documents]
            best = [beam(self.model, one, MODES[mode], **how)[0] for one in ids]
        return [Output(self.tokenizer.decode(h.ids), h.mean, h.finished) for h in best]

    @torch.no_grad()
    def logits(self, documents: list[dict], mode: str, targets: list[list[int]]) -> list[Tensor]:
        pairs = zip(documents, targets, strict=True)
        batch = examples.collate([Example(self._ids(d), [(MODES[mode], ids)]) for d, ids in pairs])
        whole = self.model.distribution(batch.to(self.model.device))
        return list(whole.split([len(ids) + 1 for ids in targets]))
