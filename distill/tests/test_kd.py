"""Word-level distillation inside the trainer, and training with several processes."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from test_label import pegasus

from distill import examples, kd, presets, train
from distill.gap import Example
from distill.own_teacher import StudentTeacher
from distill.student import Student
from distill.teachers import open_teacher
from distill.tokens import MEDIUM, SHORT, Tokenizer

ROW = {"title": "Tides", "text": "The tide turns twice a day. Boats wait in the harbour until it does."}


@pytest.fixture
def work(labelled: Path, tmp_path: Path) -> Path:
    """A folder with a start and `wise`, a Transformer decoder grafted on the start's encoder."""
    for name in ("tokenizer.model", "labels.jsonl.zst", "start.safetensors"):
        shutil.copy(labelled / name, tmp_path)
    torch.manual_seed(3)
    wise = Student.load(tmp_path / "start.safetensors").grafted(decoder="transformer")
    with torch.no_grad():
        wise.decoder.bias.copy_(torch.randn(600) * 2)
    wise.save(tmp_path / "wise.safetensors")
    return tmp_path


def batch_of(pieces: Tokenizer):
    source = pieces.document(ROW["title"], ROW["text"], 64)
    targets = [
        (SHORT, pieces.encode("The tide turns.")),
        (MEDIUM, pieces.encode("Boats wait in the harbour.")),
    ]
    return examples.collate([Example(source, targets, ROW)])


def test_opinions_stand_at_the_students_target_positions(work: Path):
    teacher = open_teacher(str(work / "wise.safetensors"), 64, 1)
    assert isinstance(teacher, StudentTeacher)
    pieces = Tokenizer(work / "tokenizer.model")
    assert kd.way(teacher, pieces) == "word"
    batch = batch_of(pieces)
    with torch.no_grad():
        expected = teacher.model.distribution(batch)
    torch.testing.assert_close(kd.opinions(teacher, batch), expected, rtol=1e-4, atol=1e-4)


def test_a_pegasus_with_our_pieces_has_opinions_too(work: Path, tmp_path: Path):
    pieces = Tokenizer(work / "tokenizer.model")
    teacher = open_teacher(pegasus(tmp_path / "p", pieces, False), 64, 1)
    batch = batch_of(pieces)
    found = kd.opinions(teacher, batch)
    assert found.shape == (int((batch.targets >= 0).sum()), 600)
    torch.testing.assert_close(found.exp().sum(-1), torch.ones(len(found)), rtol=1e-3, atol=1e-3)


def test_training_by_divergence_alone_brings_the_student_to_its_teacher(data: Path, work: Path):
    phase = replace(
        presets.SMOKE.phases["distill"],
        mix={"labels": 1.0}, authors=False, steps=25, documents=8, source=64, target=60, warmup=2,
        rate=5e-3, frozen=1, start="start", teacher="wise", share=1.0,
    )  # fmt: skip
    pieces, teacher = Tokenizer(work / "tokenizer.model"), open_teacher(str(work / "wise.safetensors"), 64, 1)

    def apart(path: Path) -> float:
        batch = batch_of(pieces)
        with torch.no_grad():
            ours = Student.load(path).eval().distribution(batch)
        return kd.divergence(ours, kd.opinions(teacher, batch), torch.ones(len(ours))).item()

    before = apart(work / "start.safetensors")
    train.train("distill", replace(presets.SMOKE, phases={"distill": phase}), data, work, 1)
    assert apart(work / "distill.safetensors") < 0.6 * before


def test_two_processes_train_as_one(data: Path, work: Path):
    """Under torchrun: each step counts both processes' documents; one log, one file, resumable."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command += [
        "-m",
        "distill",
        "pretrain",
        "--preset",
        "smoke",
        "--data",
        data,
        "--work",
        work,
        "--device",
        "cpu",
    ]
    sizes = ["--set", "steps=3", "--set", "documents=2"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*map(str, command), *sizes], env=environment, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(x) for x in (work / "pretrain.log.jsonl").read_text().splitlines()]
    assert [x["step"] for x in lines if "dev" in x] == [2, 3]
    assert lines[-1]["documents"] == 3 * 2 * 2
    before, after = (Student.load(work / f"{x}.safetensors") for x in ("start", "pretrain"))
    assert not torch.equal(before.decoder.bias, after.decoder.bias)


def test_a_step_of_two_processes_is_the_step_of_their_joint_batch(work: Path):
    """The loss is summed and divided by all processes' targets: an uneven split changes nothing."""
    model = Student.load(work / "start.safetensors")
    pieces = Tokenizer(work / "tokenizer.model")
    source = pieces.document(None, ROW["text"], 64)
    made = [Example(source, [(SHORT, pieces.encode(t))]) for t in ("Tides.", "The tide turns twice a day.")]
    phase = presets.SMOKE.phases["distill"]

    def gradient(batches):
        model.zero_grad()
        parts = [train.loss(model, b, phase, None) for b in batches]
        total = sum(mass for _, mass, _ in parts)
        for summed, *_ in parts:
            (summed / total).backward()
        return model.decoder.bias.grad.clone()

    joint = gradient([examples.collate(made)])
    torch.testing.assert_close(gradient([examples.collate([m]) for m in made]), joint, rtol=1e-3, atol=1e-5)
