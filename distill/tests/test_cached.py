"""The decoder's phase on encoder outputs kept on disk."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from distill import cached, presets, streams, train
from distill.student import Student
from distill.tokens import Tokenizer

PHASE = replace(presets.SMOKE.phases["memory"], steps=3, documents=4, start="start")


@pytest.fixture
def work(labelled: Path, tmp_path: Path) -> Path:
    for name in ("tokenizer.model", "start.safetensors"):
        shutil.copy(labelled / name, tmp_path)
    return tmp_path


def test_memory_on_disk_gives_the_likelihood_of_encoding_anew(data: Path, work: Path):
    cached.write(PHASE, data, work, 1, None, None)
    model = Student.load(work / "start.safetensors").eval()
    stream = cached.batches(work, model, 4, 1)
    for _ in range(3):
        batch = next(stream)
        kept = model.likelihood(batch)
        batch.hidden = None
        torch.testing.assert_close(kept, model.likelihood(batch), rtol=1e-2, atol=1e-2)


def test_a_killed_run_goes_on_behind_its_last_whole_batch(data: Path, work: Path):
    cached.write(replace(PHASE, steps=2), data, work, 1, None, None)
    before = (work / "memory.jsonl").read_text()
    whole = (work / "memory.f16").read_bytes()
    (work / "memory.f16").write_bytes(whole + b"torn")
    (work / "memory.jsonl").write_text(before + '{"rows": 99')
    done = cached.write(PHASE, data, work, 1, None, None)
    after = (work / "memory.jsonl").read_text()
    assert after.startswith(before) and after.count("\n") == 4 and done["batches"] == 3
    assert (work / "memory.f16").read_bytes().startswith(whole)
    assert (work / "memory.f16").stat().st_size == done["rows"] * 24 * 2


def test_memory_of_another_encoder_is_refused(data: Path, work: Path):
    cached.write(PHASE, data, work, 1, None, None)
    other = Student.load(work / "start.safetensors")
    with torch.no_grad():
        other.encoder.embed.weight[30] += 1
    with pytest.raises(ValueError, match="another encoder"):
        next(cached.batches(work, other, 4, 1))
    other.save(work / "start.safetensors")
    with pytest.raises(ValueError, match="another encoder"):
        cached.write(PHASE, data, work, 1, None, None)


def test_the_decoder_phase_lowers_the_loss_and_leaves_the_encoder_alone(data: Path, work: Path):
    cached.write(PHASE, data, work, 1, None, None)
    phase = replace(
        presets.SMOKE.phases["decoder"], steps=30, documents=4, source=64, rate=5e-3, warmup=1, frozen=2,
        start="start",
    )  # fmt: skip
    preset = replace(presets.SMOKE, phases={"decoder": phase}, evaluate_every=100)
    train.train("decoder", preset, data, work, 1)
    before, after = (Student.load(work / f"{x}.safetensors") for x in ("start", "decoder"))
    assert cached.fingerprint(before) == cached.fingerprint(after)
    stream = streams.mixed(PHASE, data, work, Tokenizer(work / "tokenizer.model"), 7, None)
    batch = next(stream)[1]
    with torch.no_grad():
        losses = [-m.eval().likelihood(batch).sum().item() for m in (before, after)]
    assert losses[1] < 0.9 * losses[0]
