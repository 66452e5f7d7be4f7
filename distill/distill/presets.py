"""Presets: what each stage does on a laptop in seconds (`smoke`), on two cores in hours (`cpu`),
on one GPU in minutes (`gpu`). Every number that a run depends on stands here."""

import json
from dataclasses import dataclass, field, fields, replace

from distill.student import Shape


@dataclass
class Phase:
    """One training stage.

    mix: how often a batch comes from which stream (`streams`). documents: a batch. frozen: lower
    encoder layers without gradient. decay: last share of the steps over which the rates fall to zero.
    weights: of a target piece in the loss by mode (1 where none is named). rows: at most so many of a
    stream. authors: documents of the annotated set and of the labels have their clean author summary
    as a target too. quantile: by field, share of the labels, lowest teacher scores first, left out.
    strategy: which gap sentences (`gap.choose`). shape: sizes that differ from those of the weights it
    starts with; tensors that do not fit begin anew. teacher: `open_teacher` name for word-level distillation;
    share: of its divergence in the loss.
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
    weights: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    authors: bool = False
    quantile: dict[str, float] = field(default_factory=dict)
    strategy: str = "ind"
    shape: dict[str, int | str] = field(default_factory=dict)
    teacher: str | None = None
    share: float = 0.5
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
    recipe: tuple[str, ...] = ()
    """The stages of `make bundle` in their order."""
    minutes: dict[str, float] = field(default_factory=dict)
    """Budgets of stages that end by the clock, in `make bundle`."""


_PRETRAIN = Phase(
    steps=20_000,
    documents=16,
    source=256,
    target=224,
    mix={"gap": 0.7, "clean": 0.15, "loose": 0.15},
    decay=0.0,
    frozen=4,
)
# The decoder alone on memory of 20,000 documents (4 GB): more target pieces an hour.
_MEMORY = replace(_PRETRAIN, steps=1_250, frozen=0, start="pretrain")
_DECODER = replace(_PRETRAIN, steps=5_000, mix={"memory": 1.0}, frozen=6, start="pretrain")
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
# Gap sentences keep the decoder fluent while it learns the style of few and short targets.
_DISTILL = Phase(
    steps=3_000,
    documents=12,
    source=384,
    target=160,
    mix={"labels": 0.55, "annotated": 0.25, "clean": 0.05, "gap": 0.15},
    rate=8e-4,
    encoder_rate=8e-5,
    warmup=50,
    decay=0.3,
    frozen=2,
    weights={"author": 0.5},
    authors=True,
    # Two of five medium labels say something that the document does not; few of them score well.
    quantile={"plain": 0.1, "summary": 0.4},
    start="annotated",
)

# A Transformer decoder on the same encoder: a teacher whose whole distribution the student can learn.
_TRANSFORMER = replace(_ANNOTATED, mix={"annotated": 0.5, "clean": 0.5}, shape={"decoder": "transformer"})

CPU = Preset(
    Shape(),
    {
        "pretrain": _PRETRAIN,
        "memory": _MEMORY,
        "decoder": _DECODER,
        "annotated": _ANNOTATED,
        "transformer": _TRANSFORMER,
        "distill": _DISTILL,
    },
)

_BEGIN = ("tokenizer", "start", "pretrain")
_END = ("annotated", "teacher", "label", "distill", "export", "parity", "card")
CPU = replace(
    CPU,
    recipe=(*_BEGIN, "memory", "decoder", *_END),
    minutes={"pretrain": 150, "memory": 30, "decoder": 120, "label": 150, "distill": 150},
)

# One H100, half an hour in all, no command above ten minutes; the encoder is cheap there, so no memory.
GPU = replace(
    CPU,
    recipe=(*_BEGIN, *_END),
    minutes={"pretrain": 9, "label": 6, "distill": 8},
    phases={
        "pretrain": replace(_PRETRAIN, steps=6_000, documents=128),
        "memory": replace(_MEMORY, steps=400, documents=128),
        "decoder": replace(_DECODER, steps=4_000, documents=256),
        "annotated": replace(_ANNOTATED, steps=200, documents=32),
        "transformer": replace(_TRANSFORMER, steps=400, documents=32),
        "distill": replace(_DISTILL, steps=1_500, documents=64),
    },
)

# SmolLM2's width, so that its embeddings can be a start (`start.begin`); about 38 M weights.
BASE = replace(GPU, shape=Shape(width=576, heads=9, inner=1536, state=864, copy=192))

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
    recipe=CPU.recipe,
)

PRESETS = {"smoke": SMOKE, "cpu": CPU, "gpu": GPU, "base": BASE}


def changed(phase: Phase, settings: list[str]) -> Phase:
    """The phase with `field=value` settings (JSON values, else text); `mix.gap=0.1` sets one entry."""
    known = {f.name for f in fields(Phase)}
    for setting in settings:
        path, equals, text = setting.partition("=")
        name, dot, entry = path.partition(".")
        if (
            not equals
            or name not in known
            or (dot and name not in ("mix", "weights", "rows", "shape", "quantile"))
        ):
            raise ValueError(
                f"--set {setting}: expected FIELD=VALUE with a field of {', '.join(sorted(known))}"
            )
        try:
            value = json.loads(text)
        except json.JSONDecodeError:
            value = text
        phase = replace(phase, **{name: {**getattr(phase, name), entry: value} if dot else value})
    return phase


def limited(preset: Preset, rows: int) -> Preset:
    """The preset on `rows` documents of each file, batches no larger than those: to try it anywhere."""
    phases = {k: replace(p, documents=min(p.documents, rows)) for k, p in preset.phases.items()}
    return replace(
        preset,
        phases=phases,
        rows=rows,
        vocabulary_rows=min(preset.vocabulary_rows, rows),
        evaluate_documents=min(preset.evaluate_documents, rows),
    )
