"""Résumés and recipes of nobody: invented from word lists, in many layouts, seeded. Résumés are personal
data, so none is collected; the recipes of the corpus come from one site, so these are a second source."""

import json
import random
from pathlib import Path

WORDS: dict[str, list[str]] = json.loads((Path(__file__).parent / "invented.json").read_text())


def _year(rng: random.Random, back: int) -> int:
    return 2025 - back - rng.randint(0, 2)


def _line(rng: random.Random) -> str:
    n = rng.randint(2, 40)
    text = f"{rng.choice(WORDS['verb'])} {rng.choice(WORDS['thing'])}".format(n=n)
    gain = rng.choice(WORDS["gain"]).format(n=rng.randint(3, 60))
    return f"{text}, {gain}" if gain else text


def _jobs(rng: random.Random) -> list[tuple[str, str, str, list[str]]]:
    jobs, back = [], 0
    for n in range(rng.randint(2, 5)):
        start, end = _year(rng, back + 3), _year(rng, back)
        until = "present" if n == 0 else str(end)
        span = rng.choice(["{a} – {b}", "{a}-{b}", "{a} to {b}", "03/{a} - {b}", "Jan {a} – {b}"])
        firm = rng.choice(WORDS["firm"])
        lines = [_line(rng) for _ in range(rng.randint(1, 5))]
        jobs.append((rng.choice(WORDS["role"]), firm, span.format(a=min(start, end), b=until), lines))
        back += 3
    return jobs


LAYOUTS = ("sections", "table", "plain", "prose", "bold", "european", "short")


def resume(seed: int) -> dict:
    """One résumé as Markdown; `layout` says which way it is laid out."""
    rng = random.Random(f"resume {seed}")
    layout = LAYOUTS[seed % len(LAYOUTS)]
    name = f"{rng.choice(WORDS['first'])} {rng.choice(WORDS['last'])}"
    town = rng.choice(WORDS["town"])
    phone = f"555-01{rng.randint(10, 99)}"
    mail = f"{name.split()[0].lower()}@example.{rng.choice(['com', 'org', 'net'])}"
    jobs, role = _jobs(rng), rng.choice(WORDS["role"])
    school = rng.choice(WORDS["school"]).format(t=rng.choice(WORDS["town"]))
    degree, year = rng.choice(WORDS["degree"]), _year(rng, 14)
    skills, hobbies = rng.sample(WORDS["skill"], rng.randint(4, 9)), rng.sample(WORDS["hobby"], 3)
    about = (
        f"{role} with {rng.randint(3, 25)} years of experience. "
        f"{rng.choice(['Reliable', 'Curious', 'Driven'])} "
        f"and used to working {rng.choice(['under pressure', 'in small teams', 'with customers', 'alone'])}."
    )
    write = {
        "sections": _sections,
        "table": _table,
        "plain": _plain,
        "prose": _prose,
        "bold": _bold,
        "european": _european,
        "short": _short,
    }[layout]
    text = write(name, town, phone, mail, about, jobs, (degree, school, year), skills, hobbies, rng)
    return {
        "id": f"resume-{seed}",
        "kind": "resume",
        "source": f"invented/resume-{layout}",
        "text": text,
        "title": name if rng.random() < 0.3 else None,
    }


