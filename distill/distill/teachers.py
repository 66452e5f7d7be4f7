"""Teachers: whatever writes summaries that a student learns from.

`generate` is all that labelling needs. A teacher whose pieces are the student's also gives `logits`,
and the student can learn from its whole distribution (`kd`); from others it learns their sentences.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from pathlib import Path

import torch
from torch import Tensor

from distill.decode import Hypothesis, repeats
from distill.llama import Llama, Written
from distill.processes import device
from distill.prompt import Prompt

LIMITS = {"short": 48, "medium": 96, "author": 96}
"""Most tokens of an answer."""
SHORTEST = 5
BLOCK = 3
PENALTY = 0.8


class Output(tuple):
    """(text, mean log-probability a token), and whether the teacher ended it by itself."""

    ended: bool

    def __new__(cls, text: str, mean: float, ended: bool = True):
        made = super().__new__(cls, (text, mean))
        made.ended = ended
        return made


class Teacher(ABC):
    name: str
    pieces: list[str] | None = None
    """The vocabulary in the order of its ids, where token-level distillation is possible."""

    @abstractmethod
    def generate(self, documents: list[dict], mode: str) -> list[Output]:
        """documents: rows with `title` and `text`, a batch; mode: `short` or `medium`."""

    def generate_modes(self, documents: list[dict], modes: list[str]) -> dict[str, list[Output]]:
        return {mode: self.generate(documents, mode) for mode in modes}

    def logits(self, documents: list[dict], mode: str, targets: list[list[int]]) -> list[Tensor]:
        """Log-probabilities (len(target) + 1)×V, the last row for the end; targets: ids without eos."""
        raise NotImplementedError(f"{self.name} gives sentences only")

    def seen(self, document: dict) -> str:
        """What the teacher has read of a document: its outputs have to be grounded in that."""
        return f"{document.get('title') or ''}\n{document['text']}"


def padded(rows: list[list[int]], value: int = 0) -> Tensor:
    out = torch.full((len(rows), max(map(len, rows))), value)
    for n, row in enumerate(rows):
        out[n, : len(row)] = torch.tensor(row)
    return out


class LlamaTeacher(Teacher):
    """SmolLM2, fine-tuned by `teach` or as it is."""

    def __init__(self, folder: Path, source: int, beam: int = 1, dtype: torch.dtype = torch.bfloat16):
        digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        self.name, self.source, self.beam = f"{folder.name}-{digest[:8]}", source, beam
        self.model = Llama.load(folder, dtype).to(device()).eval()
        self.prompt = Prompt(folder / "tokenizer.json")

    def seen(self, document: dict) -> str:
        ids = self.prompt.document(document.get("title"), document["text"], self.source)
        return self.prompt.text(ids[len(self.prompt.head) :])

    def generate(self, documents: list[dict], mode: str) -> list[Output]:
        return self.generate_modes(documents, [mode])[mode]

    @torch.no_grad()
    def generate_modes(self, documents: list[dict], modes: list[str]) -> dict[str, list[Output]]:
        ids = [self.prompt.document(d.get("title"), d["text"], self.source) for d in documents]
        at = self.model.embed.weight.device
        lengths = torch.tensor([len(x) for x in ids], device=at)
        memory = self.model.read(padded(ids).to(at))
        out = {}
        for mode in modes:
            found = beam(self.model, self.prompt, memory, lengths, mode, self.beam, LIMITS[mode])
            out[mode] = [Output(self.prompt.text(h.ids).strip(), h.mean, h.finished) for h in found]
        return out


def beam(
    model: Llama, prompt: Prompt, memory, lengths: Tensor, mode: str, width: int, limit: int
) -> list[Hypothesis]:
    """Beam search for a batch of documents side by side; the best hypothesis of each.

    Width 1 is greedy. The document's keys are shared by all hypotheses, so a wider beam costs little.
    """
    at, documents = lengths.device, len(lengths)
    written = Written(model.shape.layers)
    step = torch.tensor(prompt.questions[mode], device=at).expand(documents, 1, -1)
    live = [[Hypothesis()] for _ in range(documents)]
    done: list[list[Hypothesis]] = [[] for _ in range(documents)]
    open_ = [True] * documents
    for _ in range(limit):
        hidden = model.write(step, lengths, memory, written)[:, :, -1]
        log_probs = torch.log_softmax(model.logits(hidden), -1)
        values, tokens = (t.tolist() for t in log_probs.topk(2 * width + 2, -1))
        rows, last = [], []
        for n in range(documents):
            if open_[n]:
                live[n], origins, open_[n] = _extend(
                    live[n], done[n], values[n], tokens[n], prompt.end, width, limit
                )
            if not open_[n]:
                origins = [0] * width
            rows.append(origins)
            tail = [h.ids[-1] if h.ids else prompt.end for h in live[n]] if open_[n] else []
            last.append(tail + [prompt.end] * (width - len(tail)))
        if not any(open_):
            break
        if width > 1:
            written.reorder(torch.tensor(rows, device=at))
        step = torch.tensor(last, device=at)[:, :, None]
    return [max(done[n] or live[n], key=lambda h: h.score(PENALTY)) for n in range(documents)]


def _extend(live, done, values, tokens, end: int, width: int, limit: int):
    """One document's next hypotheses, the rows they go on from, and whether to go on."""
    options = []
    for row, hypothesis in enumerate(live):
        total = sum(hypothesis.log_probs)
        for value, token in zip(values[row], tokens[row], strict=True):
            if token == end and len(hypothesis.ids) < SHORTEST:
                continue
            if token != end and repeats(hypothesis.ids, token, BLOCK):
                continue
            options.append((total + value, row, value, token))
    options.sort(key=lambda o: (-o[0], o[1], o[3]))
    following, rows = [], []
    for _total, row, value, token in options[: 1 if width == 1 else 2 * width]:
        log_probs = [*live[row].log_probs, value]
        if token == end:
            done.append(Hypothesis(list(live[row].ids), log_probs, True))
        elif len(following) < width:
            following.append(Hypothesis([*live[row].ids, token], log_probs))
            rows.append(row)
    best = max((h.score(PENALTY) for h in done), default=None)
    bound = max((sum(h.log_probs) / limit**PENALTY for h in following), default=None)
    if bound is None or (best is not None and bound <= best):
        return following or live, [0] * width, False
    rows += [rows[0]] * (width - len(rows))
    return following, rows, True


