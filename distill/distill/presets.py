"""Presets: what each stage does on a laptop in seconds (`smoke`), on two cores in hours (`cpu`),
on one GPU in minutes (`gpu`). Every number that a run depends on stands here."""

from dataclasses import dataclass, replace

from distill.student import Shape


@dataclass
class Phase:
    """One training stage.

    mix: how often a batch comes from which stream. documents: a batch. frozen: lower encoder layers
    without gradient. decay: last share of the steps over which the rates fall to zero.
    """

    steps: int
    documents: int
    source: int
    target: int
    mix: dict[str, float]
    rate: float = 1e-3
    encoder_rate: float = 1e-4
    warmup: int = 100
    decay: float = 0.25
    frozen: int = 0
    start: str | None = None
    """Stage whose weights it begins from; none: MiniLM."""


@dataclass
class Preset:
    shape: Shape
    phases: dict[str, Phase]
    vocabulary_rows: int = 30_000
    evaluate_every: int = 250
    evaluate_documents: int = 128
    rows: int | None = None
    """At most so many documents of each file (smoke)."""


_PRETRAIN = Phase(
    steps=20_000,
    documents=16,
    source=256,
    target=224,
    mix={"gap": 0.7, "clean": 0.15, "loose": 0.15},
    decay=0.0,
    frozen=4,
)
_ANNOTATED = Phase(
    steps=600,
    documents=12,
    source=384,
    target=96,
    mix={"annotated": 0.8, "clean": 0.2},
    rate=6e-4,
    encoder_rate=6e-5,
    warmup=30,
    decay=0.75,
    start="pretrain",
)

CPU = Preset(Shape(), {"pretrain": _PRETRAIN, "annotated": _ANNOTATED})

GPU = replace(
    CPU,
    phases={
        "pretrain": replace(_PRETRAIN, steps=6_000, documents=128),
        "annotated": replace(_ANNOTATED, steps=200, documents=32),
    },
)

_SMALL = Shape(vocabulary=600, inner=1536, layers=6, decoder_layers=2, state=64, copy=32)
SMOKE = Preset(
    _SMALL,
    {
        name: replace(phase, steps=4, documents=4, source=64, target=48, warmup=1)
        for name, phase in CPU.phases.items()
    },
    vocabulary_rows=64,
    evaluate_every=2,
    evaluate_documents=4,
    rows=64,
)

PRESETS = {"smoke": SMOKE, "cpu": CPU, "gpu": GPU}
