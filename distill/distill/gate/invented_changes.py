"""Change logs and release notes of no product."""

import random

from distill.gate.invented import WORDS
from distill.gate.writing import LISTS, Hand, row

NOUNS: list[str] = LISTS["pages"]["NOUNS"]
DOES: list[str] = LISTS["pages"]["DOES"]


def changelog(seed: int) -> dict:
    """What changed in which version; `layout` is kept, commits, notes, package or table."""
    rng = random.Random(f"changelog {seed}")
    hand, layout = Hand(rng), ("kept", "commits", "notes", "package", "table")[seed % 5]
    product, major = rng.choice(WORDS["firm"]).split()[0], rng.randint(0, 9)

    def change() -> str:
        noun, verb = rng.choice(NOUNS), rng.choice(DOES)
        return hand.pick(
            [
                f"Fix a crash when a {noun} is empty",
                f"Added `{verb}_{noun}`",
                f"Bump {noun}-kit from {rng.randint(1, 4)}.{rng.randint(0, 9)} to {rng.randint(5, 9)}.0",
                f"You can now {verb} a {noun} from the menu.",
                f"Remove deprecated {noun} option",
                f"{noun.capitalize()}s no longer {verb} twice",
                f"Improved speed of {verb} by {rng.randint(5, 80)} %",
            ]
        ) + hand.pick(["", "", f" (#{rng.randint(100, 9999)})", f" ({rng.getrandbits(28):07x})"])

    parts = [
        hand.title(
            hand.pick(
                [
                    "Changelog",
                    "Release notes",
                    f"{product} {major}.0 released",
                    f"What's new in {product}",
                    "Version history",
                ]
            )
        )
    ]
    for n in range(rng.randint(1, 6)):
        version = f"{major}.{9 - n}.{rng.randint(0, 9)}"
        if layout == "package":
            parts.append(
                f"{product.lower()} ({version}-1) unstable; urgency=low\n\n"
                + "\n".join(f"  * {change()}" for _ in range(rng.randint(1, 5)))
                + "\n\n -- Maintainer <m@example.org>"
            )
        elif layout == "table":
            parts.append(
                hand.table(
                    ["Version", "Date", "Change"], [[version, hand.date(), change()] for _ in range(3)]
                )
            )
        else:
            parts.append(
                hand.head(
                    hand.pick(
                        [
                            version,
                            f"v{version} ({hand.date()})",
                            f"[{version}] - {hand.date()}",
                            f"Version {version}",
                        ]
                    )
                )
            )
            for head in (
                hand.some(["Added", "Fixed", "Changed", "Bug fixes", "Features"], 1, 3)
                if layout == "kept"
                else [""]
            ):
                lines = [
                    (f"{rng.getrandbits(28):07x} " if layout == "commits" else "") + change()
                    for _ in range(rng.randint(2, 6))
                ]
                parts += [
                    f"### {head}" if head else "",
                    hand.items(lines)
                    if layout != "notes"
                    else " ".join(line.rstrip(".") + "." for line in lines),
                ]
    return row("changelog", layout, seed, parts)
