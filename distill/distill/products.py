"""Linear layers as ONNX Runtime's `DynamicQuantizeMatMul`: int8 weights with one scale an output,
activations rounded to eight bits as they come.

The kernel gives a whole tensor of activations one scale. Rows are divided by their largest value first
where many go through together (the encoder): a wide position then spoils its own row only.
`docs/decisions/0022-int8.md` compares this with `MatMulNBits` and with the plain way.
"""

import torch
from torch import Tensor, nn

from distill import rounding

SMALLEST = 32
"""Layers narrower than this stay in float: they cost nothing."""
LEVELS = 100
"""Weights are rounded to -LEVELS..LEVELS. Processors without VNNI add pairs of products in 16 bits, and
100 leaves room for every pair that occurs (two activations would have to exceed 163 of 255 beside the two
largest weights); 127 would not, 63 always would."""


class _Product(torch.autograd.Function):
    """x @ (codes * scales) + bias, in ONNX one operator."""

    @staticmethod
    def forward(ctx, x: Tensor, codes: Tensor, scales: Tensor, bias: Tensor | None) -> Tensor:
        y = x @ (codes.float() * scales)
        return y if bias is None else y + bias

    @staticmethod
    def symbolic(g, x, codes, scales, bias):
        none = g.op("prim::Constant")
        none.setType(torch._C.OptionalType.ofTensor())
        inputs = [x, codes, scales, none] + ([] if bias is None else [bias])
        out = g.op("com.microsoft::DynamicQuantizeMatMul", *inputs)
        sizes = x.type().sizes()
        return out.setType(x.type().with_sizes([*sizes[:-1], codes.type().sizes()[1]]) if sizes else x.type())


class Product(nn.Module):
    """A linear layer of rounded weights. weight: out×in; moments: in×in, see `rounding`; rows: whether
    each row of activations gets a scale of its own."""

    def __init__(
        self, weight: Tensor, bias: Tensor | None, moments: Tensor | None = None, rows: bool = False
    ):
        super().__init__()
        codes, scales = rounding.rounded(weight.detach(), LEVELS, moments)
        self.register_buffer("codes", codes.T.contiguous())
        self.register_buffer("scales", scales)
        self.bias = None if bias is None else nn.Parameter(bias.detach().clone())
        self.out_features, self.rows = len(weight), rows

    def forward(self, x: Tensor) -> Tensor:
        if not self.rows:
            return _Product.apply(x, self.codes, self.scales, self.bias)
        widest = x.abs().amax(-1, keepdim=True).clamp(min=1e-9)
        y = _Product.apply(x / widest, self.codes, self.scales, None) * widest
        return y if self.bias is None else y + self.bias

    def lookup(self, ids: Tensor) -> Tensor:
        """Weights of outputs as an embedding table would give them: ids B×N×K -> B×N×K×in."""
        return self.codes[:, ids].permute(1, 2, 3, 0).float() * self.scales[ids].unsqueeze(-1)


def pack(module: nn.Module, moments: dict[str, Tensor], many: tuple[str, ...], prefix: str = "") -> None:
    """Replaces every linear layer inside `module` that is wide enough to matter; `moments` by name of
    layer, `many` are beginnings of names of layers that many rows go through together."""
    for name, child in module.named_children():
        path = prefix + name
        if not isinstance(child, nn.Linear):
            pack(child, moments, many, f"{path}.")
        elif min(child.weight.shape) >= SMALLEST:
            made = Product(child.weight, child.bias, moments.get(path), path.startswith(many))
            setattr(module, name, made)
