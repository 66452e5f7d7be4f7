"""The grid of the ablations: what each cell changes, alone, in a small common recipe.

A cell trains on gap sentences, then on pairs, from MiniLM, with as many steps of the same size as all
others. `clean pairs` and `raw pairs` differ in their data alone, and are asked as an author.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from distill.presets import Phase
from distill.tokens import AUTHOR, MEDIUM, SHORT


@dataclass
class Settings:
    """gap, tune: the two phases of every cell; documents: of dev, measured; seeds: of every cell."""

    gap: Phase
    tune: Phase
    documents: int = 64
    seeds: tuple[int, ...] = (1, 2)


@dataclass
class Cell:
    """question: the table's heading it stands under; gap, tune: changed fields of the phases; modes:
    in which `plain` and `summary` are asked for; needs: files without which it cannot run."""

    name: str
    question: str
    gap: dict = field(default_factory=dict)
    tune: dict = field(default_factory=dict)
    shape: dict = field(default_factory=dict)
    modes: tuple[int, int] = (SHORT, MEDIUM)
    needs: tuple[str, ...] = ()


# A step takes about 1.2 s on two idle cores, a cell four minutes and one for its measures.
_CPU = Settings(
    gap=Phase(steps=100, documents=16, source=192, target=128, mix={"gap": 1.0}, warmup=20, decay=0.0),
    tune=Phase(
        steps=100,
        documents=12,
        source=256,
        target=64,
        mix={"annotated": 0.5, "labels": 0.5},
        rate=8e-4,
        warmup=10,
        decay=0.5,
    ),
)
_TINY = {"steps": 2, "documents": 2, "source": 48, "target": 40, "warmup": 1}

SETTINGS = {
    "cpu": _CPU,
    "gpu": replace(
        _CPU,
        gap=replace(_CPU.gap, steps=1_000, documents=64),
        tune=replace(_CPU.tune, steps=500, documents=32),
    ),
    "smoke": Settings(replace(_CPU.gap, **_TINY), replace(_CPU.tune, **_TINY), documents=2),
}
SETTINGS["base"] = SETTINGS["gpu"]


def cells(settings: Settings, data: Path) -> list[Cell]:
    """The grid; `clean-no-RULE.jsonl.zst` files in `data` add a cell each."""
    both = settings.gap.steps + settings.tune.steps
    labels = ("labels",)
    out = [
        Cell("all together", "The common recipe", needs=labels),
        Cell("no gap sentences", "Gap-sentence pre-training", {"steps": 0}, {"steps": both}, needs=labels),
        Cell("no copy head", "Copy head", shape={"copy": 0}, needs=labels),
        Cell("no labels", "Teacher labels", tune={"mix": {"annotated": 1.0}}),
    ]
    for count in (250, 500, 1000):
        change = {"mix": {"annotated": 1.0}, "rows": {"annotated": count}}
        out.append(Cell(f"annotated {count}", "Annotated examples (without labels)", tune=change))
    for count in (1, 4):
        shape = {"decoder_layers": count}
        out.append(Cell(f"decoder layers {count}", "Decoder layers", shape=shape, needs=labels))
    out.append(Cell("Transformer decoder", "Decoder", shape={"decoder": "transformer"}, needs=labels))
    for strategy in ("seq", "lead"):
        out.append(Cell(f"gap {strategy}", "Gap selection", {"strategy": strategy}, needs=labels))
    pairs = ["clean-pairs", "raw", *sorted(p.name.split(".")[0] for p in data.glob("clean-no-*.jsonl.zst"))]
    for name in pairs:
        title = "clean pairs" if name == "clean-pairs" else f"{name} pairs"
        change = {"mix": {name: 1.0}}
        out.append(Cell(title, "Clean and raw pairs", tune=change, modes=(AUTHOR, AUTHOR), needs=(name,)))
    return out
