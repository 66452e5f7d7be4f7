"""The stages: each one command, resumable or quick, reading `--data` and `--work` only."""

import itertools
import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import torch

from distill import (
    ablate,
    cached,
    calibrate,
    card,
    checkpoint,
    corpus,
    documents,
    export,
    faults,
    golden,
    judging,
    parity,
    recipe,
    samples,
    score,
    start,
    tokens,
    train,
)
from distill.ablations import SETTINGS as SETTINGS_OF_ABLATIONS
from distill.presets import Preset, changed
from distill.student import Student

FINAL = ("distill", "annotated")
"""Training stages whose weights are exported: the first of them that has run."""

SMOOTHED_ON = 48
"""Training documents on which activations are measured before quantisation."""

SETTINGS = Path(__file__).parent / "bundle.json"
"""Version, limits, decoding and calibration of the bundle."""


def tokenizer(args: Namespace, preset: Preset) -> None:
    """SentencePiece model from the annotated train documents (a sample of all sources) and prose."""

    def lines():
        for row in corpus.read(args.data / "annotated-train.jsonl.zst"):
            fields = [row.get("plain"), row.get("summary"), row.get("title")]
            yield from filter(None, [*fields, *row["text"][:6000].split("\n")])
        for n, row in enumerate(corpus.read(args.data / "prose.jsonl.zst")):
            if n >= preset.vocabulary_rows:
                break
            yield from filter(None, [row.get("title"), *row["text"][:6000].split("\n")])

    tokens.train(lines(), args.work / "tokenizer", preset.shape.vocabulary)


def begin(args: Namespace, preset: Preset) -> None:
    """MiniLM with our vocabulary: `start.safetensors`."""
    torch.manual_seed(args.seed)
    model, pieces = Student(preset.shape), tokens.Tokenizer(args.work / "tokenizer.model")
    mapped = start.begin(model, pieces, args.work / "wheels")
    print(f"{mapped} of {len(pieces)} pieces mapped to WordPieces")
    model.save(args.work / "start.safetensors")


def training(args: Namespace, preset: Preset) -> None:
    """A training phase; stops after `--minutes`, goes on when called again; `--finish`: the rates fall
    to zero at the end of the minutes. `--start` another stage's weights, `--teacher` word-level
    distillation, `--set FIELD=VALUE` anything."""
    given = {"start": args.start, "teacher": args.teacher}
    settings = [*args.set, *(f"{name}={value}" for name, value in given.items() if value)]
    phase = changed(preset.phases[args.stage], settings)
    preset = replace(preset, phases={**preset.phases, args.stage: phase})
    train.train(args.stage, preset, args.data, args.work, args.seed, args.minutes, args.finish)


def memory(args: Namespace, preset: Preset) -> None:
    """Encoder outputs of gap-sentence documents on disk, for `decoder` (which trains on nothing else)."""
    phase = changed(preset.phases["memory"], [*args.set, *([f"start={args.start}"] if args.start else [])])
    print(json.dumps(cached.write(phase, args.data, args.work, args.seed, preset.rows, args.minutes)))


def teacher(args: Namespace, preset: Preset) -> None:
    """Fine-tunes SmolLM2 on the annotated set: `teacher/`; stops after `--minutes`, resumes."""
    from distill import teach, teacher_presets

    how = teacher_presets.TEACHING[args.preset]
    how = replace(how, rows=args.rows or how.rows)
    teach.teach(how, args.data, args.work, args.seed, args.minutes)


def likelihood(args: Namespace, preset: Preset) -> None:
    """Dev nll a token of the SmolLM2 teacher in folder `--teacher` (else of `--work`) on `--count`
    documents, to compare one with what a checkpoint kept of it."""
    from distill import evaluate, teach, teacher_presets
    from distill.llama import Llama
    from distill.prompt import Prompt

    folder = Path(args.teacher or args.work / "teacher")
    model = Llama.load(folder, torch.bfloat16 if train.fast_bf16() else torch.float32).eval()
    phase = teacher_presets.TEACHING[args.preset].phase
    dev = evaluate.suitable(args.data, "dev", args.count)
    print(json.dumps(teach.measure(model, Prompt(folder / "tokenizer.json"), dev, phase)))


