"""The two graphs of a bundle as modules to export (`docs/bundle.md` names their inputs and outputs)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from distill.attention import attend
from distill.decoder import DecoderLayer
from distill.products import SMALLEST, Product
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
    """Rows of the output weights: the decoder holds its table once."""

    def __init__(self, output: Product):
        super().__init__()
        self.output = output

    def forward(self, ids: Tensor) -> Tensor:
        return self.output.lookup(ids)


class _Shaped(torch.autograd.Function):
    """x in other sizes (0: stays, -1: the rest): one ONNX operator instead of six that compute sizes."""

    @staticmethod
    def forward(ctx, x: Tensor, *sizes: int) -> Tensor:
        return x.reshape([n or x.shape[i] for i, n in enumerate(sizes)])

    @staticmethod
    def symbolic(g, x, *sizes):
        out = g.op("Reshape", x, g.op("Constant", value_t=torch.tensor(sizes)))
        return out.setType(x.type().with_sizes([n if n > 0 else None for n in sizes]))


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


def _together(*layers: nn.Linear) -> nn.Module:
    """Layers of one input as one: fewer, larger products."""
    weight = torch.cat([layer.weight.detach() for layer in layers])
    biases = [
        torch.zeros(layer.out_features) if layer.bias is None else layer.bias.detach() for layer in layers
    ]
    if min(weight.shape) >= SMALLEST:
        return Product(weight, torch.cat(biases))
    joined = nn.Linear(weight.shape[1], weight.shape[0])
    joined.weight, joined.bias = nn.Parameter(weight), nn.Parameter(torch.cat(biases))
    return joined


class Step(nn.Module):
    """A decoder layer for one id of each hypothesis."""

    def __init__(self, layer: DecoderLayer):
        super().__init__()
        self.heads, self.state, self.width = layer.heads, layer.ssru.out.in_features, layer.query.in_features
        self.recurrent = _together(layer.ssru.forget, layer.ssru.value)
        self.past, self.query, self.out = (_together(p) for p in (layer.ssru.out, layer.query, layer.out))
        self.up, self.down = _together(layer.up), _together(layer.down)
        self.norm1, self.norm2, self.norm3 = layer.norm1, layer.norm2, layer.norm3

    def forward(self, x: Tensor, state: Tensor, key: Tensor, value: Tensor, bias: Tensor):
        """x: B×N×width; state: B×N×state; key: B×H×dh×S; value: B×H×S×dh; bias: B×1×1×S."""
        per_head = self.width // self.heads
        forget, fresh = self.recurrent(x).split(self.state, -1)
        forget = torch.sigmoid(forget)
        c = forget * state + (1 - forget) * fresh
        x = self.norm1(x + self.past(torch.relu(c)))
        q = _Shaped.apply(self.query(x), 0, -1, self.heads, per_head).transpose(1, 2)
        seen = torch.softmax((q * per_head**-0.5) @ key + bias, -1) @ value
        x = self.norm2(x + self.out(_Shaped.apply(seen.transpose(1, 2), 0, -1, self.width)))
        return self.norm3(x + self.down(F.gelu(self.up(x)))), c


class DecoderGraph(nn.Module):
    """One step for N hypotheses of each of B documents; hypotheses are rows of the query, so that a
    document's memory is never copied. `student` still has its float layers: those that read the same
    are put together before they are rounded.

    A step of one row is some dozens of microseconds of products: what computes sizes, masks and
    shifted ids counts as much, so there is as little of that as can be."""

    def __init__(self, student: Student, top: int):
        super().__init__()
        d = student.decoder
        self.top, self.width, self.heads, self.shape = top, student.shape.width, d.heads, student.shape
        self.output = Product(d.embed.weight, d.bias.detach() + d.allowed)
        self.embed = Lookup(self.output)
        before = nn.Linear(2 * self.width, self.width, bias=False)
        before.weight = nn.Parameter(torch.cat([b.weight.detach() for b in d.before], 1))
        self.before, self.norm = _together(before), d.norm
        self.layers = nn.ModuleList(Step(layer) for layer in d.layers)
        self.head = _together(d.head, d.copy_query)
        self.head_norm, self.continuation, self.gate = d.head_norm, d.continuation, d.gate

    def inputs(self, recent: Tensor) -> Tensor:
        """`Decoder.inputs`: recent B×N×3 -> B×N×width."""
        e = self.embed(recent.clamp(min=0)) * (recent >= 0).unsqueeze(-1)
        e = _Shaped.apply(e, 0, -1, 3 * self.width)
        return self.norm(e[..., : self.width] + self.before(e[..., self.width :]))

    def matches(self, recent: Tensor, ids: Tensor) -> Tensor:
        """B×N×3×S: whether the last one, two, three ids before a source position are those written."""
        padded = F.pad(ids[:, None, None, :], (3, 0), value=-2)
        shifted = torch.cat([padded[..., 2:-1], padded[..., 1:-2], padded[..., :-3]], 2)
        one, two, three = (shifted == recent.unsqueeze(-1)).float().split(1, 2)
        two = one * two
        return torch.cat([one, two, two * three], 2)

    def copy_attention(self, x: Tensor, query: Tensor, recent: Tensor, copy_keys: Tensor, ids, bias: Tensor):
        """query: B×N×copy; bias: B×S; returns attention B×N×S and gate B×N×1."""
        logits = (query @ copy_keys) * self.shape.copy**-0.5
        bonus = self.continuation(x).unsqueeze(2) @ self.matches(recent, ids)
        copyable = torch.where(ids >= FIRST_PIECE, bias, NONE).unsqueeze(1)
        attention = torch.softmax(logits + bonus.squeeze(2) + copyable, -1)
        context = attention @ copy_keys.transpose(1, 2)
        certain = attention.amax(-1, keepdim=True)
        return attention, torch.sigmoid(self.gate(torch.cat([x, context, certain], -1)))

    def forward(self, recent, state, *memory):
        """memory: keys and values of each layer in turn, then copy_keys, ids, mask. Layers come apart so
        that none has to be copied out at every step."""
        *attended, copy_keys, ids, mask = memory
        bias = (1 - mask) * NONE
        seen = bias[:, None, None, :]
        x, states = self.inputs(recent), []
        for n, layer in enumerate(self.layers):
            x, c = layer(x, state[:, :, n], attended[2 * n], attended[2 * n + 1], seen)
            states.append(c)
        head, query = self.head(x).split([self.width, self.shape.copy], -1)
        attention, gate = self.copy_attention(x, query, recent, copy_keys, ids, bias)
        p = torch.softmax(self.output(self.head_norm(F.gelu(head))), -1) * (1 - gate)
        # Adding nothing of each hypothesis gives every one of them the document's ids.
        p = p.scatter_add(2, ids.unsqueeze(1) + 0 * recent[..., :1], attention * gate)
        best, tokens = torch.topk(p, self.top, -1)
        log_probs = torch.log(best + 1e-9)
        rest = (1 - best.sum(-1)).clamp(min=1e-9)
        entropy = -(best * log_probs).sum(-1) - rest * torch.log(rest)
        return log_probs, tokens, attention, gate.squeeze(-1), entropy, torch.stack(states, 2)
