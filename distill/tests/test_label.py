"""Labels: restartable, each document once, kept only when finished and grounded; any teacher."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from test_smoke import stage
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    PegasusConfig,
    PegasusForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

from distill import corpus, grounded, kd, label, tokens
from distill.teacher_presets import LABELLING
from distill.teachers import Output, Seq2SeqTeacher, Teacher, open_teacher
from distill.tokens import BOS, EOS, PAD, UNK, Tokenizer

SETTINGS = LABELLING["smoke"]
TEXT = "Café prices rose 12.5% in 2024, Node.js says. The Harbour Master's boats wait for 1,200 ships."


class Lead(Teacher):
    """Writes the first sentence; a made-up one for `medium`; counts its calls, can be killed."""

    name = "lead"

    def __init__(self, calls: int = 10**9):
        self.left, self.read = calls, []

    def generate(self, documents, mode):
        if mode == "short":
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            self.read += [d["text"] for d in documents]
        first = [d["text"].split(". ")[0].rstrip(".") for d in documents]
        return [Output(f + ("." if mode == "short" else " in Atlantis."), -0.25) for f in first]


def work(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


@pytest.fixture
def unseen(tmp_path, data: Path) -> Path:
    """The clean set with other ids than the annotated ones, one document twice."""
    folder = work(tmp_path, "unseen")
    rows = [{**r, "id": f"new-{r['id']}"} for r in corpus.read(data / "prose.jsonl.zst")]
    corpus.write(folder / "prose.jsonl.zst", [*rows[:24], rows[3]])
    corpus.write(folder / "clean.jsonl.zst", [{**rows[2], "id": "same text"}, rows[30]])
    return folder


def test_a_killed_run_goes_on_and_gives_the_same_file(unseen: Path, tmp_path: Path):
    whole, broken = work(tmp_path, "whole"), work(tmp_path, "broken")
    label.label(Lead(), SETTINGS, unseen, whole, 1)
    with pytest.raises(KeyboardInterrupt):
        label.label(Lead(2), SETTINGS, unseen, broken, 1)
    part = broken / "label.part.jsonl"
    assert len(part.read_text().splitlines()) == 3
    part.write_text(part.read_text() + '[{"id": "torn')
    rest = Lead()
    label.label(rest, SETTINGS, unseen, broken, 1)
    one, two = (list(corpus.read(f / "labels.jsonl.zst")) for f in (whole, broken))
    assert one == two and len(rest.read) == len(label.documents(unseen, SETTINGS)) - 8
    ids = [row["id"] for row in one]
    assert len(ids) == len(set(ids)) and "same text" in ids


def test_both_stages_by_command(data: Path, unseen: Path, tmp_path: Path):
    for name in ("annotated-train.jsonl.zst", "annotated-dev.jsonl.zst"):
        shutil.copy(data / name, unseen)
    for name in ("teacher", "label"):
        done = stage(name, "--data", unseen, "--work", tmp_path)
        assert done.returncode == 0, done.stderr
    found = label.documents(unseen, SETTINGS)
    assert json.loads(done.stdout.splitlines()[-1])["documents"] == len(found) == 16  # one of each source
    assert (tmp_path / "labels.jsonl.zst").exists()


def test_annotated_documents_are_not_labelled(data: Path):
    assert label.documents(data, SETTINGS) == []


def test_time_limit_leaves_usable_labels(unseen: Path, tmp_path: Path):
    done = label.label(Lead(), SETTINGS, unseen, work(tmp_path, "w"), 1, minutes=0)
    assert done["documents"] == 4 and done["of"] > 4
    rows = list(corpus.read(tmp_path / "w" / "labels.jsonl.zst"))
    assert len(rows) == 4
    assert all(r["plain"] and "summary" not in r and r["suitable"] for r in rows)
    assert rows[0]["scores"] == {"plain": -0.25}
    assert done["medium"] == {"not_grounded": 4}


def test_other_documents_are_not_mixed_into_a_begun_file(unseen: Path, tmp_path: Path):
    folder = work(tmp_path, "w")
    label.label(Lead(), SETTINGS, unseen, folder, 1, minutes=0)
    with pytest.raises(ValueError, match="another teacher"):
        label.label(Lead(), SETTINGS, unseen, folder, 2)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Prices rose 12.5% in 2024.", []),
        ("Prices rose 2.5% in 2024.", ["2.5"]),
        ("The boats of the Harbour Master wait for 1200 ships.", []),
        ("The Harbor Masters wait.", ["Harbor"]),
        ("Ships wait for node.js.", []),
        ("Deno waits for ships.", []),
        ("DenoX waits for ships at Calais.", ["DenoX", "Calais"]),
    ],
)
def test_names_and_numbers_come_from_the_document(text, missing):
    assert grounded.ungrounded(text, TEXT) == missing


@pytest.mark.parametrize(
    ("text", "ended", "fault"),
    [
        ("Prices of coffee rose in 2024.", True, None),
        ("Prices of coffee rose in 2024.", False, "unfinished"),
        ("Prices of coffee rose (in 2024.", True, "unfinished"),
        ("Prices of coffee rose in 2023.", True, "not_grounded"),
        ("This article describes prices of coffee.", True, "framing"),
        ("Learn how prices of coffee rose.", True, "framing"),
        ("The boats wait for the boats wait for ships.", True, "repetition"),
        ("Prices **rose** in the year 2024.", True, "layout"),
    ],
)
def test_faults(text, ended, fault):
    assert grounded.fault(text, ended, TEXT) == fault


@pytest.fixture(scope="module")
def pieces(data: Path, tmp_path_factory) -> Tokenizer:
    lines = [x for r in corpus.read(data / "prose.jsonl.zst") for x in r["text"].split("\n")]
    return Tokenizer(tokens.train(lines, tmp_path_factory.mktemp("spm") / "t", 600, 1))


SIZES = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 48,
    "decoder_ffn_dim": 48,
    "max_position_embeddings": 128,
    "forced_eos_token_id": None,
}


def random_model(family: str, vocabulary: int):
    """Tiny, of the three families of seq2seq checkpoints; BART starts with eos, the others with pad."""
    torch.manual_seed(0)
    ids = {"vocab_size": vocabulary, "pad_token_id": PAD, "eos_token_id": EOS, "bos_token_id": BOS}
    if family == "t5":
        small = {"d_model": 32, "d_kv": 16, "d_ff": 48, "num_layers": 2, "num_heads": 2}
        return T5ForConditionalGeneration(T5Config(**ids, **small, decoder_start_token_id=PAD))
    if family == "bart":
        return BartForConditionalGeneration(BartConfig(**ids, **SIZES, decoder_start_token_id=EOS))
    return PegasusForConditionalGeneration(PegasusConfig(**ids, **SIZES, decoder_start_token_id=PAD))


def pegasus(folder: Path, pieces: Tokenizer, reverse: bool, family: str = "pegasus") -> str:
    """A random Pegasus (or another family) with our pieces, or with the same pieces under other ids."""
    from tokenizers import Tokenizer as Fast
    from tokenizers import decoders, models, pre_tokenizers, processors

    spm = pieces.pieces
    scored = [(spm.id_to_piece(i), spm.get_score(i)) for i in range(len(pieces))]
    if reverse:
        scored[20:] = scored[:19:-1]
    fast = Fast(models.Unigram(scored, UNK))
    fast.pre_tokenizer = pre_tokenizers.Metaspace()
    fast.decoder = decoders.Metaspace()
    fast.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", EOS)])
    names = [spm.id_to_piece(i) for i in (PAD, UNK, BOS, EOS)]
    special = dict(zip(("pad_token", "unk_token", "bos_token", "eos_token"), names, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=fast, **special).save_pretrained(folder)
    random_model(family, len(pieces)).save_pretrained(folder)
    return str(folder)


@pytest.mark.parametrize(("family", "source"), [("pegasus", 128), ("bart", 128), ("t5", 512)])
def test_a_seq2seq_folder_labels(family: str, source: int, unseen: Path, pieces, tmp_path: Path):
    teacher = open_teacher(pegasus(tmp_path / family, pieces, False, family), 512, 2)
    assert isinstance(teacher, Seq2SeqTeacher) and teacher.source == source
    folder = work(tmp_path, "w")
    done = label.label(teacher, SETTINGS, unseen, folder, 1, minutes=0)
    assert done["documents"] == 4
    made = json.loads((folder / "label.part.jsonl").read_text().splitlines()[1])
    assert all(one["short"]["score"] < 0 and isinstance(one["short"]["text"], str) for one in made)


def test_word_level_where_vocabularies_agree_sequence_level_where_not(pieces, tmp_path: Path):
    same = Seq2SeqTeacher(pegasus(tmp_path / "same", pieces, False), 128, 1)
    other = Seq2SeqTeacher(pegasus(tmp_path / "other", pieces, True), 128, 1)
    assert kd.way(same, pieces) == "word" and kd.way(other, pieces) == "sequence"
    assert kd.way(Lead(), pieces) == "sequence"
    documents, targets = [{"title": "T", "text": TEXT}] * 2, [[30, 31, 32], [40]]
    long, short = same.logits(documents, "short", targets)
    assert long.shape == (4, 600) and short.shape == (2, 600)
    torch.testing.assert_close(long.exp().sum(-1), torch.ones(4))
    with pytest.raises(NotImplementedError):
        Lead().logits(documents, "short", targets)


@pytest.mark.parametrize("family", ["pegasus", "bart", "t5"])
def test_scores_are_the_teachers_own_log_probabilities(family: str, pieces, tmp_path: Path):
    teacher = Seq2SeqTeacher(pegasus(tmp_path / "p", pieces, False, family), 128, 1)
    documents = [{"title": None, "text": TEXT}]
    text, mean = teacher.generate(documents, "short")[0]
    ids = teacher.model.generate(**teacher._encode(documents), num_beams=1, max_new_tokens=48,
                                 min_new_tokens=5, no_repeat_ngram_size=3)[0, 1:].tolist()  # fmt: skip
    ended = ids[-1] == EOS
    target = ids[:-1] if ended else ids
    rows = teacher.logits(documents, "short", [target])[0]
    values = [rows[n, i].item() for n, i in enumerate(ids)]
    assert mean == pytest.approx(sum(values) / len(values), abs=1e-4) and isinstance(text, str)


def test_divergence_is_zero_for_equals_and_pulls_towards_the_teacher():
    torch.manual_seed(0)
    teacher = torch.log_softmax(torch.randn(2, 3, 7), -1)
    raw = torch.randn(2, 3, 7, requires_grad=True)
    valid = torch.tensor([[1.0, 1, 0], [1, 0, 0]])
    assert kd.divergence(teacher, teacher, valid, 2.0).abs() < 1e-6
    loss = kd.divergence(torch.log_softmax(raw, -1), teacher, valid)
    loss.backward()
    assert loss > 0 and raw.grad[0, 2].abs().sum() == 0
    expected = (torch.softmax(raw, -1) - teacher.exp()) * valid[..., None] / 3
    torch.testing.assert_close(raw.grad, expected.detach(), rtol=1e-4, atol=1e-5)
