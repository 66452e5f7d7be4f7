"""The student's decoder: SSRU layers with cross-attention, a tied softmax mixed with a copy
distribution over the source (See et al. 2017, "Get To The Point"), and a continuation bonus."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from distill.attention import attend
from distill.causal import CausalAttention
from distill.ssru import SSRU
from distill.tokens import EOS, FIRST_PIECE, NEWLINE


class Memory:
    """What the decoder sees of a document, computed once by the encoder.

    keys, values: for each layer B×H×S×dh; copy_keys: B×S×copy; ids, mask: B×S.
    """

    def __init__(self, keys, values, copy_keys: Tensor, ids: Tensor, mask: Tensor):
        self.keys, self.values, self.copy_keys, self.ids, self.mask = (
            keys,
            values,
            copy_keys,
            ids,
            mask,
        )

    def rows(self, owner: Tensor) -> "Memory":
        """One row a target: `owner[r]` is the document of target row r."""
        pick = lambda x: x.index_select(0, owner)  # noqa: E731
        return Memory(
            [pick(k) for k in self.keys],
            [pick(v) for v in self.values],
            pick(self.copy_keys),
            pick(self.ids),
            pick(self.mask),
        )


class DecoderLayer(nn.Module):
    """kind: what carries the past, `ssru` or `transformer`."""

    def __init__(self, width: int, state: int, heads: int, inner: int, kind: str = "ssru"):
        super().__init__()
        self.heads = heads
        if kind == "ssru":
            self.ssru = SSRU(width, state)
        else:
            self.causal = CausalAttention(width, heads)
        self.norm1 = nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm3 = nn.LayerNorm(width)

    @property
    def past(self) -> SSRU | CausalAttention:
        return self.ssru if hasattr(self, "ssru") else self.causal

    def attend(self, x: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        """x: R×T×width; key, value: R×H×S×dh; bias: R×1×1×S."""
        r, t, d = x.shape
        q = self.query(x).view(r, t, self.heads, d // self.heads).transpose(1, 2)
        a = attend(q, key.to(q.dtype), value.to(q.dtype), bias)
        return self.out(a.transpose(1, 2).reshape(r, t, d))

    def rest(self, x: Tensor, recurrent: Tensor, key, value, bias) -> Tensor:
        x = self.norm1(x + recurrent)
        x = self.norm2(x + self.attend(x, key, value, bias))
        return self.norm3(x + self.down(F.gelu(self.up(x))))


class Decoder(nn.Module):
    """`embed` is the encoder's table, tied three ways: source, target input, output. copy: width of
    the copy head, 0 for none. kind: of its layers."""

    def __init__(self, embed: nn.Embedding, width, state, heads, inner, layers, copy, kind="ssru"):
        super().__init__()
        self.embed, self.heads, self.state, self.kind = embed, heads, state, kind
        self.before = nn.ModuleList(nn.Linear(width, width, bias=False) for _ in range(2))
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(DecoderLayer(width, state, heads, inner, kind) for _ in range(layers))
        self.keys = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.values = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.head = nn.Linear(width, width)
        self.head_norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(embed.num_embeddings))
        self.copies = copy > 0
        if self.copies:
            self.copy_query = nn.Linear(width, copy)
            self.copy_key = nn.Linear(width, copy)
            self.continuation = nn.Linear(width, 3)
            self.gate = nn.Linear(width + copy + 1, 1)
            nn.init.zeros_(self.continuation.weight)
            nn.init.constant_(self.continuation.bias, 1.0)
        for linear in self.before:
            nn.init.normal_(linear.weight, std=0.02)
        allowed = torch.zeros(embed.num_embeddings)
        allowed[:FIRST_PIECE] = -1e9
        allowed[[EOS, NEWLINE]] = 0
        self.register_buffer("allowed", allowed, persistent=False)

    def memory(self, hidden: Tensor, ids: Tensor, mask: Tensor) -> Memory:
        b, s, d = hidden.shape
        split = lambda x: x.view(b, s, self.heads, d // self.heads).transpose(1, 2)  # noqa: E731
        return Memory(
            [split(k(hidden)) for k in self.keys],
            [split(v(hidden)) for v in self.values],
            self.copy_key(hidden) if self.copies else hidden[..., :0],
            ids,
            mask,
        )

    def inputs(self, recent: Tensor) -> Tensor:
        """recent: …×3 ids, newest first, -1 for none. The two pieces before the newest come in
        through a small matrix each: a linear recurrence alone blurs word order."""
        e = self.embed(recent.clamp(min=0)) * (recent >= 0).unsqueeze(-1)
        one, two = self.before
        return self.norm(e[..., 0, :] + one(e[..., 1, :]) + two(e[..., 2, :]))

    def forward(self, recent: Tensor, memory: Memory) -> Tensor:
        """recent: R×T×3; returns the last hidden states R×T×width (teacher forcing)."""
        bias = (1 - memory.mask)[:, None, None, :] * -1e9
        x = self.inputs(recent)
        for layer, key, value in zip(self.layers, memory.keys, memory.values, strict=True):
            x = layer.rest(x, layer.past(x), key, value, bias)
        return x

    def begin(self, rows: int) -> Tensor:
        """The state before the first piece: R×L×state, or for a Transformer R×L×0×2·width (it grows)."""
        layers, width = len(self.layers), self.embed.embedding_dim
        sizes = (self.state,) if self.kind == "ssru" else (0, 2 * width)
        return torch.zeros(rows, layers, *sizes, device=self.embed.weight.device)

    def step(self, recent: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """recent: R×3; state: as `begin`; returns hidden R×width and the next state."""
        bias = (1 - memory.mask)[:, None, None, :] * -1e9
        x, states = self.inputs(recent), []
        for n, layer in enumerate(self.layers):
            recurrent, c = layer.past.step(x, state[:, n])
            states.append(c)
            x = layer.rest(x[:, None], recurrent[:, None], memory.keys[n], memory.values[n], bias).squeeze(1)
        return x, torch.stack(states, 1)

    def vocabulary(self, x: Tensor) -> Tensor:
        """The vector whose products with the embedding table are the vocabulary logits."""
        return self.head_norm(F.gelu(self.head(x)))

    def copy(self, x: Tensor, recent: Tensor, memory: Memory):
        """Copy attention R×T×S and mixture logit R×T.

        A source position gets a learned bonus where the pieces before it equal the last one, two,
        three pieces written: copying goes on where it was (cures "Conceptpt").
        """
        logits = (self.copy_query(x) @ memory.copy_keys.transpose(1, 2).to(x.dtype)).float()
        logits = logits * self.copy_query.out_features**-0.5
        bonus = self.continuation(x).float()
        match = None
        for n in range(3):
            shifted = F.pad(memory.ids, (n + 1, 0), value=-2)[:, : memory.ids.shape[1]]
            same = shifted[:, None, :] == recent[:, :, n, None]
            match = same if match is None else match & same
            logits = logits + bonus[..., n, None] * match
        copyable = (memory.ids >= FIRST_PIECE) & (memory.mask > 0)
        logits = logits.masked_fill(~copyable[:, None, :], -1e9)
        attention = torch.softmax(logits, -1)
        context = attention.to(x.dtype) @ memory.copy_keys.to(x.dtype)
        certain = attention.amax(-1, keepdim=True).to(x.dtype)
        return attention, self.gate(torch.cat([x, context, certain], -1)).squeeze(-1).float()
