"""Special ids and the way from a document to ids; the twin of `model/core/tokens.ts`.

The special symbols are SentencePiece *control* symbols: no text can produce them.
"""

from pathlib import Path

import sentencepiece

CONTROL = ["<mask>", "<n>", "<title>", "<short>", "<medium>", "<gap>", "<author>", "<headline>"]
SPARE = ["<r0>", "<r1>", "<r2>", "<r3>"]
PAD, UNK, BOS, EOS, MASK, NEWLINE, TITLE, SHORT, MEDIUM, GAP, AUTHOR, HEADLINE = range(12)
MODES = {"short": SHORT, "medium": MEDIUM, "gap": GAP, "author": AUTHOR, "headline": HEADLINE}
NAMES = {
    "pad": PAD,
    "unk": UNK,
    "bos": BOS,
    "eos": EOS,
    "mask": MASK,
    "newline": NEWLINE,
    "title": TITLE,
    **MODES,
}
FIRST_PIECE = 4 + len(CONTROL) + len(SPARE)
"""Ids below are special; a decoder writes none of them but `EOS` and, in gap mode, `NEWLINE`."""


class Tokenizer:
    """SentencePiece with Precis' layout of a document."""

    def __init__(self, path: Path | str):
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def __len__(self) -> int:
        return self.pieces.get_piece_size()

    def encode(self, text: str) -> list[int]:
        return self.pieces.encode(text)

    def decode(self, ids: list[int]) -> str:
        return self.pieces.decode([i for i in ids if i >= FIRST_PIECE or i == UNK])

    def document(self, title: str | None, text: str, limit: int) -> list[int]:
        """`bos title <title> line <n> line … eos`, at most `limit` ids."""
        lines = [line for line in text.split("\n") if line]
        ids = [BOS]
        if title:
            ids += [*self.encode(title), TITLE]
            if lines and lines[0] == title:
                lines = lines[1:]
        for number, line in enumerate(lines):
            if len(ids) >= limit:
                break
            ids += ([NEWLINE] if number else []) + self.encode(line)
        return [*ids[: limit - 1], EOS]


def train(lines, prefix: Path, vocabulary: int, threads: int = 2) -> Path:
    """Trains the unigram model (Kudo 2018) on an iterator of lines; returns the `.model` path.

    Digits are split so that any number can be spelt and copied; identity normalisation, because
    `documents/` has normalised already and the JavaScript port must see the same bytes.
    """
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(prefix),
        model_type="unigram",
        vocab_size=vocabulary,
        character_coverage=0.9998,
        normalization_rule_name="identity",
        remove_extra_whitespaces=True,
        split_digits=True,
        byte_fallback=False,
        pad_id=PAD,
        unk_id=UNK,
        bos_id=BOS,
        eos_id=EOS,
        control_symbols=CONTROL + SPARE,
        input_sentence_size=400_000,
        shuffle_input_sentence=False,
        max_sentence_length=4000,
        num_threads=threads,
        minloglevel=1,
    )
    return prefix.with_suffix(".model")
