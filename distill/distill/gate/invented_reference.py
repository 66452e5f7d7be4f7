"""Reference pages and lists of links of no product."""

import random

from distill.gate.invented import WORDS
from distill.gate.writing import LISTS, Hand, row

NOUNS: list[str] = LISTS["pages"]["NOUNS"]
DOES: list[str] = LISTS["pages"]["DOES"]
TYPES: list[str] = LISTS["pages"]["TYPES"]


def api_reference(seed: int) -> dict:
    """A signature with its parameters; `layout` is sections, table, http, command, class or terms."""
    rng = random.Random(f"api {seed}")
    hand, layout = Hand(rng), ("sections", "table", "http", "command", "class", "terms")[seed % 6]
    noun, does = rng.choice(NOUNS), rng.choice(DOES)
    case = rng.choice(
        [
            f"{does}{noun.capitalize()}",
            f"{does}_{noun}",
            f"{does.capitalize()}{noun.capitalize()}",
            f"{does}-{noun}",
            f"I{noun.capitalize()}::{does.capitalize()}",
        ]
    )
    args = [
        (
            n,
            rng.choice(TYPES),
            f"{hand.pick(['The', 'A', 'Specifies the', 'Optional. The', 'Pointer to the'])} {hand.pick(['name', 'size', 'identifier', 'state', 'owner', 'format'])} of the {noun}.",  # noqa: E501
        )
        for n in rng.sample(
            ["id", "name", "flags", "size", "options", "callback", "timeout", "filter", "pData", "limit"],
            rng.randint(2, 5),
        )
    ]
    call = f"{case}({', '.join(n for n, _, _ in args)})"
    about = hand.pick(
        [
            f"{does.capitalize()}s a {noun}.",
            f"The {case} function {does}s the specified {noun}.",
            f"Use this to {does} one {noun}.",
            "",
        ]
    )
    code = f"```\n{call}\n```"
    back = hand.pick(
        [
            f"The {noun}, or {hand.pick(['null', 'NULL', 'None', '-1'])} if there is none.",
            "If the function succeeds, the return value is nonzero.",
            f"`{rng.choice(TYPES)}`",
            "This method does not return a value.",
        ]
    )
    tick = hand.pick(["`{}`", "**{}**", "*{}*", "{}"])
    listed = {
        "sections": "\n\n".join(
            f"{tick.format(n)} {hand.pick(['[in]', '', '(' + t + ')'])}\n\n{d}" for n, t, d in args
        ),
        "table": hand.table(
            [hand.pick(["Parameter", "Name", "Argument"]), "Type", hand.pick(["Description", "Meaning"])],
            [[f"`{n}`", t, d] for n, t, d in args],
        ),
    }
    body = listed["table" if layout in ("table", "http", "class") else "sections"]
    if layout == "terms":
        body = "\n".join(f"- {tick.format(n)} ({t}) {hand.pick(['–', ':', '-'])} {d}" for n, t, d in args)
    title = hand.pick(
        [
            case,
            f"{case} function",
            f"{case} method",
            f"{case}()",
            f"{noun.capitalize()} {hand.pick(['class', 'object', 'properties'])}",
        ]
    )
    if layout == "http":
        parts = [
            hand.title(title),
            about,
            f"`{hand.pick(['GET', 'POST', 'DELETE', 'PUT'])} /v{rng.randint(1, 3)}/{noun}s/{{id}}`",
            hand.head("Request"),
            body,
            hand.head("Response"),
            f'```json\n{{"{noun}": {{"id": {rng.randint(1, 999)}}}}}\n```',
            hand.head(hand.pick(["Errors", "Status codes"])),
            hand.table(["Code", "Meaning"], [["404", f"No such {noun}"], ["401", "Not allowed"]]),
        ]
    elif layout == "command":
        flags = "\n".join(f"  --{n} {t}   {d}" for n, t, d in args)
        parts = [
            hand.title(case),
            about,
            hand.head(hand.pick(["Synopsis", "Usage", "Syntax"])),
            f"```\n{case} [flags]\n```",
            hand.head(hand.pick(["Options", "Flags"])),
            f"```\n{flags}\n```",
            hand.head("See also"),
            f"* [{rng.choice(DOES)}-{noun}](x.md)",
        ]
    else:
        parts = [
            hand.title(title),
            about,
            hand.head(hand.pick(["Syntax", "Signature", "Declaration", "Definition"])),
            code,
            hand.head(hand.pick(["Parameters", "Arguments", "Inputs", "Properties"])),
            body,
            hand.head(hand.pick(["Return value", "Returns", "Returns", "Outputs"])),
            back,
        ]
        parts += hand.maybe(
            hand.head("Remarks"), f"The {noun} must exist before you call {case}."
        ) + hand.maybe(
            hand.head("Requirements"),
            hand.table(["", ""], [["Header", f"{noun}.h"], ["DLL", f"{noun}.dll"]]),
            chance=0.3,
        )
        parts += hand.maybe(
            hand.head(hand.pick(["See also", "Related links"])),
            f"[{rng.choice(DOES)}{noun.capitalize()}](y.md)",
        )
    return row("api_reference", layout, seed, parts, title if rng.random() < 0.4 else None)


def index(seed: int) -> dict:
    """A page of links; `layout` is list, described, sections, names or table."""
    rng = random.Random(f"index {seed}")
    hand, layout = Hand(rng), ("list", "described", "sections", "names", "table")[seed % 5]
    subject = rng.choice(NOUNS)

    def link() -> str:
        does, noun = rng.choice(DOES), rng.choice(NOUNS)
        text = hand.pick(
            [
                f"{does.capitalize()} a {noun}",
                f"Overview of {noun}s",
                f"{noun.capitalize()} settings",
                f"How to {does} {noun}s",
                f"{noun.capitalize()}s",
            ]
        )
        return f"[{text}]({hand.pick(['', '../', '/docs/', 'https://example.org/'])}{does}-{noun}{hand.pick(['.md', '', '.html'])})"  # noqa: E501

    opening = hand.pick(
        [
            "This section contains the following articles:",
            f"Everything about {subject}s.",
            "See the following topics:",
            "In this section:",
            "",
            f"Resources for working with {subject}s.",
        ]
    )
    links = [link() for _ in range(rng.randint(6, 25))]
    parts = [
        hand.title(
            hand.pick(
                [
                    f"{subject.capitalize()}s",
                    f"{subject.capitalize()} overview",
                    "Contents",
                    "Resources",
                    f"{subject.capitalize()}s: article index",
                ]
            )
        ),
        opening,
    ]
    if layout == "sections":
        for n in range(0, len(links), 5):
            parts += [hand.head(rng.choice(NOUNS).capitalize() + "s"), hand.items(links[n : n + 5])]
    elif layout == "described":
        parts.append(
            hand.items(
                [
                    f"{one}{hand.pick([' - ', ': ', ' – '])}{rng.choice(DOES)} and {rng.choice(DOES)} {rng.choice(NOUNS)}s"  # noqa: E501
                    for one in links
                ]
            )
        )
    elif layout == "names":
        parts.append(
            hand.items(
                [
                    f"{a} {b}"
                    for a, b in zip(
                        rng.sample(WORDS["first"], 14), rng.sample(WORDS["firm"], 12), strict=False
                    )
                ]
            )
        )
    elif layout == "table":
        parts.append(hand.table(["Page", "For"], [[one, rng.choice(NOUNS)] for one in links]))
    else:
        parts.append(hand.items(links))
    return row("index", layout, seed, parts)
