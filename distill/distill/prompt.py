"""How a document and its summary are laid out for a chat model such as SmolLM2-Instruct."""

from pathlib import Path

from tokenizers import Tokenizer as Fast

END = "<|im_end|>"
HEAD = "<|im_start|>system\nSummarize the document.<|im_end|>\n<|im_start|>user\n"
ASK = {
    "short": "Summarize in one short sentence.",
    "medium": "Summarize in one or two sentences.",
    "author": "Summarize as its author would.",
}
"""The mode stands behind the document, so that a document is read once for all of them."""


class Prompt:
    """Ids of the three parts: document, question, answer (which ends with `end`)."""

    def __init__(self, path: Path):
        self.fast = Fast.from_file(str(path))
        self.end = self.fast.token_to_id(END)
        self.head = self._ids(HEAD)
        self.questions = {
            mode: self._ids(f"\n\n{text}{END}\n<|im_start|>assistant\n") for mode, text in ASK.items()
        }

    def _ids(self, text: str) -> list[int]:
        return self.fast.encode(text, add_special_tokens=False).ids

    def document(self, title: str | None, text: str, limit: int) -> list[int]:
        """At most `limit` ids; a text that begins with its title says it once. A document can't
        open or close a turn of the conversation."""
        first, _, rest = text.partition("\n")
        body = rest if title and first == title else text
        whole = f"{title}\n\n{body}" if title else body
        ids = self._ids(whole[: limit * 8].replace("<|", "< |"))
        return [*self.head, *ids[: limit - len(self.head)]]

    def answer(self, text: str) -> list[int]:
        return [*self._ids(text.replace("<|", "< |")), self.end]

    def text(self, ids: list[int]) -> str:
        return self.fast.decode(ids)
