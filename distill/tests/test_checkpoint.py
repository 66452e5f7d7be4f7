"""Weights that are committed: small, and the same model again."""

import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from distill import checkpoint
from distill.student import Student


def folder(path: Path, tensors: dict) -> Path:
    path.mkdir()
    save_file(tensors, path / "model.safetensors")
    (path / "config.json").write_text("{}")
    return path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    tensors = {"frozen": torch.randn(64, 128), "tuned": torch.randn(64, 128), "norm": torch.ones(128)}
    return folder(tmp_path / "base", {k: v.to(torch.bfloat16) for k, v in tensors.items()})


def test_four_bits_hold_a_difference_to_a_tenth_and_halve_it_twice_over():
    torch.manual_seed(0)
    delta = torch.randn(32, 256) * 0.01
    codes, scales = checkpoint.packed(delta)
    again = checkpoint.unpacked(codes, scales)
    assert (again - delta).norm() < 0.12 * delta.norm()
    assert codes.nbytes + scales.nbytes == delta.numel() * (1 / 2 + 2 / checkpoint.GROUP)
    assert not checkpoint.unpacked(*checkpoint.packed(torch.zeros(2, 64))).any()


def test_a_teacher_comes_back_as_base_plus_difference(base: Path, tmp_path: Path):
    was = checkpoint.load_file(base / "model.safetensors")
    now = {k: v.clone() for k, v in was.items()}
    now["tuned"] = (was["tuned"].float() + torch.randn(64, 128) * 0.1).to(torch.bfloat16)
    now["norm"] = (was["norm"].float() * 1.5).to(torch.bfloat16)
    tuned = folder(tmp_path / "tuned", now)
    size = checkpoint.save_teacher(tuned, base, tmp_path / "teacher.safetensors")
    assert size < 0.5 * (tuned / "model.safetensors").stat().st_size
    made = checkpoint.load_teacher(tmp_path / "teacher.safetensors", base, tmp_path / "made")
    again = checkpoint.load_file(made / "model.safetensors")
    assert torch.equal(again["frozen"], was["frozen"]) and torch.equal(again["norm"], now["norm"])
    off = (again["tuned"].float() - now["tuned"].float()).norm()
    assert off < 0.15 * (now["tuned"].float() - was["tuned"].float()).norm()
    assert (made / "config.json").exists()


def test_a_difference_to_another_base_is_refused(base: Path, tmp_path: Path):
    checkpoint.save_teacher(base, base, tmp_path / "t.safetensors")
    other = folder(tmp_path / "other", {"frozen": torch.zeros(64, 128)})
    with pytest.raises(ValueError, match="is a difference to"):
        checkpoint.load_teacher(tmp_path / "t.safetensors", other, tmp_path / "made")


def test_a_student_comes_back_under_its_stage(labelled: Path, tmp_path: Path):
    work, kept, new = (tmp_path / name for name in ("work", "kept", "new"))
    work.mkdir()
    new.mkdir()
    shutil.copy(labelled / "tokenizer.model", work)
    shutil.copy(labelled / "start.safetensors", work / "distill.safetensors")
    sizes = checkpoint.save(work, "distill", kept, None)
    assert sizes["student.safetensors"] < 0.6 * (work / "distill.safetensors").stat().st_size
    assert checkpoint.restore(kept, new, None) == "distill"
    one, two = (Student.load(f / "distill.safetensors").state_dict() for f in (work, new))
    for name, tensor in one.items():
        torch.testing.assert_close(two[name], tensor, rtol=1e-3, atol=1e-4)
    assert (new / "tokenizer.model").read_bytes() == (work / "tokenizer.model").read_bytes()
