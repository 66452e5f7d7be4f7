"""Judgments of suggestions as rows of numbers: sheets, feedback exports, and answers that know more."""

import json
from pathlib import Path


def rows(paths: list[Path]) -> list[dict]:
    return [json.loads(line) for path in paths for line in path.read_text().split("\n") if line]


def renewed(judged: list[dict], answers: list[Path]) -> list[dict]:
    """Judgments with the diagnostics of today's answers in place of those kept when they were judged:
    a verdict stays true as long as the text does, while features come and go. Rows whose text is no
    longer written are left out, as are second judgments of one text."""
    known = {}
    for answer in rows(answers):
        notes = answer.get("diagnostics") or {}
        if notes.get("candidate"):
            known[answer["id"], notes["candidate"]] = notes
    out = {}
    for row in judged:
        place = row.get("id"), row.get("candidate")
        if place in known and "verdict" in row:
            out.setdefault(place, {"id": row["id"], "verdict": row["verdict"], **known[place]})
    return list(out.values())
