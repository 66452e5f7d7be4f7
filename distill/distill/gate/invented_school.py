"""Lesson plans of nobody's classes, in the forms that teachers, course sites and workshops use."""

import random

from distill.gate.writing import LISTS, Hand, row

TOPICS: list[str] = LISTS["school"]["TOPICS"]
VERBS: list[str] = LISTS["school"]["VERBS"]
ACTS: list[str] = LISTS["school"]["ACTS"]
TASKS: list[str] = LISTS["school"]["TASKS"]
TOLD: list[str] = LISTS["school"]["TOLD"]


def _fill(rng: random.Random, text: str, topic: tuple[str, str]) -> str:
    return text.format(t=topic[0], T=topic[0].capitalize(), m=topic[1], n=rng.randint(2, 6))


def lesson_plan(seed: int) -> dict:
    """One lesson plan; `layout` is plan, table, episode, module, workshop, outline or unit."""
    rng = random.Random(f"lesson {seed}")
    hand, topic = Hand(rng), rng.choice(TOPICS)
    layout = ("plan", "table", "episode", "module", "workshop", "outline", "unit")[seed % 7]
    name = topic[0].capitalize()
    title = hand.pick(
        [
            f"Lesson plan: {name}",
            name,
            f"Lesson {rng.randint(1, 24)}: {name}",
            f"Introduction to {topic[0]}",
            f"Teaching {topic[0]}",
        ]
    )

    def fill(texts: list[str]) -> list[str]:
        return [_fill(rng, text, topic) for text in texts]

    goals = [
        f"{v.capitalize() if rng.random() < 0.7 else v} {hand.pick(['what ' + topic[0] + ' is', topic[0], 'the main parts of ' + topic[0], topic[0] + ' in a new setting'])}"  # noqa: E501
        for v in hand.some(VERBS, 2, 5)
    ]
    acts = fill(hand.some(ACTS, 4, 9))
    facts = hand.some(
        [
            ("Grade level", f"{rng.randint(1, 8)}-{rng.randint(9, 12)}"),
            ("Subject", hand.pick(["Science", "Maths", "English", "Computing", "History"])),
            ("Duration", f"{rng.randint(3, 9)}0 minutes"),
            ("Class size", str(rng.randint(8, 30))),
            ("Teacher", "________"),
            ("Date", hand.date()),
            ("Standards", f"{hand.pick(['NGSS', 'CCSS', 'NC'])} {rng.randint(2, 8)}.{rng.randint(1, 9)}"),
        ],
        3,
        6,
    )
    write = {
        "plan": _plan,
        "table": _table,
        "episode": _episode,
        "module": _module,
        "workshop": _workshop,
        "outline": _outline,
        "unit": _unit,
    }[layout]
    return row(
        "lesson_plan",
        layout,
        seed,
        write(hand, rng, title, goals, acts, facts, fill, topic),
        title if rng.random() < 0.3 else None,
    )


