"""Scores the answers of `precis batch` against the annotated summaries: ROUGE (PyPI `rouge-score`,
Google's reference), coverage, and Lead-1/Lead-2 beside them. Run it on `test` to report only."""

from pathlib import Path

from rouge_score import rouge_scorer

from distill import corpus, sentences

KINDS = ("rouge1", "rouge2", "rougeL")


def lead(text: str, count: int) -> str:
    """The first `count` finished sentences of a document's prose."""
    out: list[str] = []
    for line in text.split("\n"):
        for sentence in sentences.split(line):
            if sentences.finished(sentence) and len(sentence.split()) >= 4:
                out.append(sentence)
                if len(out) == count:
                    return " ".join(out)
    return " ".join(out) or text[:200]


def rouge(pairs: list[tuple[str, str]]) -> dict[str, float]:
    """Mean F1 x 100 of (reference, candidate) pairs, stemmed."""
    scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=True)
    totals = dict.fromkeys(KINDS, 0.0)
    for reference, candidate in pairs:
        for kind, value in scorer.score(reference, candidate).items():
            totals[kind] += value.fmeasure
    return {k: round(100 * v / max(1, len(pairs)), 2) for k, v in totals.items()}


def table(data: Path, split: str, answers: dict[str, Path]) -> dict:
    """`answers`: length (`short`, `medium`) -> NDJSON file of `precis batch`."""
    rows = {r["id"]: r for r in corpus.read(data / f"annotated-{split}.jsonl.zst") if r["suitable"]}
    out = {"documents": len(rows)}
    for length, path in answers.items():
        field = "plain" if length == "short" else "summary"
        wanted = {i: r for i, r in rows.items() if r.get(field)}
        given = {a["id"]: a for a in corpus.lines(path) if a["id"] in wanted}
        shown = {i: a["suggestion"]["text"] for i, a in given.items() if a.get("suggestion")}
        everything = {i: a["diagnostics"]["candidate"] for i, a in given.items() if a.get("diagnostics")}
        systems = {
            "precis, all written": {i: everything.get(i) or "" for i in wanted} if everything else {},
            "precis, shown": shown,
            "lead-1": {i: lead(r["text"], 1) for i, r in wanted.items()},
            "lead-2": {i: lead(r["text"], 2) for i, r in wanted.items()},
            "lead-1 where precis shows": {i: lead(wanted[i]["text"], 1) for i in shown},
        }
        out[length] = {
            "reference": field,
            "answered": round(len(shown) / max(1, len(wanted)), 3),
            **{
                name: rouge([(wanted[i][field], text) for i, text in texts.items()])
                for name, texts in systems.items()
                if texts
            },
        }
    return out
