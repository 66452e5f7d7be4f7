"""`make bundle`: every stage of the preset in its order, in one process. A stage that is finished has a
`STAGE.done` (its seconds) in the work folder and is not run again; remove the file to run it anew.
A stage that was killed goes on where it was."""

import gc
import json
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from distill.presets import Preset

Stage = Callable[[Namespace, Preset], None]


def inputs(name: str, args: Namespace, preset: Preset) -> Namespace:
    """The stage's own options: its budget of minutes, and what it begins from."""
    minutes = preset.minutes.get(name)
    begin = "decoder" if name == "annotated" and "decoder" in preset.recipe else None
    out = args.work / "parity.json" if name == "parity" else None
    given = {"stage": name, "minutes": minutes, "finish": minutes is not None, "start": begin, "out": out}
    return Namespace(**{**vars(args), **given})


def run(args: Namespace, preset: Preset, stages: dict[str, Stage]) -> list[str]:
    """Returns the stages that ran. Stops behind a stage that a file `STAGE.stop` interrupted."""
    ran = []
    for name in preset.recipe:
        done = args.work / f"{name}.done"
        if done.exists():
            print(f"{name}: finished before", flush=True)
            continue
        print(f"{name}: begins", flush=True)
        begun = time.monotonic()
        stages[name](inputs(name, args, preset), preset)
        gc.collect()
        ran.append(name)
        if (args.work / f"{name}.stop").exists():
            print(f"{name}: interrupted by {name}.stop; remove it and call again", flush=True)
            break
        done.write_text(json.dumps({"stage": name, "seconds": round(time.monotonic() - begun)}) + "\n")
    return ran


def seconds(work: Path) -> dict[str, float]:
    """What each stage took, of its own log where it has one (all calls), else of its last call."""
    out = {}
    for path in [*work.glob("*.done"), *work.glob("*.log.jsonl")]:
        lines = [json.loads(line) for line in path.read_text().split("\n") if line]
        if lines and "seconds" in lines[-1]:
            name = path.name.split(".")[0]
            out[name] = max(out.get(name, 0), lines[-1]["seconds"])
    return out