def _sections(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    head = rng.choice(["Work Experience", "Professional Experience", "Employment", "Career"])
    out = [f"# {name}", f"{town} | {phone} | {mail}", "## Summary", about, f"## {head}"]
    for role, firm, span, lines in jobs:
        out += [f"### {role}, {firm}", span, "\n".join(f"- {line}" for line in lines)]
    out += ["## Education", f"{study[0]}, {study[1]}, {study[2]}", "## Skills"]
    out += ["\n".join(f"- {s}" for s in skills), "## Interests", ", ".join(hobbies)]
    return "\n\n".join(out)


def _table(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    rows = "\n".join(f"| {span} | {role} | {firm} |" for role, firm, span, _ in jobs)
    return (
        f"# Curriculum Vitae\n\n**Name:** {name}\n\n**Address:** {town}\n\n**Phone:** {phone}\n\n"
        f"**Email:** {mail}\n\n## Employment\n\n| Period | Position | Employer |\n|---|---|---|\n{rows}\n\n"
        "## Education\n\n| Year | Degree | School |\n|---|---|---|\n"
        f"| {study[2]} | {study[0]} | {study[1]} |\n\n"
        f"## Skills\n\n{', '.join(skills)}\n\n## Hobbies\n\n{', '.join(hobbies)}\n\nReferences on request."
    )


def _plain(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    out = [name.upper(), f"{town}, {phone}, {mail}", "OBJECTIVE", about, "EXPERIENCE"]
    for role, firm, span, lines in jobs:
        out += [f"{firm}, {role} ({span})", *[f"* {line}." for line in lines]]
    out += ["EDUCATION", f"{study[1]}: {study[0]} ({study[2]})", "SKILLS", "; ".join(skills)]
    return "\n\n".join([*out, "LANGUAGES", "English (native), German (basic)"])


def _prose(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    out = [f"# {name}", f"{role_of(jobs)}, {town}. {mail}, {phone}.", about]
    for role, firm, span, lines in jobs:
        said = " ".join(f"{line}." for line in lines)
        out.append(f"**{firm}, {span}.** I worked as {role.lower()}. {said}")
    out.append(f"I studied at {study[1]} ({study[0]}, {study[2]}). My skills: {', '.join(skills)}.")
    return "\n\n".join([*out, f"In my free time I like {hobbies[0]}, {hobbies[1]} and {hobbies[2]}."])


def role_of(jobs) -> str:
    return jobs[0][0]


def _bold(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    out = [f"**{name}**  \n{role_of(jobs)}  \n{mail} · {phone} · {town}", f"> {about}"]
    for role, firm, span, lines in jobs:
        out.append(f"**{role}** · {firm} · _{span}_\n\n" + "\n".join(f"* {line}" for line in lines))
    out.append(f"**Education** · {study[0]} · {study[1]} · {study[2]}")
    return "\n\n".join([*out, "**Skills:** " + " / ".join(skills)])


def _european(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    out = ["# Europass CV", "## Personal information", f"First name(s) / Surname(s): {name}"]
    out += [f"Address(es): {town}", f"Telephone(s): {phone}", f"E-mail: {mail}", "## Work experience"]
    for role, firm, span, lines in jobs:
        out += [f"Dates: {span}", f"Occupation or position held: {role}"]
        out += [f"Main activities and responsibilities: {'; '.join(lines)}", f"Name of employer: {firm}"]
    out += ["## Education and training", f"Dates: {study[2]}", f"Title of qualification: {study[0]}"]
    out += [f"Name of organisation: {study[1]}", "## Personal skills and competences"]
    return "\n\n".join([*out, *[f"- {s}" for s in skills], "Driving licence: B"])


def _short(name, town, phone, mail, about, jobs, study, skills, hobbies, rng) -> str:
    out = [f"# {name}: Resume", about, "## Highlights", "\n".join(f"- {s}" for s in skills), "## History"]
    out += ["\n".join(f"- {span}: {role} at {firm}. {lines[0]}." for role, firm, span, lines in jobs)]
    return "\n\n".join([*out, f"## Studies\n\n- {study[2]}: {study[0]}, {study[1]}"])


def recipe(seed: int) -> dict:
    """One recipe as Markdown, in one of four layouts."""
    rng = random.Random(f"recipe {seed}")
    layout = ("lists", "plain", "table", "story")[seed % 4]
    base, dish = rng.choice(WORDS["base"]), rng.choice(WORDS["dish"])
    goods = [g.format(n=rng.randint(2, 6)) for g in rng.sample(WORDS["goods"], rng.randint(5, 10))]
    goods.insert(0, f"{rng.randint(2, 5)}00 g {base}")
    steps = [s.format(n=rng.randint(2, 5), b=base) for s in rng.sample(WORDS["step"], rng.randint(5, 10))]
    title = f"{base.capitalize()} {dish.lower()}"
    listed = "\n".join(f"- {g}" for g in goods)
    numbered = "\n".join(f"{i}. {s}." for i, s in enumerate(steps, 1))
    told = " ".join(f"{s}." for s in steps)
    people, minutes = rng.randint(2, 8), rng.randint(2, 9) * 10
    story = f"My grandmother made this {dish.lower()} every autumn, and we still fight over the last bowl."
    text = {
        "lists": f"# {title}\n\nServes {people}. Takes {minutes} minutes.\n\n## You need\n\n{listed}\n\n## Method\n\n{numbered}",  # noqa: E501
        "plain": f"{title}\n\n{', '.join(goods)}.\n\n{told}\n\nEnough for {people}.",
        "table": f"# {title}\n\n| Amount |\n|---|\n"
        + "\n".join(f"| {g} |" for g in goods)
        + f"\n\n{numbered}",
        "story": f"# {title}\n\n{story}\n\n**Ingredients:** {'; '.join(goods)}\n\n{told} It keeps for {people} days.",  # noqa: E501
    }[layout]
    return {"id": f"recipe-{seed}", "kind": "recipe", "source": f"invented/recipe-{layout}", "text": text}
