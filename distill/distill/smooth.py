"""Makes linear layers survive int8 activations (Xiao et al. 2023, "SmoothQuant").

A row of activations gets one scale (`products.py`), and MiniLM's activations hold channels a hundred
times wider than the rest: they drown the others. Dividing each input channel by a factor and multiplying
the weight's column with it moves the width to the weights, which have scales of their own. The factor is
max|x|^alpha / max|W|^(1-alpha); alpha is chosen for each layer by the error of its output when both are
rounded.
"""

import copy

import torch
from torch import Tensor, nn

from distill import rounding
from distill.products import LEVELS

ALPHAS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""0 stands for no smoothing at all."""
ROWS = 2048
"""Activation rows kept a layer for choosing alpha."""


class Smoothed(nn.Module):
    """A linear layer whose input is multiplied by `factor` (channels) first."""

    def __init__(self, linear: nn.Linear, width: Tensor):
        super().__init__()
        self.linear = copy.deepcopy(linear)
        self.out_features = linear.out_features
        with torch.no_grad():
            self.linear.weight.mul_(width)
        self.factor = nn.Parameter(1 / width)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.factor)


def _activations(x: Tensor) -> Tensor:
    """x (rows×width) as the runtime rounds it, back in float: rows by their largest value, then eight
    bits between the tensor's ends."""
    widest = x.abs().amax(-1, keepdim=True).clamp(min=1e-9)
    x = x / widest
    low, high = x.min().clamp(max=0), x.max().clamp(min=0)
    step = (high - low).clamp(min=1e-9) / 255
    zero = torch.round(-low / step)
    return ((torch.round(x / step) + zero).clamp(0, 255) - zero) * step * widest


def _weights(w: Tensor) -> Tensor:
    codes, scales = rounding.rounded(w, LEVELS)
    return codes * scales[:, None]


def width(x: Tensor, w: Tensor, alpha: float) -> Tensor:
    """The factor of each input channel."""
    if alpha == 0:
        return torch.ones(x.shape[1])
    channel = x.abs().amax(0).clamp(min=1e-4) ** alpha
    return channel / w.abs().amax(0).clamp(min=1e-4) ** (1 - alpha)


def best(linear: nn.Linear, x: Tensor) -> tuple[float, Tensor]:
    """alpha with the least output error under quantisation, and its factors."""
    w, options = linear.weight.detach(), []
    exact = x @ w.T
    for alpha in ALPHAS:
        s = width(x, w, alpha)
        error = (_activations(x / s) @ _weights(w * s).T - exact).norm() / exact.norm()
        options.append((error.item(), alpha, s))
    _, alpha, s = min(options, key=lambda o: o[0])
    return alpha, s


@torch.no_grad()
def smooth(model: nn.Module, names: list[str], run) -> dict[str, float]:
    """Replaces the named linear layers of `model` in place; `run()` sends calibration data through
    it. Returns the alpha chosen for each."""
    kept: dict[str, list[Tensor]] = {name: [] for name in names}
    modules = {name: model.get_submodule(name) for name in names}

    def keep(name: str):
        def hook(_module, inputs):
            kept[name].append(inputs[0].reshape(-1, inputs[0].shape[-1]))

        return hook

    handles = [m.register_forward_pre_hook(keep(name)) for name, m in modules.items()]
    run()
    for handle in handles:
        handle.remove()
    chosen = {}
    for name, linear in modules.items():
        x = torch.cat(kept.pop(name))
        rows = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))[:ROWS]
        # The widest values of every channel decide the scale: keep the rows that hold them.
        rows = torch.cat([rows, x.abs().argmax(0)]).unique()
        alpha, s = best(linear, x[rows])
        chosen[name] = alpha
        if alpha:
            parent, _, leaf = name.rpartition(".")
            owner = model.get_submodule(parent)
            replacement = Smoothed(linear, s)
            if isinstance(owner, nn.ModuleList):
                owner[int(leaf)] = replacement
            else:
                setattr(owner, leaf, replacement)
    return chosen
