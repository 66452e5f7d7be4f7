"""Every stage on 64 documents, through the command line as a user runs it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import DOCUMENTS

from distill import corpus
from distill.student import Student

TRAINING = ("pretrain", "decoder", "annotated", "distill")
RECIPE = ("tokenizer", "start", "pretrain", "memory", "decoder", "annotated", "teacher", "label", "distill",
          "export", "parity", "card")  # fmt: skip


def stage(name: str, *options: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "distill", name, "--preset", "smoke", *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def recipe(data: Path, work: Path) -> subprocess.CompletedProcess:
    return stage("recipe", "--data", data, "--work", work, "--bundle", work / "bundle")


@pytest.fixture(scope="module")
def clean(data: Path, tmp_path_factory) -> Path:
    """The clean set with documents beyond the annotated ones, which the teacher may label."""
    folder = tmp_path_factory.mktemp("more") / "clean"
    shutil.copytree(data, folder)
    for name in ("prose", "clean"):
        rows = list(corpus.read(data / f"{name}.jsonl.zst"))
        corpus.write(folder / f"{name}.jsonl.zst", [*rows, *({**r, "id": f"new-{r['id']}"} for r in rows)])
    return folder


@pytest.fixture(scope="module")
def work(clean: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    done = recipe(clean, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_recipe_runs_every_stage_once_and_goes_on_where_one_is_missing(clean: Path, work: Path):
    assert {path.name for path in work.glob("*.done")} == {f"{name}.done" for name in RECIPE}
    (work / "card.done").unlink()
    done = recipe(clean, work)
    assert done.returncode == 0, done.stderr
    assert [x.split(":")[0] for x in done.stdout.splitlines() if x.endswith(": begins")] == ["card"]
    assert done.stdout.count("finished before") == len(RECIPE) - 1
    card = (work / "bundle" / "README.md").read_text()
    assert all(f"| {name} |" in card for name in TRAINING) and "kWh" in card


def test_training_logs_loss_dev_likelihood_and_samples(work: Path):
    for name in TRAINING:
        lines = [json.loads(x) for x in (work / f"{name}.log.jsonl").read_text().splitlines()]
        measured = [x for x in lines if "dev" in x]
        assert {"plain", "summary", "gap"} <= measured[-1]["dev"].keys()
        assert all(value > 0 for value in measured[-1]["dev"].values())
        assert measured[-1]["step"] == 4


def test_training_changes_every_part_of_the_model(work: Path):
    before = Student.load(work / "start.safetensors").state_dict()
    after = Student.load(work / "distill.safetensors").state_dict()
    for name in ("encoder.embed.weight", "encoder.layers.0.qkv.weight", "decoder.gate.weight"):
        assert not torch.equal(before[name], after[name]), name


def test_a_finished_stage_is_not_run_again(data: Path, work: Path):
    before = (work / "pretrain.log.jsonl").read_text()
    assert stage("pretrain", "--data", data, "--work", work).returncode == 0
    assert (work / "pretrain.log.jsonl").read_text() == before


def test_bundle_parity_and_golden(data: Path, work: Path, tmp_path: Path):
    folder = work / "bundle"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["files"]["encoder.onnx"]["bytes"] == (folder / "encoder.onnx").stat().st_size
    assert json.loads((work / "parity.json").read_text())["documents"] == 8
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
