"""The device of this process, and its companions under `torchrun` (one process a GPU, or gloo on CPUs)."""

import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


def device() -> torch.device:
    """This process' GPU, else the CPU; `--device cpu` hides GPUs."""
    if not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))


class Processes:
    """All processes train on batches of their own; sums and decisions are shared. Alone without torchrun."""

    def __init__(self):
        self.device = device()
        self.world = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        if self.world > 1 and not dist.is_initialized():
            if self.device.type == "cuda":
                torch.cuda.set_device(self.device)
            dist.init_process_group("nccl" if self.device.type == "cuda" else "gloo")

    @property
    def first(self) -> bool:
        """Whether this process measures, logs and saves."""
        return self.rank == 0

    def wrap(self, model: nn.Module) -> nn.Module:
        """A module whose backward pass averages gradients over the processes."""
        return DistributedDataParallel(model) if self.world > 1 else model

    def total(self, *values: float) -> list[float]:
        """Each value summed over the processes."""
        if self.world == 1:
            return list(values)
        sums = torch.tensor(values, dtype=torch.float64, device=self.device)
        dist.all_reduce(sums)
        return sums.tolist()

    def agreed(self, *values: float) -> list[float]:
        """The first process' values, so that all take the same decision."""
        return self.total(*(v if self.first else 0.0 for v in values))
