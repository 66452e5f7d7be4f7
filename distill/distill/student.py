"""The student: Transformer encoder, SSRU decoder, copy head; its likelihoods and its file."""

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from distill.decoder import Decoder, Memory
from distill.encoder import Encoder
from distill.likelihood import vocabulary_likelihood


@dataclass
class Shape:
    """Sizes; the defaults are MiniLM's width with a two-layer decoder. copy 0: no copy head; decoder:
    `ssru`, or `transformer` for comparison and as a teacher (the bundle knows `ssru` with copy only)."""

    vocabulary: int = 16000
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    limit: int = 512
    decoder_layers: int = 2
    state: int = 768
    copy: int = 128
    decoder: str = "ssru"


@dataclass
class Batch:
    """ids, mask: B×S; owner: R; recent: R×T×3 (newest first); targets: R×T, -100 where no loss.
    rows: the B documents' titles and texts where a teacher of another kind is to read them. hidden:
    the encoder's output B×S×width where it is known already (`cached`)."""

    ids: Tensor
    mask: Tensor
    owner: Tensor
    recent: Tensor
    targets: Tensor
    rows: list[dict] | None = None
    hidden: Tensor | None = None

    def to(self, device) -> "Batch":
        tensors = (self.ids, self.mask, self.owner, self.recent, self.targets)
        hidden = None if self.hidden is None else self.hidden.to(device)
        return Batch(*(t.to(device) for t in tensors), self.rows, hidden)


class Student(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        s = self.shape = shape
        self.encoder = Encoder(s.vocabulary, s.width, s.heads, s.inner, s.layers, s.limit)
        self.decoder = Decoder(
            self.encoder.embed, s.width, s.state, s.heads, s.inner, s.decoder_layers, s.copy, s.decoder
        )

    @property
    def device(self) -> torch.device:
        return self.encoder.embed.weight.device

    def encode(self, ids: Tensor, mask: Tensor, frozen: int = 0) -> Memory:
        return self.decoder.memory(self.encoder(ids, mask, frozen), ids, mask)

    def _written(self, batch: Batch, frozen: int):
        """Decoder states R×T×width and the memory of each target row."""
        if batch.hidden is None:
            memory = self.encode(batch.ids, batch.mask, frozen)
        else:
            memory = self.decoder.memory(batch.hidden, batch.ids, batch.mask)
        memory = memory.rows(batch.owner)
        return self.decoder(batch.recent, memory), memory

    def likelihood(self, batch: Batch, frozen: int = 0) -> Tensor:
        """log p(target) for each position, R×T, 0 where there is no target."""
        x, memory = self._written(batch, frozen)
        valid, d = batch.targets >= 0, self.decoder
        generated = torch.zeros(valid.shape, device=x.device)
        generated[valid] = vocabulary_likelihood(
            d.vocabulary(x[valid]), d.embed.weight, d.bias + d.allowed, batch.targets[valid]
        )
        if not d.copies:
            return generated
        attention, gate = d.copy(x, batch.recent, memory)
        hit = (memory.ids[:, None, :] == batch.targets[..., None]) & (memory.mask[:, None, :] > 0)
        copied = (attention * hit).sum(-1)
        mixed = torch.logaddexp(
            nn.functional.logsigmoid(-gate) + generated,
            nn.functional.logsigmoid(gate) + torch.log(copied + 1e-9),
        )
        return mixed * valid

    def distribution(self, batch: Batch, frozen: int = 0) -> Tensor:
        """The whole mixture, log-probabilities N×V of the N positions that have a target."""
        x, memory = self._written(batch, frozen)
        valid = batch.targets >= 0
        attention = gate = None
        if self.decoder.copies:
            attention, gate = (a[valid] for a in self.decoder.copy(x, batch.recent, memory))
        spread = lambda t: t[:, None].expand(-1, valid.shape[1], -1)[valid]  # noqa: E731
        return self._mixture(x[valid], attention, gate, spread(memory.ids), spread(memory.mask))

    def forward(self, batch: Batch, frozen: int = 0, whole: bool = False) -> Tensor:
        """`distribution` when `whole`, else `likelihood`; what DistributedDataParallel wraps."""
        return self.distribution(batch, frozen) if whole else self.likelihood(batch, frozen)

    def _mixture(self, x: Tensor, attention, gate, ids: Tensor, mask: Tensor) -> Tensor:
        """x: N×width; attention, ids, mask: N×S; gate: N; returns log-probabilities N×V."""
        d = self.decoder
        logits = (d.vocabulary(x) @ d.embed.weight.T.to(x.dtype)).float() + d.bias + d.allowed
        if not d.copies:
            return torch.log_softmax(logits, -1)
        share = torch.sigmoid(gate)[:, None]
        p = torch.softmax(logits, -1) * (1 - share)
        return torch.log(p.scatter_add(1, ids, attention * share * (mask > 0)) + 1e-9)

    def step(self, recent: Tensor, state: Tensor, memory: Memory):
        """One decoding step for R rows: mixture log-probabilities R×V, copy R×S, gate R, state."""
        d = self.decoder
        x, state = d.step(recent, state, memory)
        if not d.copies:
            return self._mixture(x, None, None, memory.ids, memory.mask), None, None, state
        attention, gate = d.copy(x[:, None], recent[:, None], memory)
        attention, gate = attention[:, 0], gate[:, 0]
        log_probs = self._mixture(x, attention, gate, memory.ids, memory.mask)
        return log_probs, attention, torch.sigmoid(gate), state

    def grafted(self, **sizes) -> "Student":
        """A student of other sizes with the tensors that fit; the rest begins anew."""
        made = Student(replace(self.shape, **sizes))
        state = made.state_dict()
        same = {k: v for k, v in self.state_dict().items() if k in state and state[k].shape == v.shape}
        made.load_state_dict(state | same)
        return made

    def save(self, path: Path, dtype=torch.float32) -> None:
        """Safetensors; the shape travels in the metadata. The tied table is stored once."""
        tensors = {k: v.detach().to(dtype).contiguous() for k, v in self.state_dict().items()}
        del tensors["decoder.embed.weight"]
        part = path.with_name(path.name + ".part")
        save_file(tensors, part, metadata={k: str(v) for k, v in asdict(self.shape).items()})
        part.rename(path)

    @staticmethod
    def load(path: Path) -> "Student":
        with safe_open(path, "pt") as file:
            kinds = {f.name: f.type for f in fields(Shape)}
            shape = Shape(**{k: kinds[k](v) for k, v in file.metadata().items()})
            tensors = {k: file.get_tensor(k).float() for k in file.keys()}  # noqa: SIM118
        model = Student(shape)
        tensors["decoder.embed.weight"] = tensors["encoder.embed.weight"]
        model.load_state_dict(tensors)
        return model
