"""SmolLM2's Transformer (Llama layout: Touvron et al. 2023) as a teacher: it *reads* a document once,
then *writes* any number of continuations beside each other, each seeing only the document and itself.

One code path trains and decodes. transformers' model would put every continuation through its own
copy of the document, which is 90 % of the work.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

CHUNK = 128
"""Queries a causal product: later keys of a chunk are never multiplied."""
FAR = -1e9


@dataclass
class LlamaShape:
    """Sizes; the defaults are SmolLM2-135M's. groups: key/value heads."""

    vocabulary: int = 49152
    width: int = 576
    heads: int = 9
    groups: int = 3
    inner: int = 1536
    layers: int = 30
    theta: float = 100_000.0
    eps: float = 1e-5

    def config(self) -> dict:
        """The same as transformers' `config.json`."""
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": self.vocabulary,
            "hidden_size": self.width,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.groups,
            "intermediate_size": self.inner,
            "num_hidden_layers": self.layers,
            "rope_theta": self.theta,
            "rms_norm_eps": self.eps,
            "max_position_embeddings": 8192,
            "tie_word_embeddings": True,
            "hidden_act": "silu",
            "torch_dtype": "bfloat16",
        }

    @staticmethod
    def of(config: dict) -> "LlamaShape":
        return LlamaShape(
            config["vocab_size"],
            config["hidden_size"],
            config["num_attention_heads"],
            config["num_key_value_heads"],
            config["intermediate_size"],
            config["num_hidden_layers"],
            config["rope_theta"],
            config["rms_norm_eps"],
        )


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions (Su et al. 2021), the two halves of a head paired as transformers does."""
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def causal(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """q: B×G×R×S×dh (R query heads share a key head), k, v: B×G×S×dh; returns like q.

    Written out in chunks: a third of the time of PyTorch's fused CPU kernel at these sizes.
    """
    b, g, r, s, d = q.shape
    q, out = q * d**-0.5, []
    for start in range(0, s, CHUNK):
        end = min(s, start + CHUNK)
        rows = end - start
        part = q[:, :, :, start:end].reshape(b, g, r * rows, d)
        later = torch.full((rows, end), FAR, dtype=q.dtype, device=q.device).triu(start + 1)
        scores = (part @ k[:, :, :end].transpose(-1, -2)).view(b, g, r, rows, end) + later
        p = torch.softmax(scores, -1).view(b, g, r * rows, end)
        out.append((p @ v[:, :, :end]).view(b, g, r, rows, d))
    return torch.cat(out, 3)


class Written:
    """Keys and values of what each continuation has written so far; B×N×G×T×dh a layer."""

    def __init__(self, layers: int):
        self.length = 0
        self.keys: list[Tensor | None] = [None] * layers
        self.values: list[Tensor | None] = [None] * layers

    def add(self, layer: int, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        if self.keys[layer] is not None:
            k = torch.cat([self.keys[layer], k], 3)
            v = torch.cat([self.values[layer], v], 3)
        self.keys[layer], self.values[layer] = k, v
        return k, v

    def reorder(self, rows: Tensor) -> None:
        """rows: B×M, which of the N continuations each of the next M goes on from."""
        for store in (self.keys, self.values):
            for n, t in enumerate(store):
                index = rows[:, :, None, None, None].expand(-1, -1, *t.shape[2:])
                store[n] = t.gather(1, index)


class Layer(nn.Module):
    def __init__(self, shape: LlamaShape):
        super().__init__()
        s = self.shape = shape
        self.head = s.width // s.heads
        self.norm1 = nn.RMSNorm(s.width, s.eps)
        self.qkv = nn.Linear(s.width, s.width + 2 * s.groups * self.head, bias=False)
        self.out = nn.Linear(s.width, s.width, bias=False)
        self.norm2 = nn.RMSNorm(s.width, s.eps)
        self.up = nn.Linear(s.width, 2 * s.inner, bias=False)
        self.down = nn.Linear(s.inner, s.width, bias=False)

    def project(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x: …×T×width -> q: …×G×R×T×dh, k, v: …×G×T×dh, turned to their positions."""
        s, kv = self.shape, self.shape.groups * self.head
        q, k, v = self.qkv(self.norm1(x)).split([s.width, kv, kv], -1)
        q = q.unflatten(-1, (s.groups, -1, self.head)).movedim(-4, -2)
        k, v = (t.unflatten(-1, (s.groups, self.head)).transpose(-3, -2) for t in (k, v))
        return rotate(q, cos.unsqueeze(-3), sin.unsqueeze(-3)), rotate(k, cos, sin), v

    def rest(self, x: Tensor, attended: Tensor) -> Tensor:
        x = x + self.out(attended)
        gate, up = self.up(self.norm2(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)

    def read(self, x: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """A document's own layer: causal over itself. x: B×S×width."""
        return self.rest(x, causal(q, k, v).permute(0, 3, 1, 2, 4).reshape(x.shape))

    def write(self, x: Tensor, q, own: tuple, document: tuple, masks: tuple) -> Tensor:
        """Continuations' layer: one softmax over the document's keys and their own.

        x: B×N×T×width; q: B×N×G×R×T×dh; own: B×N×G×t×dh; document: B×G×S×dh.
        """
        (k, v), (keys, values), (hidden, later) = own, document, masks
        b, n, g, r, t, d = q.shape
        q = q * d**-0.5
        shared = q.transpose(1, 2).reshape(b, g, n * r * t, d) @ keys.transpose(-1, -2)
        shared = shared.view(b, g, n, r, t, -1) + hidden
        mine = (q.reshape(b, n, g, r * t, d) @ k.transpose(-1, -2)).view(b, n, g, r, t, -1)
        p = torch.softmax(torch.cat([shared, mine.transpose(1, 2) + later], -1), -1)
        of_document, of_own = p.split([keys.shape[2], k.shape[3]], -1)
        a = (of_document.reshape(b, g, n * r * t, -1) @ values).view(b, g, n, r, t, d)
        c = of_own.transpose(1, 2).reshape(b, n, g, r * t, -1) @ v
        a = a + c.view(b, n, g, r, t, d).transpose(1, 2)
        return self.rest(x, a.permute(0, 2, 4, 1, 3, 5).reshape(x.shape))


Memory = list[tuple[Tensor, Tensor]]
"""Keys and values of the document, a pair a layer."""


class Llama(nn.Module):
    def __init__(self, shape: LlamaShape):
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, shape.eps)
        nn.init.normal_(self.embed.weight, std=0.02)

    def _turns(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        head = self.shape.width // self.shape.heads
        steps = torch.arange(0, head, 2, device=positions.device) / head
        angles = positions[..., None].float() * torch.exp(-math.log(self.shape.theta) * steps)
        dtype = self.embed.weight.dtype
        return angles.cos().to(dtype), angles.sin().to(dtype)

    def read(self, ids: Tensor, frozen: int = 0) -> Memory:
        """ids: B×S, padded at the right. The first `frozen` layers get no gradient."""
        cos, sin = self._turns(torch.arange(ids.shape[1], device=ids.device))
        x, memory = self.embed(ids), []
        for n, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and n >= frozen):
                q, k, v = layer.project(x, cos, sin)
                memory.append((k, v))
                if n + 1 < len(self.layers):
                    x = layer.read(x, q, k, v)
        return memory

    def write(
        self, ids: Tensor, lengths: Tensor, memory: Memory, written: Written | None = None, frozen: int = 0
    ) -> Tensor:
        """ids: B×N×T, the next tokens of N continuations of each document; lengths: B, the documents'.

        Returns hidden states B×N×T×width; `logits` of these are the next token's.
        """
        before, t = written.length if written else 0, ids.shape[2]
        positions = lengths[:, None] + before + torch.arange(t, device=ids.device)
        cos, sin = (a[:, None, None] for a in self._turns(positions))
        x, dtype = self.embed(ids), self.embed.weight.dtype
        beyond = torch.arange(memory[0][0].shape[2], device=ids.device) >= lengths[:, None]
        hidden = (beyond * FAR).to(dtype)[:, None, None, None, None]
        later = torch.full((t, before + t), FAR, dtype=dtype, device=ids.device).triu(before + 1)
        for n, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and n >= frozen):
                q, k, v = layer.project(x, cos, sin)
                own = written.add(n, k, v) if written else (k, v)
                x = layer.write(x, q, own, memory[n], (hidden, later))
        if written:
            written.length += t
        return self.norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        return (hidden @ self.embed.weight.T).float()

    def save(self, folder: Path) -> None:
        """bf16 weights and configuration as transformers' LlamaForCausalLM has them."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {k: v.to(torch.bfloat16).contiguous().cpu() for k, v in to_hf(self).items()}
        part = folder / "model.part"
        save_file(tensors, part, metadata={"format": "pt"})
        part.rename(folder / "model.safetensors")
        (folder / "config.json").write_text(json.dumps(self.shape.config(), indent=2) + "\n")

    @staticmethod
    def load(folder: Path, dtype: torch.dtype = torch.bfloat16) -> "Llama":
        shape = LlamaShape.of(json.loads((folder / "config.json").read_text()))
        with torch.device("meta"):
            model = Llama(shape)
        tensors = from_hf(load_file(folder / "model.safetensors"), shape)
        model.load_state_dict({k: v.to(dtype) for k, v in tensors.items()}, assign=True)
        return model.requires_grad_(True)

    def __repr__(self) -> str:
        return f"Llama({asdict(self.shape)})"


_LAYER = {
    "norm1": ["input_layernorm"],
    "qkv": ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"],
    "out": ["self_attn.o_proj"],
    "norm2": ["post_attention_layernorm"],
    "up": ["mlp.gate_proj", "mlp.up_proj"],
    "down": ["mlp.down_proj"],
}


def from_hf(tensors: dict[str, Tensor], shape: LlamaShape) -> dict[str, Tensor]:
    """transformers' names to ours; products with one input are stacked into one matrix."""
    out = {"embed.weight": tensors["model.embed_tokens.weight"], "norm.weight": tensors["model.norm.weight"]}
    for n in range(shape.layers):
        for ours, theirs in _LAYER.items():
            parts = [tensors[f"model.layers.{n}.{name}.weight"] for name in theirs]
            out[f"layers.{n}.{ours}.weight"] = torch.cat(parts) if len(parts) > 1 else parts[0]
    return out


def to_hf(model: Llama) -> dict[str, Tensor]:
    s = model.shape
    kv = s.groups * s.width // s.heads
    sizes = {"qkv": [s.width, kv, kv], "up": [s.inner, s.inner]}
    state = {k: v.detach() for k, v in model.state_dict().items()}
    out = {"model.embed_tokens.weight": state["embed.weight"], "model.norm.weight": state["norm.weight"]}
    for n in range(s.layers):
        for ours, theirs in _LAYER.items():
            whole = state[f"layers.{n}.{ours}.weight"]
            parts = whole.split(sizes[ours]) if ours in sizes else [whole]
            for name, part in zip(theirs, parts, strict=True):
                out[f"model.layers.{n}.{name}.weight"] = part
    return out