class Seq2SeqTeacher(Teacher):
    """Any encoder-decoder that transformers knows (Pegasus, BART, T5), by name or folder."""

    def __init__(self, name: str, source: int, beam: int = 4):
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

        self.name, self.beam = name, beam
        self.tokenizer = AutoTokenizer.from_pretrained(name)
        self.model = AutoModelForSeq2SeqLM.from_pretrained(name).to(device()).eval()
        positions = getattr(self.model.config, "max_position_embeddings", None) or source
        self.source = min(source, positions)
        tasks = getattr(self.model.config, "task_specific_params", None) or {}
        self.prefix = tasks.get("summarization", {}).get("prefix", "")
        self.pieces = self.tokenizer.convert_ids_to_tokens(range(len(self.tokenizer)))

    def _encode(self, documents: list[dict]):
        texts = [self.prefix + Teacher.seen(self, d).strip() for d in documents]
        batch = self.tokenizer(
            texts, truncation=True, max_length=self.source, padding=True, return_tensors="pt"
        )
        names = ("input_ids", "attention_mask")
        return {k: batch[k].to(self.model.device) for k in names}

    def seen(self, document: dict) -> str:
        ids = self._encode([document])["input_ids"][0]
        return self.tokenizer.decode(ids, skip_special_tokens=True)

    def _log_probs(self, source: dict, labels: Tensor) -> Tensor:
        """Teacher-forced, R×T×V: the same for greedy, beam and sampled outputs of any model."""
        config = self.model.config
        start = torch.full_like(labels[:, :1], config.decoder_start_token_id)
        inputs = torch.cat([start, labels[:, :-1]], 1)
        logits = self.model(**source, decoder_input_ids=inputs, use_cache=False).logits
        return torch.log_softmax(logits.float(), -1)

    @torch.no_grad()
    def generate(self, documents: list[dict], mode: str) -> list[Output]:
        source, end = self._encode(documents), self.tokenizer.eos_token_id
        made = self.model.generate(
            **source,
            num_beams=self.beam,
            do_sample=False,
            max_new_tokens=LIMITS[mode],
            min_new_tokens=SHORTEST,
            no_repeat_ngram_size=BLOCK,
            length_penalty=PENALTY,
        )[:, 1:]
        log_probs = self._log_probs(source, made).gather(2, made[..., None])[..., 0].tolist()
        out = []
        for ids, values in zip(made.tolist(), log_probs, strict=True):
            ended = end in ids
            count = ids.index(end) + 1 if ended else len(ids)
            text = self.tokenizer.decode(ids[:count], skip_special_tokens=True).replace("<n>", " ")
            out.append(Output(" ".join(text.split()), sum(values[:count]) / max(1, count), ended))
        return out

    @torch.no_grad()
    def logits(self, documents: list[dict], mode: str, targets: list[list[int]]) -> list[Tensor]:
        labels = [[*ids, self.tokenizer.eos_token_id] for ids in targets]
        wide = padded(labels, self.tokenizer.pad_token_id).to(self.model.device)
        log_probs = self._log_probs(self._encode(documents), wide)
        return [log_probs[n, : len(ids)] for n, ids in enumerate(labels)]


def open_teacher(name: str, source: int, beam: int) -> Teacher:
    """A folder that `teach` or `smollm` wrote, a checkpoint of our own (`….safetensors`), else whatever
    transformers finds under the name."""
    if name.endswith(".safetensors"):
        from distill.own_teacher import StudentTeacher

        return StudentTeacher(Path(name), source, beam)
    config = Path(name) / "config.json"
    if config.exists() and json.loads(config.read_text()).get("model_type") == "llama":
        return LlamaTeacher(Path(name), source, beam)
    return Seq2SeqTeacher(name, source, beam)
