"""Rules that tell the kind of an unlabelled document for certain, for kinds that stand in the corpus only
among its pairs: API reference, index and stub pages of many sources. Precision on the annotated training
documents: `python -m distill.gate.certain RAW ANNOTATED` (docs/gate.md has the figures)."""

import re
import sys
from collections import Counter
from pathlib import Path

from distill import corpus

SECTIONS = re.compile(
    r"(?:syntax|parameters?|return(?:s| values?| codes?)?|requirements|remarks|members|methods|properties|fields"  # noqa: E501
    r"|arguments|exceptions|inheritance|inputs|outputs|related links|property value|applies to|declaration"
    r"|constants|options|events|attributes|examples? ?\d*|elements and attributes|child elements|configuration"  # noqa: E501
    r"|sample code|see also|attributes and elements|parent elements|text value|example)",
    re.I,
)
DECISIVE = re.compile(
    r"(?:syntax|parameters?|return(?:s| values?)?|inputs|members|arguments|child elements)", re.I
)
CODE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)", re.M | re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
HEADING = re.compile(r"^(?:#{2,5}\s+(.+?)\s*#*|(.+)\n[-]{3,})$", re.M)
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$", re.M)
LINK = re.compile(r"\]\(|\]\[|<https?:|\[\[")


def kind(body: str) -> str | None:
    """`api_reference`, `index`, or None where no rule is sure."""
    text = COMMENT.sub("", CODE.sub("", body))
    headings = [re.sub(r"[:.*_`]|\{#.*|<[^>]*>", "", a or b).strip() for a, b in HEADING.findall(text)]
    items = ITEM.findall(text)
    plain = [
        line
        for line in text.split("\n")
        if line.strip() and not re.match(r"\s*(?:[-*+#|>:]|\d+[.)]\s)", line)
    ]
    words = sum(len(line.split()) for line in plain)
    sections = [h for h in headings if SECTIONS.fullmatch(h)]
    decisive = {h.lower() for h in headings if DECISIVE.fullmatch(h)}
    if len(decisive) >= 2 and len(sections) >= 0.6 * len(headings):
        return "api_reference"
    linked = sum(1 for item in items if LINK.search(item) and len(item.split()) <= 14)
    if len(items) >= 8 and linked >= 0.8 * len(items) and words < 30:
        return "index"
    return None


def main(raw: Path, labels: Path) -> None:
    """What the annotators said of the training documents that a rule names."""
    from distill.gate import rows

    known, said, all_ = rows.annotated(labels), Counter(), Counter()
    for path in sorted(raw.glob("p*/*.jsonl.zst")):
        for row in corpus.read(path):
            label = known.get((path.parent.name, path.name.removesuffix(".jsonl.zst"), row["id"]))
            if found := kind(row["body"]):
                all_[found] += 1
                all_[f"{found} sources"] += 0
                if label and label["split"] == "train":
                    said[found, label["kind"]] += 1
    print(dict(all_))
    for (found, kind_), n in sorted(said.items()):
        print(found, kind_, n)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
