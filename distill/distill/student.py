"""The student: Transformer encoder, SSRU decoder, copy head; its loss and its starting weights."""

from dataclasses import asdict, dataclass
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
    """Sizes; the defaults are MiniLM's width with a two-layer decoder."""

    vocabulary: int = 16000
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    limit: int = 512
    decoder_layers: int = 2
    state: int = 768
    copy: int = 128


@dataclass
class Batch:
    """ids, mask: B×S; owner: R; recent: R×T×3 (newest first); targets: R×T, -100 where no loss."""

    ids: Tensor
    mask: Tensor
    owner: Tensor
    recent: Tensor
    targets: Tensor


class Student(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        s = self.shape = shape
        self.encoder = Encoder(s.vocabulary, s.width, s.heads, s.inner, s.layers, s.limit)
        self.decoder = Decoder(
            self.encoder.embed, s.width, s.state, s.heads, s.inner, s.decoder_layers, s.copy
        )

    def encode(self, ids: Tensor, mask: Tensor, frozen: int = 0) -> Memory:
        return self.decoder.memory(self.encoder(ids, mask, frozen), ids, mask)

    def likelihood(self, batch: Batch, frozen: int = 0) -> Tensor:
        """log p(target) for each position, R×T, 0 where there is no target."""
        memory = self.encode(batch.ids, batch.mask, frozen).rows(batch.owner)
        x = self.decoder(batch.recent, memory)
        attention, gate = self.decoder.copy(x, batch.recent, memory)
        valid = batch.targets >= 0
        generated = torch.zeros_like(gate)
        d = self.decoder
        generated[valid] = vocabulary_likelihood(
            d.vocabulary(x[valid]), d.embed.weight, d.bias + d.allowed, batch.targets[valid]
        )
        hit = (memory.ids[:, None, :] == batch.targets[..., None]) & (memory.mask[:, None, :] > 0)
        copied = (attention * hit).sum(-1)
        mixed = torch.logaddexp(
            nn.functional.logsigmoid(-gate) + generated,
            nn.functional.logsigmoid(gate) + torch.log(copied + 1e-9),
        )
        return mixed * valid

    def step(self, recent: Tensor, state: Tensor, memory: Memory):
        """One decoding step for R rows: mixture log-probabilities R×V, copy R×S, gate R, state."""
        d = self.decoder
        x, state = d.step(recent, state, memory)
        attention, gate = d.copy(x[:, None], recent[:, None], memory)
        attention, gate = attention[:, 0], gate[:, 0]
        logits = d.vocabulary(x) @ d.embed.weight.T + d.bias + d.allowed
        share = torch.sigmoid(gate)[:, None]
        p = torch.softmax(logits.float(), -1) * (1 - share)
        p = p.scatter_add(1, memory.ids, attention * share * (memory.mask > 0))
        return torch.log(p + 1e-9), attention, share[:, 0], state

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
            shape = Shape(**{k: int(v) for k, v in file.metadata().items()})
            tensors = {k: file.get_tensor(k).float() for k in file.keys()}  # noqa: SIM118
        model = Student(shape)
        tensors["decoder.embed.weight"] = tensors["encoder.embed.weight"]
        model.load_state_dict(tensors)
        return model
