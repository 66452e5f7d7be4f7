"""`python -m distill.gate STAGE`: rows → (node dist/model/features.js) → suitability → confidence → report.

`make gate` runs all of them on a bundle. No stage needs torch."""

import argparse
import json
from pathlib import Path

from distill.gate import attach, confidence, crossing, files, rows, state, suitability

REFUSED = 0.04
"""Share of suitable documents of unseen sources that the threshold may turn away (goal: at most 5 %)."""


def make_rows(args: argparse.Namespace) -> None:
    """Documents with their kinds from --raw and --annotated into --work/rows.ndjson."""
    made = rows.collect(args.raw, args.annotated, args.count, args.seed)
    rows.shuffle(made, args.seed)
    rows.write(args.work / "rows.ndjson", made)
    print(json.dumps(rows.counts(made)))


def _table(args: argparse.Namespace) -> tuple[files.Table, dict]:
    return files.read(args.work / "rows.ndjson", args.work / "features.ndjson")


def fit_suitability(args: argparse.Namespace) -> None:
    """Suitability and state statistics of --bundle from --work; figures on unseen sources into --out."""
    table, away = _table(args)
    seen = table.take(table.split != "test")
    figures = {}
    for name, whole in (("sources left out", False), ("collections left out whole", True)):
        p, kind = crossing.predict(seen, args.folds, args.seed, whole)
        cut = crossing.threshold(p, seen.kind, REFUSED)
        figures[name] = crossing.report(p, seen, cut)
        if not whole:
            threshold, right = cut, kind == seen.kind
            unsuitable = seen.kind != rows.PROSE
            figures[name]["kind named rightly"] = round(float(right[unsuitable].mean()), 3)
    made = suitability.fit(table.take(table.split == "train"))
    made["suitability"]["threshold"] = threshold
    try:
        kept = attach.read(args.bundle)
    except FileNotFoundError:
        kept = {"confidence": None}
    read = table.state[(table.kind == rows.PROSE) & (table.split == "train") & table.state.any(1)]
    if len(read):
        kept["state"] = state.fit(read)
    elif "state" not in kept:
        raise ValueError("no encoder states: write the features without --surface")
    attach.write(args.bundle, kept | suitability.beside_state(made, kept["state"]))
    for split in ("dev", "test"):
        part = table.take(table.split == split)
        figures[split] = crossing.report(suitability.predict(part, made)[0], part, threshold)
    if args.elsewhere:
        other, _ = files.read(args.elsewhere / "rows.ndjson", args.elsewhere / "features.ndjson")
        figures["elsewhere"] = crossing.report(suitability.predict(other, made)[0], other, threshold)
    figures["turned away before the model"] = away
    _say(figures, args.out)


def fit_confidence(args: argparse.Namespace) -> None:
    """Confidence of --bundle from --judged sheets and exports, for --precision; figures into --out."""
    gate = attach.read(args.bundle)
    judged = confidence.read(args.judged, args.acceptable, args.answers)
    gate["confidence"], figures = confidence.fit(judged, args.precision)
    attach.write(args.bundle, gate)
    _say(figures | {"acceptable means": args.acceptable, "promised precision": args.precision}, args.out)


def _say(figures: dict, out: Path | None) -> None:
    text = json.dumps(figures, indent=2)
    print(text)
    if out:
        out.write_text(text + "\n")


STAGES = {"rows": make_rows, "suitability": fit_suitability, "confidence": fit_confidence}


def main() -> None:
    parser = argparse.ArgumentParser(prog="distill.gate", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--bundle", type=Path, default=Path("model/bundle"))
    parser.add_argument("--work", type=Path, default=Path(".work/gate"))
    parser.add_argument("--raw", type=Path, help="the raw corpus folder")
    parser.add_argument("--annotated", type=Path, help="the annotated folder")
    parser.add_argument("--elsewhere", type=Path, help="folder of rows and features to report on only")
    parser.add_argument("--count", type=int, default=250, help="training documents a kind")
    parser.add_argument("--folds", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judged", type=Path, nargs="+", help="judged sheets, feedback exports")
    parser.add_argument("--answers", type=Path, nargs="+", help="take the features of these answers")
    parser.add_argument("--acceptable", choices=confidence.ACCEPTABLE, default="accept")
    parser.add_argument("--precision", type=float, default=0.85, help="share of shown that is acceptable")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    try:
        STAGES[args.stage](args)
    except (FileNotFoundError, ValueError) as error:
        parser.exit(1, f"distill.gate {args.stage}: {error}\n")


if __name__ == "__main__":
    main()
