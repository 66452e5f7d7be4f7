"""Gap-sentence generation: the right sentences, and no sentence in both places unless kept."""

import random
from pathlib import Path

import pytest

from distill import corpus, gap, sentences, tokens
from distill.tokens import BOS, EOS, MASK, NEWLINE, Tokenizer

TEXTS = [
    "The bridge in Malmo opens twice a day for boats.",
    "Nobody likes the colour of the railing.",
    "Boats wait for the bridge in Malmo, which opens twice a day.",
    "Lunch is at noon.",
]


@pytest.fixture(scope="module")
def tokenizer(data: Path, tmp_path_factory) -> Tokenizer:
    lines = [x for r in corpus.read(data / "prose.jsonl.zst") for x in r["text"].split("\n")]
    return Tokenizer(tokens.train(lines, tmp_path_factory.mktemp("spm") / "t", 600, 1))


def test_principal_sentences_share_most_with_the_rest():
    rng = random.Random(0)
    assert gap.choose(TEXTS, [0, 1, 2, 3], 2, "ind", rng) == [0, 2]
    assert gap.choose(TEXTS, [1, 2, 3], 1, "lead", rng) == [1]
    assert gap.choose(TEXTS, [0, 1, 2, 3], 1, "seq", rng)[0] in (0, 2)


def test_masked_sentences_are_targets_and_gone_from_the_source(data: Path, tokenizer, monkeypatch):
    monkeypatch.setattr(gap, "KEEP", 0.0)
    rng, made = random.Random(0), 0
    for row in list(corpus.read(data / "prose.jsonl.zst"))[:24]:
        one = gap.example(row, tokenizer, rng, 200, 120)
        if one is None:
            continue
        made += 1
        (_, target), source = one.targets[0], one.source
        assert source[0] == BOS and source[-1] == EOS and len(source) <= 200
        parts = tokenizer.decode(source), tokenizer.decode(target)
        assert source.count(MASK) == target.count(NEWLINE) + 1 or len(source) == 200
        first = sentences.split(parts[1])[0]
        assert first not in parts[0]
    assert made >= 15


def test_documents_lay_out_title_lines_and_limit(tokenizer):
    ids = tokenizer.document("A title", "First line.\nSecond line.", 100)
    assert ids[0] == BOS and ids[-1] == EOS
    assert ids.count(tokens.TITLE) == 1 and ids.count(NEWLINE) == 1
    assert tokenizer.document("Same", "Same\nBody.", 100) == tokenizer.document("Same", "Body.", 100)
    cut = tokenizer.document("A title", "word " * 500, 40)
    assert len(cut) == 40 and cut[-1] == EOS


def test_no_text_makes_special_ids(tokenizer):
    ids = tokenizer.encode("<mask> <n> <title> <s> </s> <pad> <short>")
    assert all(i >= tokens.FIRST_PIECE or i == tokens.UNK for i in ids)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Use a cache, e.g. Redis, for this. It helps.", 2),
        ("Version 3.2 is out. Dr. Ahmed wrote it!", 2),
        ("No end here", 1),
        ('He said "stop." Then he left.', 2),
    ],
)
def test_sentences(line, count):
    parts = sentences.split(line)
    assert len(parts) == count
    assert " ".join(parts) == line
