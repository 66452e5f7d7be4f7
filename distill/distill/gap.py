"""Gap-sentence generation (Zhang et al. 2020, "PEGASUS"): which sentences to mask, and the example
made of them. Principal sentences are those with the highest ROUGE-1 F1 against the rest."""

import random
import re
from collections import Counter
from dataclasses import dataclass

from distill import sentences
from distill.tokens import BOS, EOS, GAP, MASK, NEWLINE, TITLE, UNK, Tokenizer

KEEP = 0.2
"""Share of chosen sentences left in place, so that copying is learned too (PEGASUS, section 6.2)."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass
class Example:
    """Source ids and (mode, target ids without eos) pairs; the row they were made of, as shown (a
    teacher may want its text), none where the source is masked."""

    source: list[int]
    targets: list[tuple[int, list[int]]]
    row: dict | None = None


def _f1(part: Counter, rest: Counter) -> float:
    overlap = sum(min(n, rest[w]) for w, n in part.items())
    if not overlap:
        return 0.0
    p, r = overlap / part.total(), overlap / rest.total()
    return 2 * p * r / (p + r)


def scores(texts: list[str]) -> list[float]:
    """Ind-Orig: each sentence on its own against all others, n-grams counted as often as they occur."""
    bags = [Counter(_WORD.findall(t.lower())) for t in texts]
    total = Counter()
    for bag in bags:
        total.update(bag)
    return [_f1(bag, total - bag) for bag in bags]


def choose(texts: list[str], usable: list[int], count: int, strategy: str, rng: random.Random):
    """Indices of up to `count` principal sentences among `usable`.

    `ind` (Ind-Orig), `seq` (Seq-Orig: greedily the one that lifts the chosen set's F1 most), `lead`,
    `random`: the strategies the paper compares.
    """
    if strategy == "lead":
        return usable[:count]
    if strategy == "random":
        return sorted(rng.sample(usable, min(count, len(usable))))
    if strategy == "ind":
        value = scores(texts)
        return sorted(sorted(usable, key=lambda i: -value[i])[:count])
    bags = [Counter(_WORD.findall(t.lower())) for t in texts]
    total, chosen, bag = sum(bags, Counter()), [], Counter()
    for _ in range(min(count, len(usable))):
        left = [i for i in usable if i not in chosen]
        best = max(left, key=lambda i: _f1(bag + bags[i], total - bag - bags[i]))
        chosen.append(best)
        bag += bags[best]
    return sorted(chosen)


def example(
    row: dict,
    tokenizer: Tokenizer,
    rng: random.Random,
    source: int,
    target: int,
    strategy: str = "ind",
) -> Example | None:
    """One example of a random window of the document; None when it holds too little prose.

    source, target: limits in ids. Windows start at the document's start half of the time.
    """
    items = [
        (line_number, sentence)
        for line_number, line in enumerate(row["text"].split("\n"))
        for sentence in sentences.split(line)
    ]
    if len(items) < 4:
        return None
    start = 0 if rng.random() < 0.5 else rng.randrange(max(1, len(items) - 12))
    window, size = [], 0
    for line, text in items[start:]:
        ids = tokenizer.encode(text)
        size += len(ids)
        if window and size > source + target * 0.7:
            break
        window.append((line, text, ids))
    texts = [text for _, text, _ in window]
    usable = [
        i
        for i, (_, text, ids) in enumerate(window)
        if 8 <= len(ids) <= 80 and UNK not in ids and sentences.finished(text) and not text.startswith("- ")
    ]
    wanted = max(1, round(len(window) * rng.uniform(0.15, 0.45)))
    chosen = choose(texts, usable, wanted, strategy, rng)
    out, kept = [], set()
    for i in chosen:
        if len(out) + len(window[i][2]) + 1 > target:
            break
        out += ([NEWLINE] if out else []) + window[i][2]
        kept.add(i)
    if len(out) < 20:
        return None
    ids, previous = [BOS], None
    if start == 0 and row.get("title") and rng.random() < 0.7:
        ids += [*tokenizer.encode(row["title"]), TITLE]
    for i, (line, _, piece) in enumerate(window):
        if previous is not None and line != previous:
            ids.append(NEWLINE)
        ids += [MASK] if i in kept and rng.random() >= KEEP else piece
        previous = line
    return Example([*ids[: source - 1], EOS], [(GAP, out)])
