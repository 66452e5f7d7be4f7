"""Every stage on 64 documents, through the command line as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import DOCUMENTS

from distill.student import Student

TRAINING = ("pretrain", "annotated")


def stage(name: str, *options: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "distill", name, "--preset", "smoke", *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def work(data: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    for name in ("tokenizer", "start", *TRAINING):
        done = stage(name, "--data", data, "--work", folder)
        assert done.returncode == 0, done.stderr
    return folder


def test_training_logs_loss_dev_likelihood_and_samples(work: Path):
    for name in TRAINING:
        lines = [json.loads(x) for x in (work / f"{name}.log.jsonl").read_text().splitlines()]
        measured = [x for x in lines if "dev" in x]
        assert {"plain", "summary", "gap"} <= measured[-1]["dev"].keys()
        assert all(value > 0 for value in measured[-1]["dev"].values())
        assert measured[-1]["step"] == 4


def test_training_changes_every_part_of_the_model(work: Path):
    before = Student.load(work / "start.safetensors").state_dict()
    after = Student.load(work / "annotated.safetensors").state_dict()
    for name in ("encoder.embed.weight", "encoder.layers.0.qkv.weight", "decoder.gate.weight"):
        assert not torch.equal(before[name], after[name]), name


def test_a_finished_stage_is_not_run_again(data: Path, work: Path):
    before = (work / "pretrain.log.jsonl").read_text()
    assert stage("pretrain", "--data", data, "--work", work).returncode == 0
    assert (work / "pretrain.log.jsonl").read_text() == before


def test_bundle_parity_and_golden(data: Path, work: Path, tmp_path: Path):
    folder = tmp_path / "bundle"
    done = stage("export", "--work", work, "--data", data, "--bundle", folder)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["files"]["encoder.onnx"]["bytes"] == (folder / "encoder.onnx").stat().st_size
    out = tmp_path / "parity.json"
    done = stage("parity", "--work", work, "--bundle", folder, "--data", data, "--out", out)
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text())["documents"] == 8
    golden = tmp_path / "golden"
    done = stage("golden", "--bundle", folder, "--documents", DOCUMENTS, "--out", golden)
    assert done.returncode == 0, done.stderr
    records = [json.loads(path.read_text()) for path in golden.glob("*.json")]
    assert len(records) == len(list(DOCUMENTS.glob("*.md"))) >= 20
    assert all(len(r["greedy"]["logProbs"]) >= len(r["greedy"]["ids"]) for r in records)


def test_a_missing_earlier_stage_is_named(data: Path, tmp_path: Path):
    done = stage("start", "--data", data, "--work", tmp_path / "empty")
    assert done.returncode != 0
    assert "tokenizer" in done.stderr
