"""`gate.json` into a bundle: written beside the graphs and listed in the manifest."""

import hashlib
import json
from pathlib import Path

import numpy as np

FILE = "gate.json"
DIGITS = 5


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(folder: Path) -> dict[str, dict]:
    """The manifest's entry of a gate that fits the folder's encoder; a stale one is removed."""
    path = folder / FILE
    if not path.exists():
        return {}
    if json.loads(path.read_text()).get("encoder") != digest(folder / "encoder.onnx"):
        path.unlink()
        return {}
    return {FILE: {"sha256": digest(path), "bytes": path.stat().st_size}}


def read(folder: Path) -> dict:
    """The bundle's gate, without what `write` adds. @raises FileNotFoundError when none fits its encoder."""
    if not listed(folder):
        raise FileNotFoundError(f"{folder / FILE} does not fit {folder}/encoder.onnx: run `make gate` first")
    gate = json.loads((folder / FILE).read_text())
    return {k: v for k, v in gate.items() if k not in ("format", "encoder")}


def write(folder: Path, gate: dict) -> None:
    """Writes the gate, five significant digits a number, and lists it in the manifest."""
    made = {"format": 1, "encoder": digest(folder / "encoder.onnx"), **gate}
    (folder / FILE).write_text(json.dumps(_plain(made), separators=(",", ":")) + "\n")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"] |= listed(folder)
    path.write_text(json.dumps(manifest, indent=2) + "\n")


def _plain(value):
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float | np.floating):
        return float(f"{float(value):.{DIGITS}g}")
    return value
