"""Weights to whole numbers with as little harm to a layer's outputs as can be (Frantar et al. 2022,
"GPTQ"): column after column is rounded, and the columns still to come take up what it lost, along the
inputs that go together. It halves the error against plain rounding and costs a second a layer."""

import torch
from torch import Tensor, nn

DAMPING = 0.01
"""Share of the mean moment added to each, so that a channel that never speaks can be inverted."""
PANEL = 64
"""Columns rounded before the others hear of it: fewer, larger products."""


def rounded(weight: Tensor, levels: int, moments: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """weight: out×in; moments: in×in, mean of xxᵀ over inputs x, or None for plain rounding.
    Returns codes out×in, int8 in -levels..levels, and scales, one an output."""
    scales = weight.abs().amax(1).clamp(min=1e-9) / levels
    if moments is None:
        return torch.round(weight / scales[:, None]).to(torch.int8), scales
    order = torch.argsort(moments.diagonal(), descending=True)
    h = moments[order][:, order].double()
    h.diagonal().add_(DAMPING * h.diagonal().mean().clamp(min=1e-9))
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(h))
    u = torch.linalg.cholesky(inverse, upper=True)
    rest, step = weight[:, order].double(), scales.double()
    codes = torch.empty_like(rest)
    for start in range(0, len(order), PANEL):
        end = min(start + PANEL, len(order))
        lost = torch.empty(len(weight), end - start, dtype=torch.double)
        for i in range(start, end):
            codes[:, i] = torch.round(rest[:, i] / step).clamp(-levels, levels)
            error = (rest[:, i] - codes[:, i] * step) / u[i, i]
            rest[:, i + 1 : end] -= error[:, None] * u[i, i + 1 : end]
            lost[:, i - start] = error
        rest[:, end:] -= lost @ u[start:end, end:]
    return codes[:, torch.argsort(order)].to(torch.int8), scales


@torch.no_grad()
def moments(model: nn.Module, names: tuple[str, ...], run) -> dict[str, Tensor]:
    """Mean of xxᵀ over the inputs x of every linear layer whose name begins with one of `names`;
    `run()` sends documents through the model."""
    sums: dict[str, Tensor] = {}
    rows: dict[str, int] = {}

    def hook(name: str):
        def add(_module, inputs):
            x = inputs[0].reshape(-1, inputs[0].shape[-1])
            sums[name] = sums.get(name, 0) + x.T @ x
            rows[name] = rows.get(name, 0) + len(x)

        return add

    handles = [
        layer.register_forward_pre_hook(hook(name))
        for name, layer in model.named_modules()
        if isinstance(layer, nn.Linear) and name.startswith(names)
    ]
    run()
    for handle in handles:
        handle.remove()
    return {name: total / rows[name] for name, total in sums.items()}
