import json

import pytest

from distill import judging


@pytest.fixture
def answers(data, tmp_path):
    path = tmp_path / "short.ndjson"
    rows = [
        {
            "id": f"own-{n}",
            "suggestion": None,
            "reason": "low_confidence",
            "diagnostics": {"candidate": f"Candidate number {n}.", "meanLogProb": -n / 100},
        }
        for n in range(48, 56)
    ]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    return {"short": path}


def lines(path):
    return [json.loads(x) for x in path.read_text().splitlines()]


def test_the_sheet_does_not_say_who_wrote_what_and_the_key_does(data, answers, tmp_path):
    assert judging.sheet(data, "dev", answers, 4, 1, tmp_path) == 12
    sheet, key = lines(tmp_path / "sheet.jsonl"), lines(tmp_path / "key.jsonl")
    assert all(row.keys() == {"item", "document", "candidate"} for row in sheet)
    assert [r["item"] for r in sheet] == [r["item"] for r in key]
    assert {r["system"] for r in key} == {"lead-1", "precis-short", "annotated-short"}
    systems = [r["system"] for r in key]
    assert systems != sorted(systems)


def test_merging_publishes_no_document_text(data, answers, tmp_path):
    judging.sheet(data, "dev", answers, 4, 1, tmp_path)
    verdicts = tmp_path / "verdicts.jsonl"
    given = [{"item": n, "verdict": "edit", "fault": "vague"} for n in range(12)]
    verdicts.write_text("\n".join(map(json.dumps, given)) + "\n")
    counts = judging.merge(tmp_path, verdicts, tmp_path / "judged.jsonl")
    assert counts["precis-short"] == {
        "judged": 4,
        "accept": 0,
        "edit": 4,
        "reject": 0,
        "faults": {"vague": 4},
    }
    rows = lines(tmp_path / "judged.jsonl")
    assert not any("document" in r for r in rows)
    assert all("candidate" not in r for r in rows if r["system"] == "lead-1")
    assert all("meanLogProb" in r for r in rows if r["system"] == "precis-short")


def test_unknown_verdicts_are_refused(data, answers, tmp_path):
    judging.sheet(data, "dev", answers, 4, 1, tmp_path)
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text(json.dumps({"item": 0, "verdict": "good", "fault": "none"}) + "\n")
    with pytest.raises(ValueError, match="unknown verdict"):
        judging.merge(tmp_path, verdicts, tmp_path / "judged.jsonl")
