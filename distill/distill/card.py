"""The model card, written from what the stages logged."""

import json
from collections import Counter
from pathlib import Path

from distill import corpus, recipe
from distill.presets import CPU
from distill.student import Shape


def trained(work: Path) -> list[dict]:
    """Last logged line and last dev measure of each training stage that ran."""
    out = []
    for stage in CPU.phases:
        path = work / f"{stage}.log.jsonl"
        if path.exists():
            lines = list(corpus.lines(path))
            dev = next((x["dev"] for x in reversed(lines) if "dev" in x), {})
            if "step" in lines[-1]:
                out.append({**lines[-1], "dev": dev})
    return out


WATTS = 9.3
"""Of one virtual core at full load with 8 GB of memory, cooling included: 3.5 W and 8 x 0.39 W, times
1.135 (Cloud Carbon Footprint, coefficients for AWS); a GPU is not counted."""
GRAMS = 480
"""CO2 equivalent a kWh, world mean of 2023 (Ember, Global Electricity Review 2024)."""


def costs(work: Path, cores: int = 2) -> str:
    """Hours, energy and carbon of each stage that ran, from the logs; an estimate, no measurement."""
    lines, total = [], 0.0
    for stage, seconds in sorted(recipe.seconds(work).items()):
        total += seconds
        lines.append(f"| {stage} | {seconds / 3600:.2f} |")
    kilowatt_hours = total / 3600 * cores * WATTS / 1000
    return "\n".join(
        [
            "| stage | hours |",
            "|---|---|",
            *lines,
            "",
            f"{total / 3600:.1f} hours of {cores} cores, about {kilowatt_hours:.2f} kWh and "
            f"{kilowatt_hours * GRAMS:.0f} g CO2e ({WATTS} W a core, {GRAMS} g a kWh: an estimate).",
        ]
    )


def failures(results: Path) -> str:
    """Rates of what goes wrong, from `python -m distill faults`."""
    path = results / "faults.json"
    if not path.exists():
        return "Rates are not measured yet."
    found = json.loads(path.read_text())
    columns = [(f"{n}, {kind}", found[n][kind]) for n in ("short", "medium") for kind in found.get(n, {})]
    names = [k for k in (columns[0][1] if columns else {}) if k != "outputs"]
    lines = [
        f"| annotated/{found['split']} | " + " | ".join(f"{c} ({v['outputs']})" for c, v in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for name in names:
        cells = [_rate(name, values[name]) if name in values else "" for _, values in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    if "embeddings" in found:
        e = found["embeddings"]
        lines += ["", f"{e['never updated']:,} of {e['pieces']:,} embedding rows were never updated."]
    return "\n".join(
        [*lines, "", "`python -m distill faults`: `all` are all outputs, `shown` passed the gate."]
    )


def _rate(name: str, value: float) -> str:
    return f"{value:.2f}" if name.startswith("length") else f"{value:.1%}"


def sources(data: Path) -> str:
    """Table rows: each source with its licence and how many of its documents were training text."""
    count = Counter((r["source"], r["license"]) for r in corpus.read(data / "prose.jsonl.zst"))
    return "\n".join(f"| {name} | {licence} | {n:,} |" for (name, licence), n in sorted(count.items()))


def figures(results: Path) -> str:
    """The figures of `make evaluate` on annotated/test, and of the blind judgments on dev."""
    out = []
    path = results / "rouge-test.json"
    if path.exists():
        table = json.loads(path.read_text())
        for length in ("short", "medium"):
            t = table[length]
            ours, first, two = t["precis, all written"], t["lead-1"], t["lead-2"]
            out.append(
                f"- {length}, ROUGE-1/2/L against `{t['reference']}` on all {table['documents']} suitable "
                f"documents of annotated/test: {_r(ours)} (Lead-1 {_r(first)}, Lead-2 {_r(two)}); "
                f"shown for {t['answered']:.0%} of them. `make evaluate SPLIT=test`"
            )
    return "\n".join(out) or "- not measured yet"


def _r(scores: dict) -> str:
    return "/".join(f"{scores[k]:.1f}" for k in ("rouge1", "rouge2", "rougeL"))


def text(shape: Shape, work: Path, data: Path, results: Path, settings: dict) -> str:
    """Markdown for the bundle's README."""
    gate = settings["calibration"]
    stages = "\n".join(
        f"| {s['stage']} | {s['step']:,} | {s['documents']:,} | {s['tokens']:,} | "
        f"{s['seconds'] / 60:.0f} | {s['dev'].get('plain', '')} | {s['dev'].get('summary', '')} |"
        for s in trained(work)
    )
    return f"""# precis-minilm-ssru {settings["version"]}

Writes a one-sentence (`short`) or one- to two-sentence (`medium`) summary of an English document.
Transformer encoder ({shape.layers} layers, width {shape.width}), SSRU decoder
({shape.decoder_layers} layers, state {shape.state}) with cross-attention and a copy head,
{shape.vocabulary:,} SentencePiece pieces, int8. Reads the first {settings["source"]} pieces.

## Where it comes from
- Encoder start: `all-MiniLM-L6-v2` (Apache-2.0), vocabulary transferred to our own pieces.
- Text: open documentation, proposals, blogs and handbooks under permissive, CC0, CC-BY, CC-BY-SA,
  OGL and US-government terms, named at the end of this card. No text of theirs is in the bundle.
- Summaries: the authors' own (cleaned), and Precis' annotated set (written by a large language
  model after a published guideline).

## Recipe (`python -m distill STAGE --preset cpu`, seed 1, two CPU cores)
| stage | steps | documents | target pieces | minutes | dev nll/piece `plain` | `summary` |
|---|---|---|---|---|---|---|
{stages}

## Figures
{figures(results)}
- Gate: fitted on {gate.get("judged", 0)} blind judgments of dev outputs, mean log-probability at least
  {gate["threshold"]}: {gate.get("precision", 0):.0%} of what was shown there was usable (accept or
  edit), {gate.get("coverage", 0):.0%} was shown.
- Greedy output token-identical to PyTorch: `docs/results/parity.json`.

## Known failures
Facts can be mixed up between neighbouring sentences; long sentences can lose their grammar. The gate
withholds what the model is unsure of; what is shown is still a suggestion to be read by a person.
`medium` is much weaker than `short`: after two million target pieces the decoder does not yet carry a
dense sentence of thirty words. Recipes, minutes and other unsuitable kinds are not recognised yet.

{failures(results)}

## What training cost
{costs(work)}

## Sources of training text
| source | licence | documents |
|---|---|---|
{sources(data)}
"""
