"""Forms, templates and check lists that nobody has filled in."""

import random

from distill.gate.invented import WORDS
from distill.gate.writing import LISTS, Hand, row

ASKED: list[str] = LISTS["office"]["ASKED"]
TOLD: list[str] = LISTS["office"]["TOLD"]
THINGS: list[str] = LISTS["office"]["THINGS"]
PARTS: list[str] = LISTS["office"]["PARTS"]
FILLER: list[str] = LISTS["office"]["FILLER"]
CHECKED: list[str] = LISTS["office"]["CHECKED"]
DONE: list[str] = LISTS["office"]["DONE"]


def form(seed: int) -> dict:
    """A form or template still to be filled in; `layout` names its form."""
    rng = random.Random(f"form {seed}")
    layouts = ("issue", "blanks", "proposal", "letter", "survey", "story", "filler")
    hand, layout = Hand(rng), layouts[seed % len(layouts)]
    thing = rng.choice(THINGS)
    slope = hand.pick(["_{a}_", "*{a}*", "<!-- {a} -->", "[{a}]", "> {a}", "{a}", "({a})", "<{a}>"])
    blank = hand.pick(
        ["________________", "[your {a}]", "<{a}>", "", "TBD", "..........", "{{{{{a}}}}}", "[{a}]", "XXX"]
    )

    def asked(count: int) -> str:
        return hand.labels([(a, blank.format(a=a.lower())) for a in hand.some(ASKED, count, count + 3)])

    def told() -> str:
        return slope.format(a=rng.choice(TOLD).format(x=thing))

    title = hand.pick(
        [
            f"{thing.split()[-1].capitalize()} template",
            f"{thing.split()[-1].capitalize()} form",
            "[Title]",
            "Title of proposal",
            f"Request for {thing}",
            "",
        ]
    )
    parts = [hand.title(title)] if title else []
    if layout in ("issue", "proposal", "story"):
        parts += [asked(3)] if layout == "proposal" else hand.maybe(asked(2), chance=0.3)
        if layout == "story":
            parts.append(
                f"As a [{hand.pick(['role', 'user', 'developer'])}], I want {hand.pick(['...', '[goal]', 'to ___'])} so that {hand.pick(['...', '[reason]', '___'])}."  # noqa: E501
            )
        for head in hand.some(PARTS, 4, 9):
            parts += [hand.head(head), *([told()] if rng.random() < 0.75 else [])]
        parts += hand.maybe(
            hand.items(
                [
                    "[ ] I have read the contribution guide",
                    "[ ] Tests were added",
                    "[ ] The change is documented",
                ]
            ),
            chance=0.4,
        )
    elif layout == "filler":
        for _ in range(rng.randint(1, 6)):
            parts += hand.maybe(hand.head(_latin(rng, 2).rstrip(".")))
            parts.append(" ".join(_latin(rng, rng.randint(5, 18)) for _ in range(rng.randint(2, 7))))
    elif layout == "blanks":
        for head in hand.some(
            ["Your details", "Part A", "Applicant", "Declaration", "Office use only", "Section 2"], 2, 4
        ):
            parts += [hand.head(head), asked(3)]
        parts += [
            "I declare that the information given above is correct.",
            f"Signed: {blank.format(a='signature')}    Date: {blank.format(a='date')}",
        ]
    elif layout == "letter":
        parts += [
            f"Dear {blank.format(a='name') or '[name]'},",
            f"Thank you for your {hand.pick(['letter', 'application', 'order'])} of [date]. We are pleased to tell you that [item] will be ready by [date].",  # noqa: E501
            f"Please contact [contact person] at [phone number] if {thing} has changed.",
            "Yours sincerely,",
            "[Your name]\n[Your title]",
        ]
    else:
        parts += ["Please answer all questions. Your answers are confidential."]
        for n, told_ in enumerate(hand.some(TOLD, 4, 8), 1):
            parts += [
                f"{n}. {told_.format(x=thing)}",
                hand.pick(
                    ["☐ Yes ☐ No", "( ) always ( ) sometimes ( ) never", "____________", "1 2 3 4 5", ""]
                ),
            ]
    return row("form", layout, seed, parts)


def _latin(rng: random.Random, words: int) -> str:
    """A sentence of the filler text that stands in layouts until there is a text."""
    return " ".join(rng.choices(FILLER, k=words)).capitalize() + "."


def checklist(seed: int) -> dict:
    """A check list; `layout` is boxes, glyphs, plain, table, questions or phases."""
    rng = random.Random(f"checklist {seed}")
    hand, layout = Hand(rng), ("boxes", "glyphs", "plain", "table", "questions", "phases")[seed % 6]
    subject = hand.pick(
        [
            "Launch",
            "Moving house",
            "Security",
            "New starter",
            "Travel",
            "Accessibility",
            "Release",
            "Event",
            "Code review",
            "Handover",
        ]
    )

    def line() -> str:
        x = rng.choice(CHECKED)
        text = rng.choice(DONE).format(x=x, X=x[0].upper() + x[1:])
        return text + hand.pick(["", "", ".", f" ({rng.choice(WORDS['first'])})"])

    mark = {
        "boxes": hand.pick(["- [ ] ", "* [ ] ", "- [x] "]),
        "glyphs": hand.pick(["☐ ", "✓ ", "□ ", "✅ "]),
    }.get(layout, hand.bullet if hand.bullet != "1. " else "- ")
    count = hand.pick([1, 2, 3, 4])
    parts = [
        hand.title(
            hand.pick(
                [
                    f"{subject} checklist",
                    f"{subject} review",
                    f"{subject}: before you start",
                    f"{subject} to-do list",
                ]
            )
        )
    ]
    parts += hand.maybe(
        hand.pick(
            [
                "Tick each box when it is done.",
                "Go through this list before every release.",
                "Work through these points with your manager.",
            ]
        )
    )
    for head in hand.some(
        [
            "Before",
            "During",
            "After",
            "Design",
            "Operations",
            "People",
            "One week before",
            "On the day",
            "Governance",
            "Storage",
        ],
        count,
        count,
    ):
        lines = [line() for _ in range(rng.randint(4, 12))]
        if layout == "questions":
            lines = [
                f"{hand.pick(['Are', 'Have you checked', 'Do you know who owns', 'Did you test'])} {rng.choice(CHECKED)}?"  # noqa: E501
                for _ in lines
            ]
        if count > 1 or rng.random() < 0.3:
            parts.append(hand.head(head))
        parts.append(
            hand.table(["Item", "Done", "Notes"], [[text, hand.pick(["", "☐", "yes"]), ""] for text in lines])
            if layout == "table"
            else "\n".join(mark + text for text in lines)
        )
    return row("checklist", layout, seed, parts)
