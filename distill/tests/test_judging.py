import json

import pytest

from distill import judging
from distill.score import lead


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


def shown(folder, nth):
    return [lines(p) for p in sorted((folder / f"pass-{nth}").glob("part-*.jsonl"))]


def judge(folder, verdict="edit", fault="vague"):
    """Verdicts of every part, each beside its part."""
    for part in folder.glob("pass-*/part-*.jsonl"):
        given = [{"item": r["item"], "verdict": verdict, "fault": fault} for r in lines(part)]
        text = "".join(json.dumps(g) + "\n" for g in given)
        part.with_name(part.name.replace("part", "verdicts")).write_text(text)


def test_the_parts_do_not_say_who_wrote_what_and_the_key_does(data, answers, tmp_path):
    made = judging.sheet(data, "dev", answers, 8, 1, tmp_path, parts=3)
    parts, key = shown(tmp_path, 1), lines(tmp_path / "key.jsonl")
    items = [row for part in parts for row in part]
    assert made == {"pass 1": len(items)}
    assert all(row.keys() == {"item", "document", "candidate"} for row in items)
    assert sorted(r["item"] for r in items) == sorted(r["item"] for r in key)
    systems = {s for r in key for s in r["by"]}
    assert {"lead-1", "lead-2", "precis-short"} < systems
    assert systems - {"lead-1", "lead-2", "precis-short"} <= {"annotated-short", "annotated-medium"}
    sizes = [len(p) for p in parts]
    assert max(sizes) - min(sizes) <= 1


def test_no_judge_sees_two_candidates_of_one_document(data, answers, tmp_path):
    judging.sheet(data, "dev", answers, 8, 1, tmp_path, parts=4)
    for part in shown(tmp_path, 1):
        documents = [row["document"] for row in part]
        assert len(documents) == len(set(documents))


def test_what_two_systems_wrote_is_judged_once_and_counted_for_both(data, answers, tmp_path):
    rows = lines(answers["short"])
    (tmp_path / "medium.ndjson").write_text("\n".join(map(json.dumps, rows)) + "\n")
    both = answers | {"medium": tmp_path / "medium.ndjson"}
    judging.sheet(data, "dev", both, 8, 1, tmp_path)
    texts = [r["candidate"] for r in shown(tmp_path, 1)[0] if r["candidate"].startswith("Candidate")]
    assert len(texts) == len(set(texts)) == 8
    judge(tmp_path)
    made = judging.merge(tmp_path, [], tmp_path / "judged.jsonl")
    assert made["systems"]["precis-short"]["edit"] == made["systems"]["precis-medium"]["edit"] == 8


def test_a_sheet_made_again_has_the_same_items_in_the_same_order(data, answers, tmp_path):
    for name in ("a", "b"):
        judging.sheet(data, "dev", answers, 8, 7, tmp_path / name, parts=2, passes=2)
    for nth in (1, 2):
        assert shown(tmp_path / "a", nth) == shown(tmp_path / "b", nth)


def test_the_second_pass_asks_others_about_some_of_the_first(data, answers, tmp_path):
    made = judging.sheet(data, "dev", answers, 8, 1, tmp_path, parts=2, passes=2, again=0.5)
    assert made["pass 2"] == round(made["pass 1"] / 2)
    key = lines(tmp_path / "key.jsonl")
    first = {(r["id"], r["candidate"]): r for r in key if r["pass"] == 1}
    second = [r for r in key if r["pass"] == 2]
    for row in second:
        before = first[row["id"], row["candidate"]]
        assert before["item"] != row["item"] and before["part"] != row["part"]
    judge(tmp_path)
    judging.merge(tmp_path, [], tmp_path / "judged-dev.jsonl")
    again = lines(tmp_path / "rejudged-dev.jsonl")
    assert {(r["id"], r["system"]) for r in again} < {
        (r["id"], r["system"]) for r in lines(tmp_path / "judged-dev.jsonl")
    }
    assert len({r["item"] for r in again}) == made["pass 2"]


def test_merging_publishes_no_document_text(data, answers, tmp_path):
    judging.sheet(data, "dev", answers, 4, 1, tmp_path)
    judge(tmp_path)
    made = judging.merge(tmp_path, [], tmp_path / "judged.jsonl")
    assert made["systems"]["precis-short"] == {
        "judged": 4,
        "accept": 0,
        "edit": 4,
        "reject": 0,
        "faults": {"vague": 4},
    }
    rows = lines(tmp_path / "judged.jsonl")
    assert not any("document" in r for r in rows)
    leads = [r for r in rows if r["system"].startswith("lead")]
    assert leads and all("candidate" not in r for r in leads)
    assert all("meanLogProb" in r for r in rows if r["system"] == "precis-short")


def test_items_that_nobody_judged_are_named(data, answers, tmp_path):
    judging.sheet(data, "dev", answers, 4, 1, tmp_path)
    judge(tmp_path)
    path = tmp_path / "pass-1" / "verdicts-01.jsonl"
    first, *rest = path.read_text().splitlines()
    path.write_text("\n".join(rest) + "\n")
    made = judging.merge(tmp_path, [], tmp_path / "judged.jsonl")
    assert made["missing"] == [json.loads(first)["item"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "good"}, "unknown verdict"),
        ({"fault": "boring"}, "unknown verdict or fault"),
        ({"item": "zzz"}, "no such item"),
    ],
)
def test_verdicts_that_cannot_be_are_refused(data, answers, tmp_path, change, message):
    judging.sheet(data, "dev", answers, 4, 1, tmp_path)
    item = shown(tmp_path, 1)[0][0]["item"]
    row = {"item": item, "verdict": "accept", "fault": "none"} | change
    verdicts = tmp_path / "given.jsonl"
    verdicts.write_text(json.dumps(row) + "\n")
    with pytest.raises(ValueError, match=message):
        judging.merge(tmp_path, [verdicts], tmp_path / "judged.jsonl")


def test_a_judge_is_told_where_the_document_was_cut(data, answers, tmp_path, monkeypatch):
    monkeypatch.setattr(judging, "READ", 100)
    judging.sheet(data, "dev", answers, 1, 1, tmp_path)
    assert all(r["document"].endswith(judging.CUT) for r in shown(tmp_path, 1)[0])


def test_the_leads_are_the_beginning(data, answers, tmp_path):
    judging.sheet(data, "dev", answers, 1, 1, tmp_path)
    row = next(r for r in lines(tmp_path / "key.jsonl") if "lead-1" in r["by"])
    document = next(r["document"] for r in shown(tmp_path, 1)[0] if r["item"] == row["item"])
    assert row["candidate"] == lead(document.split("\n", 1)[1], 1)
