"""The two graphs of a bundle as modules to export (`docs/bundle.md` names their inputs and outputs)."""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from distill.attention import attend
from distill.student import Student
from distill.tokens import FIRST_PIECE

NONE = -1e9


class Table(nn.Module):
    """The embedding table in int8 with a scale a row: rows are looked up, never multiplied, and one
    scale for the whole table would drown the small ones."""

    def __init__(self, embed: nn.Embedding):
        super().__init__()
        weight = embed.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class EncoderGraph(nn.Module):
    """ids, mask -> keys, values, copy_keys, pooled: everything the decoder reads, computed once."""

    def __init__(self, student: Student):
        super().__init__()
        self.encoder, self.decoder = copy.copy(student.encoder), student.decoder
        self.encoder._modules = {**student.encoder._modules, "embed": Table(student.encoder.embed)}

    def forward(self, ids: Tensor, mask: Tensor):
        e, d = self.encoder, self.decoder
        hidden = e(ids, mask)
        memory = d.memory(hidden, ids, mask)
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        keys = torch.stack([k.transpose(-1, -2) for k in memory.keys], 1)
        return keys, torch.stack(memory.values, 1), memory.copy_keys.transpose(1, 2), pooled


class DecoderGraph(nn.Module):
    """One step for N hypotheses of each of B documents; hypotheses are rows of the query, so that a
    document's memory is never copied."""

    def __init__(self, student: Student, top: int):
        super().__init__()
        self.d, self.top = copy.copy(student.decoder), top
        self.d._modules = {**student.decoder._modules, "embed": Table(student.decoder.embed)}
        # A constant of its own: quantised by column for the product, not shared with the lookup.
        self.output = nn.Parameter(student.decoder.embed.weight.detach().T.contiguous())
        self.bias = nn.Parameter((student.decoder.bias + student.decoder.allowed).detach())

    def attend(self, layer, x: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        b, n, d = x.shape
        q = layer.query(x).view(b, n, layer.heads, d // layer.heads).transpose(1, 2)
        a = attend(q, key.transpose(-1, -2), value, bias)
        return layer.out(a.transpose(1, 2).reshape(b, n, d))

    def copy_attention(self, x: Tensor, recent: Tensor, copy_keys: Tensor, ids: Tensor, mask: Tensor):
        d = self.d
        logits = (d.copy_query(x) @ copy_keys) * d.copy_query.out_features**-0.5
        bonus, match = d.continuation(x), None
        for n in range(3):
            shifted = F.pad(ids, (n + 1, 0), value=-2)[:, : ids.shape[1]]
            same = (shifted[:, None, :] == recent[:, :, n, None]).to(x.dtype)
            match = same if match is None else match * same
            logits = logits + bonus[..., n, None] * match
        copyable = (ids >= FIRST_PIECE).to(x.dtype) * mask
        attention = torch.softmax(logits + ((1 - copyable) * NONE)[:, None, :], -1)
        context = attention @ copy_keys.transpose(1, 2)
        certain = attention.amax(-1, keepdim=True)
        gate = torch.sigmoid(d.gate(torch.cat([x, context, certain], -1)))
        return attention, gate

    def forward(self, recent, state, keys, values, copy_keys, ids, mask):
        d = self.d
        bias = (1 - mask)[:, None, None, :] * NONE
        x, states = d.inputs(recent), []
        for n, layer in enumerate(d.layers):
            recurrent, c = layer.ssru.step(x, state[:, :, n])
            states.append(c)
            x = layer.norm1(x + recurrent)
            x = layer.norm2(x + self.attend(layer, x, keys[:, n], values[:, n], bias))
            x = layer.norm3(x + layer.down(F.gelu(layer.up(x))))
        attention, gate = self.copy_attention(x, recent, copy_keys, ids, mask)
        p = torch.softmax(d.vocabulary(x) @ self.output + self.bias, -1) * (1 - gate)
        where = ids[:, None, :].expand(-1, x.shape[1], -1)
        p = p.scatter_add(2, where, attention * gate)
        best, tokens = torch.topk(p, self.top, -1)
        log_probs = torch.log(best + 1e-9)
        rest = (1 - best.sum(-1)).clamp(min=1e-9)
        entropy = -(best * log_probs).sum(-1) - rest * torch.log(rest)
        return log_probs, tokens, attention, gate.squeeze(-1), entropy, torch.stack(states, 2)
