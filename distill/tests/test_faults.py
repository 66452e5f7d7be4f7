"""Rates of what goes wrong: each fault is found where it is and nowhere else."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from distill import card, corpus, faults

DOCUMENT = "Tides\nThe Harbour Master's boats wait for 1,200 ships in Calais. The tide turns twice a day."
GOOD = "The boats of the Harbour Master wait for 1200 ships."


@pytest.mark.parametrize(
    ("found", "bad"),
    [
        (faults.repeats, "The boats wait for the tide, wait for the tide in Calais."),
        (faults.repeats, "The the boats wait in Calais."),
        (faults.repeats, "Boats wait for the ships while in Calais boats wait for the tide."),
        (faults.generic, "This article describes boats that wait in Calais."),
        (faults.generic, "Learn how boats wait in Calais."),
        (faults.markup, "The **boats** wait in Calais."),
        (faults.markup, "The boats wait in [Calais](calais.md)."),
        (faults.markup, "Boats &amp; ships wait in Calais."),
        (lambda text: faults.invented(text, DOCUMENT), "The boats wait for Neptune in Calais."),
        (lambda text: faults.invented(text, DOCUMENT), "The boats wait for 1300 ships."),
        (faults.truncated, "The boats of the Harbour Master wait for"),
        (faults.truncated, "The boats (of the Harbour Master wait."),
    ],
)
def test_a_fault_is_found_and_a_good_sentence_has_none(found, bad):
    assert found(bad) and not found(GOOD)


def test_rates_are_shares_and_length_is_relative():
    outputs = [
        {"text": GOOD, "document": DOCUMENT, "reference": "Boats wait for 1,200 ships."},
        {"text": "This page describes boats", "document": DOCUMENT, "reference": "The tide turns."},
    ]
    rates = faults.rates(outputs)
    assert rates["outputs"] == 2 and rates["generic opening"] == rates["truncated ending"] == 0.5
    assert rates["repetition"] == rates["invented name or number"] == 0
    assert rates["length relative to references"] == round(14 / 8, 3)
    assert faults.rates([]) == {"outputs": 0}


def test_answers_are_joined_with_their_documents(tmp_path: Path):
    row = {"id": "a", "title": "Tides", "text": DOCUMENT, "plain": "The tide turns.", "suitable": True}
    corpus.write(tmp_path / "annotated-dev.jsonl.zst", [row, {**row, "id": "b"}])
    answers = [
        {"id": "a", "suggestion": {"text": GOOD}, "diagnostics": {"candidate": GOOD}},
        {"id": "b", "suggestion": None, "diagnostics": {"candidate": "Boats"}},
        {"id": "unknown", "suggestion": {"text": GOOD}},
    ]
    path = tmp_path / "short.ndjson"
    path.write_text("\n".join(map(json.dumps, answers)) + "\n")
    found = faults.written(path, tmp_path, "dev", "plain")
    assert [o["text"] for o in found["all"]] == [GOOD, "Boats"]
    assert [o["text"] for o in found["shown"]] == [GOOD]


def test_rows_that_weight_decay_alone_has_shrunk_count_as_never_updated(tmp_path: Path):
    table = np.random.default_rng(0).normal(size=(10, 8)).astype(np.float32)
    after = table * 0.9
    after[[2, 5]] += 0.1
    for name, rows in (("before", table), ("after", after)):
        save_file({"encoder.embed.weight": rows}, tmp_path / name)
    found = faults.untouched(tmp_path / "before", tmp_path / "after")
    assert found == {"pieces": 10, "never updated": 8}


def test_the_card_names_each_rate_and_what_training_cost(tmp_path: Path):
    rates = faults.rates(
        [{"text": "The boats wait for", "document": DOCUMENT, "reference": "The tide turns."}]
    )
    found = {"split": "dev", "short": {"all": rates, "shown": {"outputs": 0}}}
    found["embeddings"] = {"pieces": 10, "never updated": 8}
    (tmp_path / "faults.json").write_text(json.dumps(found))
    text = card.failures(tmp_path)
    assert "| truncated ending | 100.0% |" in text and "8 of 10 embedding rows" in text
    assert card.failures(tmp_path / "none") == "Rates are not measured yet."
    (tmp_path / "pretrain.log.jsonl").write_text('{"seconds": 3600}\n{"seconds": 7200, "dev": {}}\n')
    (tmp_path / "export.done").write_text('{"stage": "export", "seconds": 1800}\n')
    cost = card.costs(tmp_path)
    assert "| pretrain | 2.00 |" in cost and "2.5 hours of 2 cores" in cost
