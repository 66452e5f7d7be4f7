"""Outputs to look at: a seeded, unselected draw from the answers of `precis batch`, as Markdown."""

import random
from pathlib import Path

from distill import corpus


def page(answers: dict[str, Path], count: int, seed: int, title: str) -> str:
    """`answers`: length -> NDJSON; the same documents in each."""
    given = {length: {a["id"]: a for a in corpus.lines(path)} for length, path in answers.items()}
    ids = sorted(set.intersection(*(set(g) for g in given.values())))
    drawn = random.Random(seed).sample(ids, min(count, len(ids)))
    lines = [
        f"# {title}",
        "",
        f"{len(drawn)} of {len(ids)} documents, drawn with seed {seed}, unselected.",
        "",
    ]
    for i in drawn:
        lines.append(f"## {i}")
        for length, answers_by_id in given.items():
            answer = answers_by_id[i]
            diagnostics = answer.get("diagnostics") or {}
            written = diagnostics.get("candidate", "")
            verdict = "shown" if answer.get("suggestion") else f"withheld: {answer.get('reason')}"
            mean = diagnostics.get("meanLogProb")
            number = "" if mean is None else f", mean log-probability {mean:.2f}"
            lines.append(f"- **{length}** ({verdict}{number}): {written}")
        lines.append("")
    return "\n".join(lines)
