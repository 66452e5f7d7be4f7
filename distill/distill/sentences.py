"""Sentence splitting for training data: plain rules, one line of text at a time."""

import itertools
import re

_END = re.compile(r"""(?<=[.!?])(["')\]]*)\s+(?=["'(\[]*[A-Z0-9])""")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|cf|al|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|Eq|Sec|Inc|Ltd|Jr|Sr|approx|[A-Z])\.$"
)
CLOSED = re.compile(r"""[.!?]["')\]]*$""")


def split(line: str) -> list[str]:
    """Sentences of one line, in order; their concatenation with spaces is the line."""
    parts: list[str] = []
    starts = [0, *(m.end() for m in _END.finditer(line)), len(line)]
    for part in (line[a:b].strip() for a, b in itertools.pairwise(starts)):
        if parts and _ABBREVIATION.search(parts[-1]):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return [part for part in parts if part]


def finished(sentence: str) -> bool:
    """Ends with closing punctuation."""
    return bool(CLOSED.search(sentence))
