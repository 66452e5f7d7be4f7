"""Minutes of no office: people, bodies and matters come from word lists."""

import random

from distill.gate.invented import WORDS
from distill.gate.writing import LISTS, Hand, row

BODIES: list[str] = LISTS["office"]["BODIES"]
MATTERS: list[str] = LISTS["office"]["MATTERS"]
SAID: list[str] = LISTS["office"]["SAID"]
NAMES = [f"{a} {b}" for a, b in zip(WORDS["first"], WORDS["last"], strict=False)]


def minutes(seed: int) -> dict:
    """Minutes of one meeting; `layout` is formal, notes, speech, table, prose or actions."""
    rng = random.Random(f"minutes {seed}")
    hand, layout = Hand(rng), ("formal", "notes", "speech", "table", "prose", "actions")[seed % 6]
    body, there, date = rng.choice(BODIES), rng.sample(NAMES, rng.randint(4, 9)), hand.date()
    matters = rng.sample(MATTERS, rng.randint(3, 6))
    short = rng.random() < 0.5

    def who() -> str:
        name = rng.choice(there)
        return name.split()[0] if short else name

    def said(matter: str) -> str:
        return f"{who()} {rng.choice(SAID).format(m=matter)}."

    title = hand.pick(
        [
            f"Minutes of the {body}, {date}",
            f"{body} {date}",
            f"{body}: meeting notes",
            f"{body} meeting #{rng.randint(2, 140)}",
            f"Notes {date}",
        ]
    )
    present = hand.pick(
        [
            f"Present: {', '.join(there)}",
            f"{hand.head(hand.pick(['Attendees', 'Attendance', 'In attendance', 'Participants']))}\n\n{hand.items(there)}",  # noqa: E501
            f"**Attending**: {', '.join(there)}. Apologies: {rng.choice(NAMES)}.",
        ]
    )
    end = hand.pick(
        [
            f"The meeting closed at {rng.randint(12, 21)}:{rng.randint(10, 59)}.",
            f"Next meeting: {hand.date()}",
            "There being no further business, the meeting was adjourned.",
            "",
        ]
    )
    actions = [
        f"{hand.pick(['ACTION', 'Action', 'AI', 'TODO'])}: {who()} to {hand.pick(['look into', 'follow up on', 'draft', 'report on'])} {m}"  # noqa: E501
        for m in matters
    ]
    if layout == "formal":
        parts = [
            hand.title(title),
            present,
            hand.maybe(
                hand.head("Minutes of the last meeting"), f"Approved. Moved by {who()}, seconded by {who()}."
            ),
        ]
        parts = parts[:2] + parts[2]
        for n, m in enumerate(matters, 1):
            parts += [
                hand.head(f"{n}. {m.capitalize()}"),
                " ".join(said(m) for _ in range(rng.randint(1, 4))),
                *hand.maybe(
                    hand.pick(["Agreed.", f"Motion carried, {rng.randint(3, 9)} in favour.", "Deferred."])
                ),
            ]
    elif layout == "notes":
        parts = [hand.title(title), present, hand.head("Agenda"), hand.items(matters)]
        for m in matters:
            parts += [hand.head(m.capitalize()), hand.items([said(m) for _ in range(rng.randint(2, 5))])]
    elif layout == "speech":
        parts = [
            hand.title(title),
            hand.labels(
                [
                    ("Date", date),
                    ("Duration", f"{rng.randint(3, 9)}0 min"),
                    ("Moderator", who()),
                    ("Notes", who()),
                ]
            ),
        ]
        for m in matters:
            parts += [
                hand.head(m.capitalize()),
                *[
                    f"**{who()}**: {hand.pick(['I think', 'So', 'Yes,', 'My question is whether', 'Right,'])} {m} {hand.pick(['needs another look.', 'is nearly done.', 'can go in this week?', 'was discussed last time.'])}"  # noqa: E501
                    for _ in range(rng.randint(3, 7))
                ],
            ]
    elif layout == "table":
        parts = [
            hand.title(title),
            present,
            hand.table(["Item", "Discussion", "Owner"], [[m, said(m), who()] for m in matters]),
        ]
    elif layout == "prose":
        parts = [
            hand.title(title),
            f"The {body.lower()} met on {date}. {', '.join(there)} were present.",
            *[
                " ".join(said(m) for _ in range(rng.randint(2, 4)))
                + hand.pick([" It was agreed to return to this.", " This was put to a vote and passed.", ""])
                for m in matters
            ],
        ]
    else:
        parts = [
            hand.title(title),
            present,
            hand.head(hand.pick(["Action items", "Decisions and actions", "Follow-ups"])),
            hand.items(actions),
            hand.head("Discussion"),
            hand.items([said(m) for m in matters]),
        ]
    return row("minutes", layout, seed, [*parts, *hand.maybe(*actions[:2], chance=0.3), end])
