"""Eight-bit weights in blocks, as ONNX Runtime's `MatMulNBits` reads them.

A scale for every `BLOCK` weights of an output, and the kernel gives every `BLOCK` activations of a row
one of their own: the wide channels of MiniLM's activations spoil their own block, not the whole tensor.
`docs/decisions/0004-runtime.md` compares this with one scale a tensor.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BLOCK = 32
"""Weights that share a scale; MatMulNBits knows 16, 32, 64, 128."""
INT8 = 4
"""`accuracy_level` of MatMulNBits: activations become int8 too; 0 would multiply in float32."""
ZERO = 128
"""The stored byte that means 0."""


def packed(weight: Tensor) -> tuple[Tensor, Tensor]:
    """weight: out×in -> bytes out×blocks×BLOCK (the last block filled up) and scales out×blocks."""
    rows, width = weight.shape
    blocks = F.pad(weight.detach(), (0, -width % BLOCK)).view(rows, -1, BLOCK)
    scales = blocks.abs().amax(-1).clamp(min=1e-9) / 127
    return (torch.round(blocks / scales[..., None]) + ZERO).to(torch.uint8), scales


def unpacked(blocks: Tensor, scales: Tensor) -> Tensor:
    """The rows that bytes and scales stand for: …×blocks×BLOCK, …×blocks -> …×(blocks·BLOCK)."""
    return ((blocks.float() - ZERO) * scales[..., None]).flatten(-2)


class _Product(torch.autograd.Function):
    """x @ weight.T: in PyTorch with the rounded weights, in ONNX as MatMulNBits."""

    @staticmethod
    def forward(ctx, x: Tensor, blocks: Tensor, scales: Tensor, width: int) -> Tensor:
        return x @ unpacked(blocks, scales)[:, :width].T

    @staticmethod
    def symbolic(g, x, blocks, scales, width):
        sizes, rows = x.type().sizes(), blocks.type().sizes()[0]
        out = g.op(
            "com.microsoft::MatMulNBits",
            x,
            blocks,
            scales,
            K_i=width,
            N_i=rows,
            bits_i=8,
            block_size_i=BLOCK,
            accuracy_level_i=INT8,
        )
        return out.setType(x.type().with_sizes([*sizes[:-1], rows]) if sizes else x.type())


class Blocks(nn.Module):
    """A linear layer with packed weights; `lookup` reads rows of the same bytes."""

    def __init__(self, weight: Tensor, bias: Tensor | None):
        super().__init__()
        self.out_features, self.width = weight.shape
        blocks, scales = packed(weight)
        self.register_buffer("blocks", blocks)
        self.register_buffer("scales", scales)
        self.bias = None if bias is None else nn.Parameter(bias.detach().clone())

    def forward(self, x: Tensor) -> Tensor:
        y = _Product.apply(x, self.blocks, self.scales, self.width)
        return y if self.bias is None else y + self.bias

    def lookup(self, ids: Tensor) -> Tensor:
        """Rows as an embedding table would give them: ids … -> …×width."""
        return unpacked(self.blocks[ids], self.scales[ids])[..., : self.width]


def pack(module: nn.Module) -> None:
    """Replaces every linear layer inside `module` that is wide enough to matter."""
    for name, child in module.named_children():
        if not isinstance(child, nn.Linear):
            pack(child)
        elif min(child.weight.shape) >= BLOCK:
            setattr(module, name, Blocks(child.weight, child.bias))