def _plan(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    opening = hand.pick(
        [
            "Students will be able to:",
            "By the end of this lesson, learners will be able to",
            "Pupils should be able to:",
            "",
        ]
    )
    heads = {
        "goals": hand.pick(["Objectives", "Learning objectives", "Learning outcomes", "Aims"]),
        "things": hand.pick(["Materials", "Resources", "Materials needed", "You will need"]),
        "steps": hand.pick(["Procedure", "Activities", "Lesson sequence", "Steps"]),
    }
    parts = [hand.title(title), hand.labels(facts), hand.head(heads["goals"]), opening, hand.items(goals)]
    parts += [
        hand.head(heads["things"]),
        hand.items(
            [
                topic[1],
                *hand.some(
                    ["pencils", "the worksheet", "projector", "sticky notes", "timer", "notebooks"], 2, 4
                ),
            ]
        ),
    ]
    parts += hand.maybe(hand.head("Warm-up"), f"({rng.randint(3, 10)} min) {acts[0]}")
    parts += [hand.head(heads["steps"]), hand.items(acts[1:])]
    parts += hand.maybe(hand.head("Assessment"), *fill(["Check the notebooks for a correct use of {t}."]))
    return (
        parts
        + hand.maybe(hand.head("Homework"), *fill(["Page {n}, questions 1 to {n}."]))
        + hand.maybe(
            hand.head("Differentiation"), "Fast finishers help a partner; give others the simpler sheet."
        )
    )


def _table(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    rows = [
        [
            f"{rng.randint(1, 6) * 5} min",
            hand.pick(["Starter", "Input", "Practice", "Group work", "Plenary"]),
            act,
        ]
        for act in acts
    ]
    return [
        hand.title(title),
        hand.labels(facts),
        hand.head(hand.pick(["Objectives", "Aims"])),
        hand.items(goals),
        hand.table(["Time", "Stage", hand.pick(["Activity", "What the teacher does", "Procedure"])], rows),
    ]


def _episode(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    fence = ":" * rng.randint(3, 30)
    box = hand.pick(["fence", "quote", "head"])

    def boxed(name: str, body: str) -> str:
        if box == "fence":
            return f"{fence} {name}\n\n{body}\n\n{fence}"
        if box == "quote":
            return f"> ## {name.capitalize()}\n>\n" + "\n".join(f"> {line}" for line in body.split("\n"))
        return f"{hand.head(name.capitalize())}\n\n{body}"

    parts = [
        boxed("objectives", hand.items(goals)),
        boxed("questions", hand.items(fill(["What is {t}?", "How can I use {t}?"]))),
    ]
    for told in fill(hand.some(TOLD, 2, 4)):
        parts += [told, *hand.maybe(f"```\nexample({rng.randint(1, 9)})\n```")]
        parts += hand.maybe(
            boxed("challenge", "\n".join(fill(hand.some(TASKS, 1, 2)))),
            boxed("solution", "See the answer below."),
            chance=0.7,
        )
    return [*parts, boxed(hand.pick(["keypoints", "key points"]), hand.items(goals[:3]))]


def _module(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    parts = [
        f"# {title}",
        f"## {hand.pick(['Pre-lecture quiz', 'Before you start', 'Warm-up quiz'])}",
        "[Quiz](https://example.org/quiz)",
        "## Introduction",
        *fill(TOLD[:1]),
        hand.pick(["In this lesson we'll cover:", "You will learn to:", "This unit covers:"]),
        hand.items(goals),
    ]
    for told in fill(hand.some(TOLD[1:], 2, 3)):
        parts += [f"## {hand.pick(['What is', 'Working with', 'A closer look at'])} {topic[0]}", told]
    parts += [
        f"### {hand.pick(['Task', 'Exercise', 'Try it'])} - {topic[0]}",
        hand.items(fill(hand.some(TASKS, 2, 4))),
        "---",
    ]
    return [
        *parts,
        f"## {hand.pick(['Challenge', '🚀 Challenge'])}",
        *fill(TASKS[:1]),
        "## Review & Self Study",
        "Read more about the topic.",
        "## Assignment",
        "[Finish the worksheet](assignment.md)",
    ]


def _workshop(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    clock, rows = 540, []
    for act in acts:
        rows.append(f"{clock // 60:02}:{clock % 60:02} {act}")
        clock += rng.randint(1, 6) * 5
    return [
        hand.title(f"{title}: facilitator guide"),
        hand.labels(facts),
        hand.head("Goals"),
        hand.items(goals),
        hand.head(hand.pick(["Schedule", "Running order", "Agenda for the session"])),
        hand.items(rows),
        hand.head("Notes for the instructor"),
        *fill(["Bring {m}. Leave time for questions."]),
    ]


def _outline(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    steps = [f"{act.rstrip('.')} ({rng.randint(2, 20)} min)" for act in acts]
    return [
        hand.title(title),
        "SWBAT " + "; ".join(g.lower() for g in goals) + ".",
        hand.head(hand.pick(["Do now", "Hook", "Starter"])),
        steps[0],
        hand.head("Main activity"),
        "\n\n".join(steps[1:-1]),
        hand.head(hand.pick(["Plenary", "Exit ticket", "Closure"])),
        steps[-1],
    ]


def _unit(hand, rng, title, goals, acts, facts, fill, topic) -> list[str]:
    parts = [
        hand.title(f"Unit: {title}"),
        hand.labels(facts),
        hand.head("Essential questions"),
        hand.items(fill(["What is {t}?", "Where do we meet {t} outside school?"])),
    ]
    for n, act in enumerate(acts, 1):
        parts += [
            hand.head(hand.pick([f"Day {n}", f"Week {n}", f"Lesson {n}"])),
            act,
            *hand.maybe(f"Homework: {fill(TASKS)[n % len(TASKS)]}"),
        ]
    return parts
