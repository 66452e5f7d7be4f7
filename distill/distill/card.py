"""The model card, written from what the stages logged."""

import json
from pathlib import Path

from distill.presets import CPU
from distill.student import Shape


def trained(work: Path) -> list[dict]:
    """Last logged line and last dev measure of each training stage that ran."""
    out = []
    for stage in CPU.phases:
        path = work / f"{stage}.log.jsonl"
        if path.exists():
            lines = [json.loads(line) for line in path.read_text().split("\n") if line]
            dev = next((x["dev"] for x in reversed(lines) if "dev" in x), {})
            out.append({**lines[-1], "dev": dev})
    return out


def text(shape: Shape, work: Path, settings: dict) -> str:
    """Markdown for the bundle's README."""
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
  OGL and US-government terms; every source with its licence stands in
  `data-cleaning/README.md` and the corpus' `SOURCES.tsv`. No text is in the bundle.
- Summaries: the authors' own (cleaned), and Precis' annotated set (written by a large language
  model after a published guideline).

## Recipe (`python -m distill STAGE --preset cpu`, seed 1, two CPU cores)
| stage | steps | documents | target pieces | minutes | dev nll/piece `plain` | `summary` |
|---|---|---|---|---|---|---|
{stages}

## Known failures
Facts can be mixed up between neighbouring sentences; long sentences can lose their grammar. The gate
withholds what the model is unsure of; what is shown is still a suggestion to be read by a person.
Measured figures: `docs/results/`.
"""
