"""Which outputs of a teacher may teach: finished, grounded sentences that speak of the content.
`ungrounded` and `finished` mirror `model/core/grounding.ts` and `finished.ts`."""

import re

_WORD = re.compile(r"\w[\w.,:'/@-]*[\w+#]|\w")
_START = re.compile(r"""(?:^|[.!?:]["')\]]*\s+)["'(\[\-\s]*$""")
_CLOSED = re.compile(r"""[.!?\u3002\uff01\uff1f]["'\u201d\u2019)\]\u00bb]*$""")
_DANGLING = re.compile(
    r"""(?:\.\.|\u2026|\b(?:e\.g|i\.e|vs|cf|dr|mr|mrs|ms|prof|fig|no|approx)\.)["')\]]*$""", re.IGNORECASE
)
FRAMING = re.compile(
    r"(?:learn|discover|explore|find out|read)\b"
    r"|(?:this|the) (?:article|document|page|post|blog|blog post|guide|section|topic|tutorial|text|author|"
    r"paper|chapter|summary)\b",
    re.IGNORECASE,
)


def ungrounded(suggestion: str, document: str) -> list[str]:
    """The numbers and names of a suggestion that its document does not contain."""
    text, missing = _fold(document), []
    for match in _WORD.finditer(suggestion):
        word, at = match[0], match.start()
        first = bool(_START.search(suggestion[max(0, at - 8) : at]))
        if _needs_source(word, first) and not any(_contains(text, form) for form in _forms(_fold(word))):
            missing.append(word)
    return missing


def finished(text: str) -> bool:
    """Ends a sentence, closes what it opens, holds a word."""
    text = text.strip()
    if not _CLOSED.search(text) or _DANGLING.search(text) or not re.search(r"[^\W\d_]{2,}", text):
        return False
    pairs = (("(", ")"), ("[", "]"))
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in pairs)


def fault(text: str, ended: bool, document: str) -> str | None:
    """Why an output is not to be learned from: unfinished, layout, framing, repetition, not_grounded."""
    if not ended or not finished(text) or len(text.split()) < 4:
        return "unfinished"
    if re.search(r"[\n*`|<>]|\]\(", text):
        return "layout"
    if FRAMING.match(text):
        return "framing"
    words = text.lower().split()
    grams = [tuple(words[i : i + 3]) for i in range(len(words) - 2)]
    if len(set(grams)) < len(grams):
        return "repetition"
    return "not_grounded" if ungrounded(text, document) else None


def _needs_source(word: str, first: bool) -> bool:
    if any(c.isnumeric() for c in word):
        return True
    if re.fullmatch(r"I(?:'\w+)?", word):
        return False
    return any(c.isupper() for c in (word[1:] if first else word))


def _fold(text: str) -> str:
    text = text.lower().replace("\u2018", "'").replace("\u2019", "'")
    return re.sub(r"(\d),(?=\d{3})", r"\1", text)


def _forms(word: str) -> list[str]:
    bare = re.sub(r"'s?$", "", word)
    forms = [word, bare]
    if re.search(r"[^\W\d_]s$", bare):
        forms.append(bare[:-1])
    elif re.search(r"[^\W\d_]$", bare):
        forms.append(bare + "s")
    return forms


def _contains(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        if not _joins(text, at - 1, -1) and not _joins(text, at + len(word), 1):
            return True
        at = text.find(word, at + 1)
    return False


def _joins(text: str, index: int, direction: int) -> bool:
    at = lambda i: text[i] if 0 <= i < len(text) else " "  # noqa: E731
    if at(index).isalnum():
        return True
    return at(index) in ".," and at(index + direction).isdigit() and at(index - direction).isdigit()
