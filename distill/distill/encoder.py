"""The encoder: MiniLM's bidirectional Transformer (Wang et al. 2020), BERT layout, post-norm."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from distill.attention import attend


class EncoderLayer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: B×S×width; bias: B×1×1×S, 0 or very negative at padding."""
        b, s, d = x.shape
        q, k, v = self.qkv(x).view(b, s, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = attend(q, k, v, bias)
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, s, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, width: int, heads: int, inner: int, layers: int, limit: int):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(torch.randn(limit, width) * 0.02)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer(width, heads, inner) for _ in range(layers))
        nn.init.normal_(self.embed.weight, std=0.04)

    def forward(self, ids: Tensor, mask: Tensor, frozen: int = 0) -> Tensor:
        """ids: B×S; mask: B×S, 1 for a real token; the first `frozen` layers get no gradient."""
        bias = (1 - mask)[:, None, None, :] * -1e9
        x = self.norm(self.embed(ids) + self.position[: ids.shape[1]])
        for layer in self.layers[:frozen]:
            with torch.no_grad():
                x = layer(x, bias)
        for layer in self.layers[frozen:]:
            x = layer(x, bias)
        return x
