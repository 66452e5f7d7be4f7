import json
import math
import random

import pytest

from distill import calibrate


def points(count=2000, a=5.0, b=4.0):
    rng = random.Random(0)
    xs = [rng.uniform(-2, 0) for _ in range(count)]
    return [(x, rng.random() < 1 / (1 + math.exp(-(a * x + b)))) for x in xs]


def test_recovers_the_curve_that_made_the_judgments():
    a, b = calibrate.fit(points())
    assert abs(a - 5) < 0.8 and abs(b - 4) < 0.7


def test_threshold_keeps_the_promised_precision_and_as_much_as_possible():
    made = points()
    cut = calibrate.threshold(made, 0.9)
    kept = [y for x, y in made if x >= cut]
    assert sum(kept) / len(kept) >= 0.9
    wider = [y for x, y in made if x >= cut - 0.1]
    assert sum(wider) / len(wider) < 0.92


def test_no_cut_is_good_enough_takes_the_best():
    made = [(-i / 100, i % 2 == 0) for i in range(100)]
    cut = calibrate.threshold(made, 0.99)
    assert -1 <= cut <= 0


def test_too_few_judgments_are_refused(tmp_path):
    path = tmp_path / "judged.jsonl"
    path.write_text(json.dumps({"id": "x", "verdict": "accept", "meanLogProb": -0.2}) + "\n")
    with pytest.raises(ValueError, match="at least 20"):
        calibrate.calibrate(path, 0.8)