def labels(args: Namespace, preset: Preset) -> None:
    """Summaries of every document by `--teacher` (ours, or any seq2seq checkpoint): `labels.jsonl.zst`."""
    from distill import label, teacher_presets, teachers

    how = teacher_presets.LABELLING[args.preset]
    how = replace(how, rows=args.rows or how.rows)
    who = teachers.open_teacher(args.teacher or str(args.work / "teacher"), how.source, how.beam)
    print(json.dumps(label.label(who, how, args.data, args.work, args.seed, args.minutes)))


def ablations(args: Namespace, preset: Preset) -> None:
    """The grid of ablations: small trainings of two seeds each, table and plot into `--results`. Resumes;
    `--subsets`: folder with raw.jsonl.zst, clean.jsonl.zst and clean-no-RULE.jsonl.zst of equal size."""
    settings = SETTINGS_OF_ABLATIONS[args.preset]
    ablate.ablate(settings, preset, args.data, args.subsets, args.work, args.results, args.minutes)


def final(args: Namespace) -> str:
    """The stage whose weights are exported: `--weights`, else the first of `FINAL` that has run."""
    ran = [name for name in FINAL if (args.work / f"{name}.safetensors").exists()]
    return args.weights or (ran[0] if ran else FINAL[-1])


def goes_wrong(args: Namespace, preset: Preset) -> None:
    """Rates of what goes wrong in `precis batch` answers (`--short`, `--medium`) on `--split`, and of
    embeddings never updated (`--work`), into `--out` (docs/results/faults.json is read by the card)."""
    found: dict = {"split": args.split}
    for length, path, field in (("short", args.short, "plain"), ("medium", args.medium, "summary")):
        if path:
            outputs = faults.written(path, args.data, args.split, field)
            found[length] = {kind: faults.rates(made) for kind, made in outputs.items()}
    if args.work:
        before, after = args.work / "start.safetensors", args.work / f"{final(args)}.safetensors"
        found["embeddings"] = faults.untouched(before, after)
    print(json.dumps(found, indent=2))
    if args.out:
        args.out.write_text(json.dumps(found, indent=2) + "\n")


def checkpoints(args: Namespace, preset: Preset) -> None:
    """Student (fp16) and teacher (four-bit difference to SmolLM2) of `--work` into folder `--out`."""
    base = None
    if (args.work / "teacher" / "model.safetensors").exists():
        from distill import smollm

        base = smollm.base(args.work)
    print(json.dumps(checkpoint.save(args.work, final(args), args.out, base), indent=2))


def resume(args: Namespace, preset: Preset) -> None:
    """The weights of folder `--checkpoint` back into `--work`, to go on from."""
    base = None
    if (args.checkpoint / "teacher.safetensors").exists():
        from distill import smollm

        base = smollm.base(args.work)
    print(checkpoint.restore(args.checkpoint, args.work, base), "restored")


def everything(args: Namespace, preset: Preset) -> None:
    """All stages of the preset in order, finished ones skipped: what `make bundle` calls."""
    recipe.run(args, preset, STAGES)


def bundle(args: Namespace, preset: Preset) -> None:
    """int8 ONNX, manifest and card into `--bundle`."""
    student = Student.load(args.work / f"{final(args)}.safetensors").eval()
    settings = json.loads(SETTINGS.read_text())
    text = card.text(student.shape, args.work, args.data, args.results, settings)
    pieces = args.work / "tokenizer.model"
    rows = itertools.islice(corpus.read(args.data / "annotated-train.jsonl.zst"), SMOOTHED_ON)
    tokenizer = tokens.Tokenizer(pieces)
    sources = [tokenizer.document(r["title"], r["text"], settings["source"]) for r in rows]
    export.bundle(student, sources, pieces, args.bundle, text, settings)


