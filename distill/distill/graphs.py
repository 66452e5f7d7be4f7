"""The two graphs of a bundle as modules to export (`docs/bundle.md` names their inputs and outputs)."""

import copy

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from distill.attention import attend
from distill.blocks import Blocks
from distill.student import Student
from distill.tokens import FIRST_PIECE

NONE = -1e9


class Table(nn.Module):
    """The embedding table in half the bytes: its rows start everything, eight bits would show."""

    def __init__(self, embed: nn.Embedding):
        super().__init__()
        self.register_buffer("rows", embed.weight.detach().half())

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float()


class Lookup(nn.Module):
    """Rows of the packed output weights: the decoder holds its table once."""

    def __init__(self, output: Blocks):
        super().__init__()
        self.output = output

    def forward(self, ids: Tensor) -> Tensor:
        return self.output.lookup(ids)


class _Attention(torch.autograd.Function):
    """Attention of B×S×width over itself; in ONNX one operator, which is a quarter faster."""

    @staticmethod
    def forward(ctx, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, heads: int) -> Tensor:
        b, s, d = q.shape
        q, k, v = (x.view(b, s, heads, d // heads).transpose(1, 2) for x in (q, k, v))
        bias = (1 - mask.float())[:, None, None, :] * NONE
        return attend(q, k, v, bias).transpose(1, 2).reshape(b, s, d)

    @staticmethod
    def symbolic(g, q, k, v, mask, heads):
        none = g.op("prim::Constant")
        none.setType(torch._C.OptionalType.ofTensor())
        out = g.op("com.microsoft::MultiHeadAttention", q, k, v, none, mask, num_heads_i=heads)
        return out.setType(q.type())


class EncoderGraph(nn.Module):
    """ids, mask -> keys, values, copy_keys, pooled: everything the decoder reads, computed once."""

    def __init__(self, student: Student):
        super().__init__()
        self.encoder, self.decoder = student.encoder, student.decoder
        self.table = Table(student.encoder.embed)

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`Encoder.forward` with the fused attention."""
        e, whole = self.encoder, mask.to(torch.int32)
        x = e.norm(self.table(ids) + e.position[: ids.shape[1]])
        for layer in e.layers:
            q, k, v = layer.qkv(x).chunk(3, -1)
            x = layer.norm1(x + layer.out(_Attention.apply(q, k, v, whole, layer.heads)))
            x = layer.norm2(x + layer.down(F.gelu(layer.up(x))))
        return x

    def forward(self, ids: Tensor, mask: Tensor):
        hidden = self.hidden(ids, mask)
        memory = self.decoder.memory(hidden, ids, mask)
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        keys = torch.stack([k.transpose(-1, -2) for k in memory.keys], 1)
        return keys, torch.stack(memory.values, 1), memory.copy_keys.transpose(1, 2), pooled


class DecoderGraph(nn.Module):
    """One step for N hypotheses of each of B documents; hypotheses are rows of the query, so that a
    document's memory is never copied."""

    def __init__(self, student: Student, top: int):
        super().__init__()
        self.d, self.top = copy.copy(student.decoder), top
        self.output = Blocks(student.decoder.embed.weight, None)
        self.d._modules = {**student.decoder._modules, "embed": Lookup(self.output)}
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
        p = torch.softmax(self.output(d.vocabulary(x)) + self.bias, -1) * (1 - gate)
        where = ids[:, None, :].expand(-1, x.shape[1], -1)
        p = p.scatter_add(2, where, attention * gate)
        best, tokens = torch.topk(p, self.top, -1)
        log_probs = torch.log(best + 1e-9)
        rest = (1 - best.sum(-1)).clamp(min=1e-9)
        entropy = -(best * log_probs).sum(-1) - rest * torch.log(rest)
        return log_probs, tokens, attention, gate.squeeze(-1), entropy, torch.stack(states, 2)
