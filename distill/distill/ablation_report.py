"""`ablations.json`, a table (`ablations.md`) and a plot (`ablations.svg`) of the grid's results."""

import json
from html import escape
from pathlib import Path
from statistics import mean

from distill.ablations import Settings

ROW, LEFT, WIDTH = 22, 190, 640
"""Of the plot, in pixels."""


def grouped(results: list[dict]) -> list[tuple[str, str, list[dict]]]:
    """(question, cell, its seeds' results), questions together, in the order they were first run."""
    seen: dict[str, dict[str, list[dict]]] = {}
    for r in results:
        seen.setdefault(r["question"], {}).setdefault(r["cell"], []).append(r)
    return [(q, cell, rows) for q, found in seen.items() for cell, rows in found.items()]


def _spread(values: list[float], digits: int) -> str:
    """Mean and half the range of the seeds."""
    text = f"{mean(values):.{digits}f}"
    return f"{text} ± {(max(values) - min(values)) / 2:.{digits}f}" if len(values) > 1 else text


def table(results: list[dict], settings: Settings, missing: dict[str, list[str]]) -> str:
    lines = [
        "# Ablations",
        "",
        "`python -m distill ablate`: every cell trains from MiniLM with the same number of steps, "
        f"{settings.gap.steps} on gap sentences ({settings.gap.documents} documents each) and "
        f"{settings.tune.steps} on pairs ({settings.tune.documents} documents); it changes one thing in "
        "the common recipe. Mean of the seeds ± half their range, on "
        f"{settings.documents} documents of annotated/dev: negative log-likelihood a piece (lower is "
        "better), ROUGE-L of greedy output (higher is better), processor milliseconds of a decoding step "
        "in PyTorch (one document, one thread). These are small runs: they say what helps, not how good "
        "the shipped model is.",
        "",
        "| question | cell | seeds | nll `plain` | nll `summary` | ROUGE-L `plain` | ROUGE-L `summary` "
        "| ms a piece |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for question, cell, rows in grouped(results):
        values = [
            _spread([r["nll"]["plain"] for r in rows], 3),
            _spread([r["nll"]["summary"] for r in rows], 3),
            _spread([r["rougeL"]["plain"] for r in rows], 1),
            _spread([r["rougeL"]["summary"] for r in rows], 1),
            _spread([r["msPerPiece"] for r in rows], 2),
        ]
        lines.append(f"| {question} | {cell} | {len(rows)} | {' | '.join(values)} |")
    if missing:
        files = "; ".join(f"{cell} (`{', '.join(need)}.jsonl.zst`)" for cell, need in missing.items())
        lines += ["", f"Not run, for want of files: {files}."]
    return "\n".join(lines) + "\n"


def plot(results: list[dict]) -> str:
    """Dots: each seed's nll of `plain`; a bar at their mean. SVG of its own, no style sheet needed."""
    rows = grouped(results)
    values = [r["nll"]["plain"] for r in results] or [0.0, 1.0]
    low, high = min(values), max(values)
    span = max(1e-6, high - low)
    x = lambda v: LEFT + 20 + (v - low) / span * (WIDTH - LEFT - 50)  # noqa: E731
    height = ROW * (len(rows) + 2)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="sans-serif" font-size="12" role="img">',
        "<title>Dev negative log-likelihood a piece of `plain`, by ablation and seed</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="15" fill="#333">nll a piece of plain, dev (left is better)</text>',
    ]
    for n, (_, cell, found) in enumerate(rows):
        y = ROW * (n + 1.5)
        middle = x(mean(r["nll"]["plain"] for r in found))
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - 10}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#333">{escape(cell)}</text>')
        out.append(
            f'<line x1="{middle:.1f}" x2="{middle:.1f}" y1="{y - 7}" y2="{y + 7}" '
            'stroke="#1a5fb4" stroke-width="2"/>'
        )
        for r in found:
            at = x(r["nll"]["plain"])
            out.append(f'<circle cx="{at:.1f}" cy="{y}" r="4" fill="#1a5fb4" fill-opacity="0.5"/>')
    for v in (low, (low + high) / 2, high):
        out.append(f'<text x="{x(v):.1f}" y="{height - 6}" text-anchor="middle" fill="#666">{v:.2f}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def write(results: list[dict], settings: Settings, missing: dict[str, list[str]], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "ablations.json").write_text(json.dumps(results, indent=2) + "\n")
    (out / "ablations.md").write_text(table(results, settings, missing))
    (out / "ablations.svg").write_text(plot(results))
