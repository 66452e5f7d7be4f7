"""`python -m distill STAGE --preset smoke|cpu|gpu`: one command a stage; `--help` lists them."""

import argparse
import os
import sys
from pathlib import Path


def settle() -> None:
    """Restarts this process once with the settings that CPU training needs: freed memory kept by
    the process (else every large tensor is paged in anew: 5x on attention), no spinning threads."""
    wanted = {
        "MALLOC_MMAP_THRESHOLD_": str(1 << 32),
        "MALLOC_TRIM_THRESHOLD_": str(1 << 33),
        "MALLOC_TOP_PAD_": str(1 << 28),
        "OMP_WAIT_POLICY": "passive",
    }
    if any(name not in os.environ for name in wanted):
        environment = wanted | dict(os.environ)
        os.execve(sys.executable, [sys.executable, "-m", "distill", *sys.argv[1:]], environment)


def main() -> None:
    from distill.presets import PRESETS, limited
    from distill.stages import STAGES

    help_lines = "\n".join(f"  {name:<10} {f.__doc__}" for name, f in STAGES.items())
    parser = argparse.ArgumentParser(
        prog="distill",
        description=f"{__doc__}\n\n{help_lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--preset", choices=PRESETS, default="cpu")
    parser.add_argument("--data", type=Path, help="folder that precis-clean wrote")
    parser.add_argument("--work", type=Path, help="checkpoints and logs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="stop after so long; a later call goes on")
    parser.add_argument("--finish", action="store_true", help="rate 0 at the end of --minutes")
    parser.add_argument("--start", help="stage whose weights a training stage begins from")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="of the phase")
    parser.add_argument("--device", choices=["cpu", "cuda"], help="default: a GPU where there is one")
    parser.add_argument("--rows", type=int, help="at most so many documents of each file, to try a preset")
    parser.add_argument("--subsets", type=Path, help="pairs of precis-clean subset, for ablate")
    parser.add_argument("--checkpoint", type=Path, help="folder that the checkpoint stage wrote")
    parser.add_argument("--weights", help="name of the stage whose weights are exported")
    parser.add_argument("--teacher", help="folder or name of the labelling teacher")
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--raw", type=Path, help="the raw corpus folder")
    parser.add_argument("--annotated", type=Path, help="the annotated folder")
    parser.add_argument("--split", default="dev", choices=["train", "dev", "test"])
    parser.add_argument("--all", action="store_true", help="unsuitable documents too")
    parser.add_argument("--short", type=Path, help="answers of precis batch --length short")
    parser.add_argument("--medium", type=Path, help="answers of precis batch --length medium")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--results", type=Path, default=Path("docs/results"), help="figures for the card")
    parser.add_argument("--judged", type=Path, help="judged sheet, docs/results/judged-*.jsonl")
    parser.add_argument("--parts", type=int, default=1, help="judges that a sheet is for")
    parser.add_argument("--passes", type=int, default=1, choices=[1, 2], help="2: some are judged again")
    parser.add_argument("--again", type=float, default=0.4, help="share that is judged again")
    parser.add_argument("--precision", type=float, default=0.8, help="share of shown that is usable")
    args = parser.parse_args()
    if args.device == "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    if args.work:
        args.work.mkdir(parents=True, exist_ok=True)
    try:
        preset = PRESETS[args.preset]
        STAGES[args.stage](args, limited(preset, args.rows) if args.rows else preset)
    except ValueError as error:
        parser.exit(1, f"distill {args.stage}: {error}\n")
    except FileNotFoundError as error:
        parser.exit(1, f"distill {args.stage}: {error}; does an earlier stage have to run first?\n")


if __name__ == "__main__":
    settle()
    main()
