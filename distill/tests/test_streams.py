"""What a training phase learns from: labels, several targets a document, weights, a time budget."""

import json
from dataclasses import replace

import pytest
import torch

from distill import corpus, examples, presets, schedule, streams, train
from distill.gap import Example
from distill.tokens import AUTHOR, GAP, MEDIUM, SHORT, Tokenizer

PHASE = replace(presets.SMOKE.phases["distill"], documents=2, source=64, target=60)


def modes(batch) -> set[int]:
    return set(batch.recent[:, 0, 0].tolist())


def test_all_streams_are_mixed_and_labelled_documents_carry_their_authors_summary(data, labelled):
    stream = streams.mixed(PHASE, data, labelled, Tokenizer(labelled / "tokenizer.model"), 1, None)
    seen: dict[str, set[int]] = {}
    for _ in range(60):
        name, batch = next(stream)
        seen.setdefault(name, set()).update(modes(batch))
    assert seen == {
        "labels": {SHORT, MEDIUM, AUTHOR},
        "annotated": {SHORT, MEDIUM, AUTHOR},
        "clean": {AUTHOR},
        "gap": {GAP},
    }
    alone = replace(PHASE, mix={"labels": 1.0}, authors=False)
    stream = streams.mixed(alone, data, labelled, Tokenizer(labelled / "tokenizer.model"), 1, None)
    assert set.union(*(modes(next(stream)[1]) for _ in range(20))) == {SHORT, MEDIUM}


def test_the_least_sure_labels_are_left_out_each_field_among_its_like(labelled):
    rows = list(corpus.read(labelled / "labels.jsonl.zst"))
    kept = {row["id"]: row for row in streams.surest(rows, {"plain": 0.25, "summary": 0.25})}
    for field in ("plain", "summary"):
        before = sorted(row["scores"][field] for row in rows if field in row)
        after = sorted(row["scores"][field] for row in kept.values() if field in row)
        assert after == before[len(before) // 4 :]
    assert len(streams.surest(rows, {})) == sum("plain" in r or "summary" in r for r in rows)


def test_a_bad_target_does_not_cost_its_document(labelled):
    pieces = Tokenizer(labelled / "tokenizer.model")
    row = {"title": "T", "text": "One thing.", "plain": "A thing.", "summary": "A thing. " * 50}
    made = next(examples.stream([row], "annotated", pieces, 32, 40, 1))
    assert [mode for mode, _ in made.targets] == [SHORT]


class Fixed(torch.nn.Module):
    """A model that says what it is told."""

    def __init__(self, likelihood):
        super().__init__()
        self.likelihood = likelihood

    def forward(self, batch, frozen):
        return self.likelihood


def test_weights_of_target_kinds():
    batch = examples.collate([Example([20, 21], [(SHORT, [22]), (AUTHOR, [23, 24, 25])])])
    model = Fixed(-torch.tensor([[1.0, 1, 0, 0], [3, 3, 3, 3]]))
    summed, mass, nll = train.loss(model, batch, replace(PHASE, weights={}), None)
    assert summed / mass == nll == pytest.approx(14 / 6)
    summed, mass, nll = train.loss(model, batch, replace(PHASE, weights={"author": 0.5}), None)
    assert summed / mass == pytest.approx((2 + 6) / (2 + 2)) and nll == pytest.approx(14 / 6)


def test_a_time_budget_ends_with_rate_zero_and_survives_a_restart():
    phase = replace(PHASE, steps=10, warmup=2, decay=0.3)
    budget = schedule.Budget(phase, 100.0, 10.0, None)
    assert [round(budget.rate(500, 100 + 60 * m), 3) for m in (1, 7, 8.5, 10, 11)] == [1, 1, 0.5, 0, 0]
    assert not budget.over(500, 699) and budget.over(500, 700)
    again = schedule.Budget(phase, 400.0, 10.0, budget.span)
    assert again.over(0, 700)
    steps = schedule.Budget(phase, 0.0, None, None)
    assert [round(steps.rate(n, 0), 3) for n in (0, 1, 5, 7, 10)] == [0.5, 1, 1, 1, 0]
    assert steps.over(10, 0) and not steps.over(9, 1e9)


def test_a_finished_budget_is_trained_measured_and_not_prolonged(data, labelled, tmp_path):
    for path in labelled.iterdir():
        (tmp_path / path.name).symlink_to(path)
    preset = replace(presets.SMOKE, phases={"distill": replace(PHASE, start="start", steps=1)})
    train.train("distill", preset, data, tmp_path, 1, minutes=0.02, finish=True)
    lines = [json.loads(x) for x in (tmp_path / "distill.log.jsonl").read_text().splitlines()]
    assert "dev" in lines[-1] and "samples" in lines[-1]
    train.train("distill", preset, data, tmp_path, 1, minutes=0.02, finish=True)
    assert len((tmp_path / "distill.log.jsonl").read_text().splitlines()) == len(lines)


def test_settings_of_a_phase_from_the_command_line():
    made = presets.changed(PHASE, ["frozen=3", "mix.gap=0.5", "rate=2e-4", "start=annotated"])
    assert (made.frozen, made.mix["gap"], made.mix["clean"]) == (3, 0.5, 0.05)
    assert (made.rate, made.start) == (2e-4, "annotated")
    for wrong in ("frozenn=3", "frozen", "rate.x=1"):
        with pytest.raises(ValueError, match="expected FIELD=VALUE"):
            presets.changed(PHASE, [wrong])
