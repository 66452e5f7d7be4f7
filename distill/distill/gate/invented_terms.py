"""Terms of services and contracts of nobody."""

import random

from distill.gate.invented import WORDS
from distill.gate.writing import LISTS, Hand, row

CLAUSES: dict[str, list[str]] = LISTS["pages"]["CLAUSES"]


def legal_terms(seed: int) -> dict:
    """Terms of a service or a contract; `layout` is terms, privacy, contract, licence or clause."""
    rng = random.Random(f"legal {seed}")
    hand, layout = Hand(rng), ("terms", "privacy", "contract", "licence", "clause")[seed % 5]
    firm, town = rng.choice(WORDS["firm"]), rng.choice(WORDS["town"])
    s = hand.pick(
        [f"the {firm} service", "the Service", "our website", "the Software", "the app", "the Site"]
    )

    def clause(name: str, number: int) -> list[str]:
        said = [
            c.format(s=s, F=hand.pick([firm, "we", "the Company"]), n=rng.randint(2, 60), t=town)
            for c in CLAUSES[name]
        ]
        said = [c[0].upper() + c[1:] for c in rng.sample(said, rng.randint(1, len(said)))]
        body = "\n\n".join(f"{number}.{i} {c}" for i, c in enumerate(said, 1)) if numbered else " ".join(said)
        return [hand.head(name), body]

    numbered = rng.random() < 0.4
    names = hand.some(list(CLAUSES), 1, 2) if layout == "clause" else hand.some(list(CLAUSES), 5, 11)
    title = hand.pick(
        {
            "terms": ["Terms of Service", "Terms and Conditions", f"{firm} Terms of Use"],
            "privacy": ["Privacy Policy", "Privacy Notice"],
            "contract": ["Services Agreement", "Supply Agreement", "Lease"],
            "licence": ["Software Licence", "End User License Agreement"],
            "clause": [names[0], f"{names[0]} clause"],
        }[layout]
    )
    parts = [
        hand.title(title),
        *hand.maybe(f"{hand.pick(['Last updated', 'Effective date', 'Effective'])}: {hand.date()}"),
    ]
    if layout == "contract":
        parts += [
            f'This Agreement is made on {hand.date()} between {firm} (the "Supplier") and {rng.choice(WORDS["firm"])} (the "Customer").',  # noqa: E501
            "WHEREAS the Customer wishes to receive the Services; NOW, THEREFORE, the parties agree as follows:",  # noqa: E501
        ]
    for number, name in enumerate(names, 1):
        parts += clause(name, number)
    return row(
        "legal_terms",
        layout,
        seed,
        parts + hand.maybe(f"Questions? Write to legal@example.org or {firm}, {town}."),
    )
