"""log softmax(x E^T + b)[target] without keeping an N×V float32 matrix for the backward pass.

The vocabulary product is the largest of the decoder; it is done in bf16 where autocast is on, in
slices of rows that fit the cache.
"""

import torch
from torch import Tensor

ROWS = 512


class _Likelihood(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor, table: Tensor, bias: Tensor, target: Tensor) -> Tensor:
        dtype = torch.bfloat16 if torch.is_autocast_enabled("cpu") else x.dtype
        if x.is_cuda and torch.is_autocast_enabled("cuda"):
            dtype = torch.bfloat16
        x_low, table_low = x.to(dtype), table.to(dtype)
        out, kept = torch.empty(len(x), device=x.device), []
        for i in range(0, len(x), ROWS):
            logits = x_low[i : i + ROWS] @ table_low.T
            wide = logits.float() + bias
            lse = torch.logsumexp(wide, -1)
            out[i : i + ROWS] = wide.gather(1, target[i : i + ROWS, None])[:, 0] - lse
            kept.append((logits, lse))
        ctx.save_for_backward(x_low, table_low, bias, target)
        ctx.kept, ctx.dtypes = kept, (x.dtype, table.dtype)
        return out

    @staticmethod
    def backward(ctx, grad: Tensor):
        x, table, bias, target = ctx.saved_tensors
        dx = torch.empty_like(x)
        learns = ctx.needs_input_grad[1]
        dtable = torch.zeros(table.shape, dtype=torch.float32, device=x.device) if learns else None
        dbias = torch.zeros_like(bias)
        for n, (logits, lse) in enumerate(ctx.kept):
            rows = slice(n * ROWS, n * ROWS + len(logits))
            p = torch.exp(logits.float().add_(bias).sub_(lse[:, None]))
            g = p.mul_(-grad[rows, None])
            g.scatter_add_(1, target[rows, None], grad[rows, None].float())
            dbias += g.sum(0)
            low = g.to(x.dtype)
            dx[rows] = low @ table
            if learns:
                dtable += (low.T @ x[rows]).float()
        return dx.to(ctx.dtypes[0]), dtable.to(ctx.dtypes[1]) if learns else None, dbias, None


def vocabulary_likelihood(x: Tensor, table: Tensor, bias: Tensor, target: Tensor) -> Tensor:
    """x: N×width, table: V×width, bias: V, target: N ids; returns N log-probabilities (float32)."""
    return _Likelihood.apply(x, table, bias, target)