def describe(args: Namespace, preset: Preset) -> None:
    """Card and manifest of `--bundle` anew, its graphs as they are (after calibrate)."""
    settings = json.loads(SETTINGS.read_text())
    text = card.text(preset.shape, args.work, args.data, args.results, settings)
    export.describe(preset.shape, args.bundle, text, settings)


def fixtures(args: Namespace, preset: Preset) -> None:
    """Golden fixtures of `--bundle` for `--documents` (Markdown) into `--out`."""
    print(golden.write(args.bundle, args.documents, args.out), "golden fixtures")


def agreement(args: Namespace, preset: Preset) -> None:
    """PyTorch against the int8 bundle on dev documents: `--out` gets the figures."""
    student = Student.load(args.work / f"{final(args)}.safetensors").eval()
    figures = parity.measure(student, args.bundle, args.data, args.count)
    print(json.dumps(figures, indent=2))
    if args.out:
        args.out.write_text(json.dumps(figures, indent=2) + "\n")


def batch(args: Namespace, preset: Preset) -> None:
    """Annotated documents of `--split` as NDJSON for `precis batch` into `--out`."""
    split = args.annotated / f"{args.split}.jsonl"
    print(documents.write(args.raw, split, args.out, not args.all), "documents")


def scores(args: Namespace, preset: Preset) -> None:
    """ROUGE and coverage of `precis batch` answers (`--short`, `--medium`) on `--split`."""
    answers = {k: v for k, v in (("short", args.short), ("medium", args.medium)) if v}
    table = score.table(args.data, args.split, answers)
    print(json.dumps(table, indent=2))
    if args.out:
        args.out.write_text(json.dumps(table, indent=2) + "\n")


def outputs(args: Namespace, preset: Preset) -> None:
    """`--count` random outputs of `precis batch` answers as Markdown into `--out`."""
    answers = {k: v for k, v in (("short", args.short), ("medium", args.medium)) if v}
    args.out.write_text(samples.page(answers, args.count, args.seed, f"Outputs on annotated/{args.split}"))


def sheet(args: Namespace, preset: Preset) -> None:
    """Blind judging of `--count` documents from `precis batch` answers, `--parts`, `--passes`: `--out`."""
    answers = {k: v for k, v in (("short", args.short), ("medium", args.medium)) if v}
    split = (args.parts, args.passes, args.again)
    print(json.dumps(judging.sheet(args.data, args.split, answers, args.count, args.seed, args.out, *split)))


def judged(args: Namespace, preset: Preset) -> None:
    """Joins verdicts with the sheet's key in `--work`; publishable rows into `--out` (and `re`…)."""
    given = [args.judged] if args.judged else []
    print(json.dumps(judging.merge(args.work, given, args.out), indent=2))


def gate(args: Namespace, preset: Preset) -> None:
    """Fits the gate on `--judged` for `--precision` into distill/bundle.json (then export again)."""
    settings = json.loads(SETTINGS.read_text())
    settings["calibration"] = calibrate.calibrate(args.judged, args.precision)
    print(json.dumps(settings["calibration"], indent=2))
    SETTINGS.write_text(json.dumps(settings, indent=2) + "\n")


STAGES = {
    "tokenizer": tokenizer,
    "start": begin,
    "pretrain": training,
    "memory": memory,
    "decoder": training,
    "annotated": training,
    "transformer": training,
    "teacher": teacher,
    "likelihood": likelihood,
    "label": labels,
    "distill": training,
    "recipe": everything,
    "ablate": ablations,
    "faults": goes_wrong,
    "checkpoint": checkpoints,
    "resume": resume,
    "export": bundle,
    "card": describe,
    "parity": agreement,
    "golden": fixtures,
    "documents": batch,
    "score": scores,
    "samples": outputs,
    "sheet": sheet,
    "judged": judged,
    "calibrate": gate,
}
