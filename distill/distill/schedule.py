"""Learning-rate schedule: warm-up, constant, linear decay to zero (WSD, Hu et al. 2024, "MiniCPM"): the
constant part can be prolonged later. The end is a number of steps, or of minutes where the budget is time."""

from distill.presets import Phase

DECAY = 0.3
"""Last share of a time budget over which the rate falls, where the phase names none."""


def rate(step: int, phase: Phase, share: float | None = None) -> float:
    """Factor of the phase's rates. share: of the time budget that has passed; none: steps rule."""
    if step < phase.warmup:
        return (step + 1) / phase.warmup
    decay = phase.decay
    if share is None:
        share = step / phase.steps
    else:
        decay = decay or DECAY
    return max(0.0, min(1.0, (1 - share) / decay)) if decay else 1.0


class Budget:
    """When a stage ends: at its steps, or `minutes` after its finish was first asked for.

    span: seconds of training (of all calls together) from which to which the budget reaches; a
    checkpoint keeps it, so that a killed run ends when it would have ended.
    """

    def __init__(self, phase: Phase, spent: float, minutes: float | None, span: list[float] | None):
        self.phase = phase
        self.span = (span or [spent, spent + minutes * 60]) if minutes is not None else None

    def share(self, elapsed: float) -> float | None:
        if self.span is None:
            return None
        begin, end = self.span
        return (elapsed - begin) / max(1e-9, end - begin)

    def over(self, step: int, elapsed: float) -> bool:
        return step >= self.phase.steps if self.span is None else self.share(elapsed) >= 1

    def rate(self, step: int, elapsed: float) -> float:
        return rate(step, self.phase, self.share(elapsed))
