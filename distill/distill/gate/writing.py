"""How people lay out a document: heading styles, list styles, labelled lines. An invented document draws
one hand of these and keeps to it, so that a layout is no sign of a kind."""

import calendar
import json
import random
from pathlib import Path

LISTS: dict = json.loads((Path(__file__).parent / "invented_lists.json").read_text())
"""Words and sentences of the invented documents, by module."""


class Hand:
    """One author's way of writing Markdown or plain text; `rng` is the only source of chance."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.heading = rng.choice(["##", "###", "####", "bold", "caps", "colon", "underline", "numbered"])
        self.bullet = rng.choice(["- ", "* ", "1. ", "• ", "+ "])
        self.label = rng.choice(
            ["**{a}:** {b}", "{a}: {b}", "*{a}*: {b}", "| {a} | {b} |", "- {a}: {b}", "**{a}** – {b}"]
        )
        self.count = 0

    def pick(self, options):
        return self.rng.choice(options)

    def some(self, options, least: int, most: int) -> list:
        return self.rng.sample(options, min(len(options), self.rng.randint(least, most)))

    def maybe(self, *parts: str, chance: float = 0.5) -> list[str]:
        return list(parts) if self.rng.random() < chance else []

    def title(self, text: str) -> str:
        return self.pick(
            [f"# {text}", f"# {text}", f"{text}\n{'=' * len(text)}", f"**{text}**", text.upper(), text]
        )

    def head(self, text: str) -> str:
        self.count += 1
        return {
            "bold": f"**{text}**",
            "caps": text.upper(),
            "colon": f"{text}:",
            "underline": f"{text}\n{'-' * len(text)}",
            "numbered": f"## {self.count}. {text}",
        }.get(self.heading, f"{self.heading} {text}")

    def items(self, texts: list[str]) -> str:
        if self.bullet == "1. ":
            return "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))
        return "\n".join(self.bullet + text for text in texts)

    def labels(self, pairs: list[tuple[str, str]]) -> str:
        lines = [self.label.format(a=a, b=b) for a, b in pairs]
        if self.label.startswith("|"):
            return "\n".join([lines[0], "|---|---|", *lines[1:]])
        return ("\n" if self.label.startswith("-") else "\n\n").join(lines)

    def table(self, head: list[str], rows: list[list[str]]) -> str:
        lines = [f"| {' | '.join(row)} |" for row in [head, *rows]]
        return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])

    def date(self) -> str:
        y, m, d = self.rng.randint(2012, 2026), self.rng.randint(1, 12), self.rng.randint(1, 28)
        month = calendar.month_name[m]
        return self.pick([f"{y}-{m:02}-{d:02}", f"{d} {month} {y}", f"{month} {d}, {y}", f"{m}/{d}/{y}"])


def row(kind: str, layout: str, seed: int, parts: list[str], title: str | None = None) -> dict:
    """A row of the gate's table; `layout` stands in the source, so that a fold can leave it out."""
    text = "\n\n".join(part for part in parts if part)
    return {
        "id": f"{kind}-{seed}",
        "kind": kind,
        "source": f"invented/{kind}-{layout}",
        "text": text,
        "title": title,
    }
