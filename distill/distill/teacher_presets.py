"""Settings of the teacher and label stages, by preset name."""

from dataclasses import dataclass, replace

from distill.llama import LlamaShape
from distill.presets import Phase


@dataclass
class Teaching:
    """phase.documents: a step; micro: documents a forward pass; phase.frozen: of the teacher's layers;
    shape: a random teacher of this size instead of SmolLM2 (smoke)."""

    phase: Phase
    micro: int
    evaluate_every: int = 94
    evaluate_documents: int = 64
    rows: int | None = None
    shape: LlamaShape | None = None


@dataclass
class Labelling:
    """source: tokens of a document the teacher reads; block: documents sorted by length together, so
    that labels of a stopped run are a fair sample; longest: characters of a document kept; medium_every:
    batches of which one gets medium labels too."""

    source: int
    beam: int
    documents: int
    block: int = 512
    longest: int = 8000
    medium_every: int = 1
    rows: int | None = None


# 3,016 annotated documents: 188 steps are one epoch of them; a clean pair beside four. 190 steps are
# an hour of two cores.
_CPU = Teaching(
    Phase(
        steps=190,
        documents=16,
        source=384,
        target=96,
        mix={"annotated": 0.8, "clean": 0.2},
        rate=1e-4,
        warmup=20,
        decay=0.9,
        frozen=10,
    ),
    micro=4,
)
_TINY = LlamaShape(vocabulary=0, width=48, heads=6, groups=2, inner=64, layers=3)

TEACHING = {
    "cpu": _CPU,
    "gpu": replace(_CPU, phase=replace(_CPU.phase, source=768, frozen=0, rate=5e-5), micro=16),
    "smoke": replace(
        _CPU,
        phase=replace(_CPU.phase, steps=4, documents=4, source=96, warmup=1, frozen=1),
        micro=2,
        evaluate_every=2,
        evaluate_documents=4,
        rows=64,
        shape=_TINY,
    ),
}
TEACHING["base"] = TEACHING["gpu"]

LABELLING = {
    # Medium labels cost twice as much as short ones, and SmolLM2's are right far less often.
    "cpu": Labelling(source=384, beam=2, documents=32, medium_every=4),
    "gpu": Labelling(source=768, beam=4, documents=128),
    "smoke": Labelling(source=96, beam=2, documents=4, block=16, rows=24),
}
LABELLING["base"] = LABELLING["gpu"]
