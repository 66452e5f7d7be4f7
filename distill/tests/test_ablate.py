"""The grid of ablations on a tiny student: one change a cell, resumable, one table, one plot."""

import json
import shutil
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

from distill import ablate, ablation_report, presets
from distill.ablations import SETTINGS, cells
from distill.student import Student

SETTING = replace(SETTINGS["smoke"], seeds=(1,))


def preset(labelled: Path) -> presets.Preset:
    return replace(presets.SMOKE, shape=Student.load(labelled / "start.safetensors").shape)


def test_cells_run_resume_and_are_reported(data: Path, labelled: Path, tmp_path: Path):
    work, subsets, out = tmp_path / "work", tmp_path / "subsets", tmp_path / "results"
    subsets.mkdir()
    for name in ("raw", "clean", "clean-no-framing"):
        shutil.copy(data / "clean.jsonl.zst", subsets / f"{name}.jsonl.zst")
    work.mkdir()
    for name in ("tokenizer.model", "labels.jsonl.zst"):
        shutil.copy(labelled / name, work)
    one = ablate.ablate(SETTING, preset(labelled), data, subsets, work, out, minutes=0)
    assert one == []
    results = ablate.ablate(SETTING, preset(labelled), data, subsets, work, out)
    names = [r["cell"] for r in results]
    assert len(names) == len(set(names)) == len(cells(SETTING, work / "ablation" / "data")) == 15
    by_name = {r["cell"]: r for r in results}
    assert by_name["no gap sentences"]["steps"] == 4 and by_name["all together"]["steps"] == 2
    assert all(r["nll"]["plain"] > 0 and 0 <= r["rougeL"]["plain"] <= 100 for r in results)
    different = {r["nll"]["plain"] for r in results if "pairs" not in r["cell"]}
    assert len(different) >= 7
    assert by_name["clean pairs"]["nll"] == by_name["raw pairs"]["nll"]
    assert ablate.ablate(SETTING, preset(labelled), data, subsets, work, out) == results
    table = (out / "ablations.md").read_text()
    assert all(f"| {name} |" in table for name in names) and "Not run" not in table
    ET.fromstring((out / "ablations.svg").read_text())
    assert json.loads((out / "ablations.json").read_text()) == results


def test_a_cell_whose_files_are_missing_is_named(data: Path, labelled: Path, tmp_path: Path):
    shutil.copy(labelled / "tokenizer.model", tmp_path)
    few = replace(SETTING, gap=replace(SETTING.gap, steps=0), tune=replace(SETTING.tune, steps=1))
    ablate.ablate(few, preset(labelled), data, None, tmp_path, tmp_path / "r")
    table = (tmp_path / "r" / "ablations.md").read_text()
    assert "Not run" in table and "raw pairs (`raw.jsonl.zst`)" in table
    assert "| no labels |" in table and "| no copy head |" not in table


def test_seeds_are_averaged_and_their_range_shown():
    results = [
        {"cell": "a", "question": "q", "seed": s, "nll": {"plain": v, "summary": 3.0},
         "rougeL": {"plain": 40.0, "summary": 20.0}, "msPerPiece": 1.0}
        for s, v in ((1, 2.0), (2, 2.5))
    ]  # fmt: skip
    table = ablation_report.table(results, SETTING, {})
    assert "| q | a | 2 | 2.250 ± 0.250 |" in table
    assert ablation_report.plot(results).count("<circle") == 2
