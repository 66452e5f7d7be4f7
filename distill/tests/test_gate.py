"""The gate's factory on small made-up data: what is fitted is used, and what is promised is kept."""

import json

import numpy as np
import pytest

from distill.gate import attach, confidence, crossing, invented, rows, selective, state, suitability
from distill.gate.files import Table


def table(documents=400, sources=8, seed=0) -> Table:
    """Two kinds beside prose that the surface and the state tell apart, a few sources each."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(["prose", "recipe", "minutes"], documents, p=[0.5, 0.25, 0.25]).astype(object)
    number = np.array([["prose", "recipe", "minutes"].index(k) for k in kind])
    source = np.array([f"{k}/{n}" for k, n in zip(kind, rng.integers(sources, size=documents), strict=True)])
    surface = rng.normal(size=(documents, 3)) + 2 * np.eye(3)[number]
    centres = rng.normal(size=(3, 16))
    states = rng.normal(size=(documents, 16)) * np.linspace(3, 0.2, 16) + centres[number]
    split = np.array(["train"] * documents, dtype=object)
    ids = [str(i) for i in range(documents)]
    return Table(ids, kind, source.astype(object), split, ["a", "b", "c"], surface, states)


def test_kinds_are_told_apart_on_sources_never_seen():
    made = table()
    p, kind = crossing.predict(made, 4, 1, False)
    cut = crossing.threshold(p, made.kind, 0.05)
    report = crossing.report(p, made, cut)
    assert report["prose refused"] <= 0.06
    assert report["worst of them"] < 0.3
    unsuitable = made.kind != "prose"
    assert (kind[unsuitable] == made.kind[unsuitable]).mean() > 0.8


def test_a_source_is_never_on_both_sides():
    made = table()
    fold = crossing.folds(crossing.groups(made, False), 4, 1)
    for source in set(made.source):
        assert len(set(fold[made.source == source])) == 1
    assert len(set(fold)) == 4


def test_distance_is_one_at_home_and_grows_outside():
    states = table().state
    made = state.fit(states, 6)
    _, near = state.project(states, made)
    _, far = state.project(states + 10, made)
    assert abs((near**2).mean() - 1) < 0.1
    assert far.min() > near.max()


def judged(path, count=400, seed=0):
    """Verdicts that depend on two features; a third is noise, a fourth is missing in most rows."""
    rng = np.random.default_rng(seed)
    with open(path, "w") as out:
        for n in range(count):
            x, y, z = rng.normal(size=3)
            good = rng.random() < 1 / (1 + np.exp(-(x + 2 * y)))
            row = {"id": n // 2, "meanLogProb": x, "welds": y, "noise": z, "ungrounded": []}
            row |= {"verdict": "accept" if good else "reject"} | ({"rare": 1.0} if n % 9 == 0 else {})
            out.write(json.dumps(row) + "\n")


def test_confidence_finds_the_feature_that_tells_and_beats_the_plain_gate(tmp_path):
    path = tmp_path / "judged.jsonl"
    judged(path)
    made, figures = confidence.fit(confidence.read([path], "accept"), 0.85)
    assert "welds" in [f["name"] for f in made["features"]]
    assert "rare" not in figures["features"]
    assert figures["ratio"] < 0.8
    assert figures["ece, 15 bins"] < 0.1
    assert figures["shown"]["precision"] > 0.75
    assert 0 < made["threshold"] < 1


def test_too_few_judgments_are_refused(tmp_path):
    path = tmp_path / "judged.jsonl"
    judged(path, 10)
    with pytest.raises(ValueError, match="at least 20"):
        confidence.read([path], "accept")


def test_aurc_and_cut_of_a_known_ranking():
    confidences, good = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 1.0, 0.0, 1.0])
    assert selective.aurc(confidences, good) == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)
    many, kept = np.repeat(confidences, 10), np.repeat(good, 10)
    assert selective.cut(many, kept, 0.9) == 0.8
    assert selective.cut(many, kept, 0.7) == 0.6


def test_a_gate_is_listed_only_beside_its_own_encoder(tmp_path):
    (tmp_path / "encoder.onnx").write_bytes(b"one")
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {}}))
    states = state.fit(table().state, 4)
    made = suitability.beside_state(suitability.fit(table()), states) | {"state": states}
    made["suitability"]["threshold"] = 0.4
    attach.write(tmp_path, made | {"confidence": None})
    assert "gate.json" in json.loads((tmp_path / "manifest.json").read_text())["files"]
    assert attach.read(tmp_path)["suitability"]["kinds"] == ["minutes", "prose", "recipe"]
    (tmp_path / "encoder.onnx").write_bytes(b"two")
    assert attach.listed(tmp_path) == {}
    with pytest.raises(FileNotFoundError, match="make gate"):
        attach.read(tmp_path)


def test_invented_documents_differ_and_repeat():
    texts = [invented.resume(n)["text"] for n in range(70)]
    assert len(set(texts)) == 70
    assert texts[3] == invented.resume(3)["text"]
    assert len({invented.resume(n)["source"] for n in range(70)}) == 7
    assert all("example." in text for text in texts if "@" in text)


def test_every_invented_kind_repeats_and_varies():
    for make in rows.INVENTED:
        made = [make(n) for n in range(60)]
        assert made[7] == make(7)
        assert len({row["text"] for row in made}) > 50
        assert len({row["source"] for row in made}) >= 4
        assert all(row["kind"] in rows.KINDS for row in made)


def test_the_state_weighs_nothing_and_the_kinds_stay():
    made, states = suitability.fit(table()), state.fit(table().state, 4)
    beside = suitability.beside_state(made, states)["suitability"]
    weights = np.asarray(beside["weights"])
    assert weights.shape == (3, 4 + 3)
    assert not weights[:, :4].any()
    assert beside["kinds"] == ["minutes", "prose", "recipe"]


def test_an_interval_holds_its_share():
    low, high = crossing.wilson(np.array([True] * 3 + [False] * 97))
    assert 0 < low < 0.03 < high < 0.1
