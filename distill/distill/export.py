"""Student -> int8 ONNX -> bundle folder with its manifest."""

import copy
import datetime
import hashlib
import json
import shutil
import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor

from distill import rounding, smooth
from distill.gate import attach
from distill.graphs import DecoderGraph, EncoderGraph
from distill.products import pack
from distill.student import Shape, Student
from distill.tokens import NAMES

OPSET = 18
PRODUCTS = ("qkv", "out", "up", "down")
MANY = ("encoder.", "decoder.keys.", "decoder.values.", "decoder.copy_key")
"""Beginnings of names of the layers that a whole document goes through at once."""
TOP = 16
TARGET_LIMIT = 64


def _write(module, inputs: dict, outputs: list[str], axes: dict, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
    onnx.checker.check_model(str(path))


def graphs(student: Student, folder: Path, moments: dict[str, Tensor] | None = None) -> None:
    """`encoder.onnx` and `decoder.onnx`, their products packed to eight bits; `moments` as `rounding`
    measures them, for the layers that have some."""
    s, student = student.shape, copy.deepcopy(student)
    student.decoder.embed = student.encoder.embed
    step = DecoderGraph(student, TOP)
    pack(student, moments or {}, MANY)
    b, n, length, d = 2, 3, 7, s.width // s.heads
    ids, mask = torch.randint(20, s.vocabulary, (b, length)), torch.ones(b, length)
    sample = {"ids": ids, "mask": mask}
    encoder_axes = {
        "ids": {0: "B", 1: "S"},
        "mask": {0: "B", 1: "S"},
        "keys": {0: "B", 4: "S"},
        "values": {0: "B", 3: "S"},
        "copy_keys": {0: "B", 2: "S"},
        "pooled": {0: "B"},
    }
    with torch.no_grad():
        _write(
            EncoderGraph(student),
            sample,
            ["keys", "values", "copy_keys", "pooled"],
            encoder_axes,
            folder / "encoder.onnx",
        )
        layers, heads = s.decoder_layers, s.heads
        attended, moving = {}, {}
        for n in range(layers):
            attended |= {
                f"keys_{n}": torch.randn(b, heads, d, length),
                f"values_{n}": torch.randn(b, heads, length, d),
            }
            moving |= {f"keys_{n}": {0: "B", 3: "S"}, f"values_{n}": {0: "B", 2: "S"}}
        inputs = {
            "recent": torch.randint(20, s.vocabulary, (b, n, 3)),
            "state": torch.randn(b, n, layers, s.state),
            **attended,
            "copy_keys": torch.randn(b, s.copy, length),
            **sample,
        }
        rows = {name: {0: "B", 1: "N"} for name in ("recent", "state", "log_probs", "tokens")}
        rows |= {name: {0: "B", 1: "N"} for name in ("gate", "entropy", "next_state")}
        axes = {k: encoder_axes[k] for k in ("ids", "mask", "copy_keys")} | moving | rows
        _write(
            step,
            inputs,
            ["log_probs", "tokens", "copy", "gate", "entropy", "next_state"],
            axes | {"copy": {0: "B", 1: "N", 2: "S"}},
            folder / "decoder.onnx",
        )


def prepared(student: Student, sources: list[list[int]]) -> Student:
    """A copy of the student whose encoder products are smoothed for int8 on the given documents."""
    model = copy.deepcopy(student).eval()
    model.decoder.embed = model.encoder.embed
    encoder = [f"encoder.layers.{n}.{x}" for n in range(student.shape.layers) for x in PRODUCTS]
    memory = [f"decoder.{x}.{n}" for n in range(student.shape.decoder_layers) for x in ("keys", "values")]

    smooth.smooth(model, [*encoder, *memory, "decoder.copy_key"], lambda: _read(model, sources))
    return model


def _read(model: Student, sources: list[list[int]]) -> None:
    for ids in sources:
        model.encode(torch.tensor([ids]), torch.ones(1, len(ids)))


def bundle(
    student: Student, sources: list[list[int]], tokenizer: Path, folder: Path, card: str, info: dict
) -> None:
    """Writes the bundle; `info` holds version, calibration, decoding and source limit; `sources` are
    ids of training documents to smooth activations and to round weights on."""
    folder.mkdir(parents=True, exist_ok=True)
    student = prepared(student, sources)
    graphs(student, folder, rounding.moments(student, MANY, lambda: _read(student, sources)))
    shutil.copy(tokenizer, folder / "tokenizer.model")
    describe(student.shape, folder, card, info)


def describe(s: Shape, folder: Path, card: str, info: dict) -> None:
    """Writes card and manifest beside graphs that are there already (a new calibration, say)."""
    (folder / "README.md").write_text(card)
    files = {}
    for name in ("encoder.onnx", "decoder.onnx", "tokenizer.model", "README.md"):
        content = (folder / name).read_bytes()
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    files |= attach.listed(folder)
    manifest = {
        "format": 1,
        "name": "precis-minilm-ssru",
        "version": info["version"],
        "created": info.get("created") or datetime.date.today().isoformat(),
        "licence": "Apache-2.0",
        "card": "README.md",
        "architecture": {
            "encoder": "transformer",
            "encoderLayers": s.layers,
            "decoder": "ssru",
            "decoderLayers": s.decoder_layers,
            "width": s.width,
            "stateWidth": s.state,
            "heads": s.heads,
            "copyWidth": s.copy,
            "vocabulary": s.vocabulary,
            "topK": TOP,
        },
        "limits": {"sourceTokens": info["source"], "targetTokens": TARGET_LIMIT},
        "tokens": NAMES,
        "tokenizer": {"kind": "sentencepiece", "file": "tokenizer.model"},
        "files": files,
        "decoding": info["decoding"],
        "calibration": info["calibration"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
