"""Causal self-attention in the place of the SSRU: the Transformer decoder of the comparison and of a
teacher on the student's own encoder. Rotary positions (Su et al. 2021), so a step needs no length limit."""

import torch
from torch import Tensor, nn

from distill.attention import attend


def rotate(x: Tensor, first: int) -> Tensor:
    """x: …×T×dh, dh even; position t turns pair i by (first + t) / 10000^(2i/dh)."""
    half = x.shape[-1] // 2
    at = torch.arange(first, first + x.shape[-2], device=x.device)[:, None]
    angle = at / 10000 ** (torch.arange(half, device=x.device) / half)
    a, b = x.float().split(half, -1)
    return torch.cat([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], -1).to(x.dtype)


class CausalAttention(nn.Module):
    """width -> width; its state is the keys and values of all pieces so far, R×t×2·width."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def _split(self, x: Tensor) -> tuple[Tensor, ...]:
        """R×T×(n·width) -> n of R×H×T×dh."""
        r, t, d = x.shape
        width = self.out.in_features
        parts = x.view(r, t, d // width, self.heads, width // self.heads)
        return parts.permute(2, 0, 3, 1, 4).unbind(0)

    def _join(self, x: Tensor) -> Tensor:
        return x.transpose(1, 2).flatten(2)

    def forward(self, x: Tensor) -> Tensor:
        """x: R×T×width, the whole sequence at once."""
        q, k, v = self._split(self.qkv(x))
        bias = torch.full((x.shape[1],) * 2, -1e9, device=x.device).triu(1)
        return self.out(self._join(attend(rotate(q, 0), rotate(k, 0), v, bias)))

    def step(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """One piece: x R×width, state R×t×2·width; returns output and next state."""
        t = state.shape[1]
        q, k, v = self._split(self.qkv(x)[:, None])
        new = torch.cat([self._join(rotate(k, t)), self._join(v)], -1)
        state = torch.cat([state, new.to(state.dtype)], 1)
        keys, values = self._split(state)
        bias = torch.zeros(1, device=x.device)
        mixed = attend(rotate(q, t), keys.to(q.dtype), values.to(q.dtype), bias)
        return self.out(self._join(mixed))[:, 0], state
