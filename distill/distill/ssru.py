"""The decoder's recurrence: the simpler simple recurrent unit (Kim et al. 2019, "From Research to
Production and Back: Ludicrously Fast Neural Machine Translation").

    f_t = sigmoid(W_f x_t + b)      c_t = f_t * c_{t-1} + (1 - f_t) * W x_t      h_t = W_o relu(c_t)

One state vector a layer, no attention over its own past, and all products are plain MatMuls that
int8 dynamic quantisation applies to. `W_o` lets the state be wider than the model.
"""

import torch
from torch import Tensor, nn


class _Scan(torch.autograd.Function):
    """c_t = f_t * c_{t-1} + u_t over the first axis; gradients by the same loop backwards."""

    @staticmethod
    def forward(ctx, f: Tensor, u: Tensor) -> Tensor:
        c = torch.empty_like(u)
        c[0] = u[0]
        for t in range(1, len(u)):
            torch.addcmul(u[t], f[t], c[t - 1], out=c[t])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx, grad: Tensor):
        f, c = ctx.saved_tensors
        du = torch.empty_like(grad)
        du[-1] = grad[-1]
        for t in range(len(grad) - 2, -1, -1):
            torch.addcmul(grad[t], f[t + 1], du[t + 1], out=du[t])
        df = torch.zeros_like(f)
        torch.mul(du[1:], c[:-1], out=df[1:])
        return df, du


class SSRU(nn.Module):
    """width -> state -> width."""

    def __init__(self, width: int, state: int):
        super().__init__()
        self.forget = nn.Linear(width, state)
        self.value = nn.Linear(width, state, bias=False)
        self.out = nn.Linear(state, width)
        # Forget gates start spread over time scales of about 1 to 100 tokens.
        with torch.no_grad():
            self.forget.bias.copy_(torch.linspace(0.0, 4.6, state)[torch.randperm(state)])

    def forward(self, x: Tensor) -> Tensor:
        """x: R×T×width, the whole sequence at once; states start at zero."""
        f = torch.sigmoid(self.forget(x).float()).transpose(0, 1).contiguous()
        v = self.value(x).float().transpose(0, 1)
        c = _Scan.apply(f, ((1 - f) * v).contiguous())
        return self.out(torch.relu(c).transpose(0, 1).to(x.dtype))

    def step(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """One token: x …×width, state …×state; returns output and next state."""
        f = torch.sigmoid(self.forget(x))
        c = f * state + (1 - f) * self.value(x)
        return self.out(torch.relu(c)), c
