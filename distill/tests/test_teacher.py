"""The teacher: one reading for several answers, the imported weights, fine-tuning that resumes."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType, GGUFWriter, quantize
from transformers import LlamaConfig, LlamaForCausalLM

from distill import examples, smollm, teach
from distill.llama import Llama, LlamaShape, Written
from distill.prompt import Prompt
from distill.teacher_presets import TEACHING
from distill.teachers import LlamaTeacher, beam

SHAPE = LlamaShape(vocabulary=90, width=48, heads=6, groups=2, inner=64, layers=3)
SETTINGS = TEACHING["smoke"]


@pytest.fixture
def llama() -> Llama:
    torch.manual_seed(0)
    return Llama(SHAPE)


@pytest.fixture(scope="module")
def invented(data: Path, tmp_path_factory) -> Path:
    return teach.invented(data, tmp_path_factory.mktemp("base"), SETTINGS, 1)


@pytest.fixture(scope="module")
def rows(data: Path) -> list[dict]:
    return examples.rows(data / "annotated-train.jsonl.zst")


def peer(llama: Llama, folder: Path) -> LlamaForCausalLM:
    """The same weights in transformers' model, through the files that `save` writes."""
    llama.save(folder)
    return LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)


def test_reading_once_equals_separate_passes_with_gradients(llama, tmp_path):
    """Two answers beside a shared, padded document give transformers' logits for each alone."""
    other = peer(llama, tmp_path)
    llama = Llama.load(tmp_path, torch.float32)
    documents, answers = [list(range(5, 25)), list(range(30, 42))], [[1, 2, 3, 4], [60, 61, 62, 63]]
    ids = torch.zeros(2, 20, dtype=torch.long)
    for n, document in enumerate(documents):
        ids[n, : len(document)] = torch.tensor(document)
    lengths = torch.tensor([20, 12])
    ours = llama.logits(llama.write(torch.tensor([answers, answers]), lengths, llama.read(ids)))
    total = 0.0
    for b, document in enumerate(documents):
        for n, answer in enumerate(answers):
            alone = other(torch.tensor([document + answer])).logits[0, len(document) :]
            torch.testing.assert_close(ours[b, n], alone, rtol=1e-4, atol=1e-4)
            total = total + alone.square().sum()
    total.backward()
    ours.square().sum().backward()
    name = "self_attn.k_proj.weight"
    expected = other.get_parameter(f"model.layers.0.{name}").grad
    torch.testing.assert_close(llama.layers[0].qkv.weight.grad[48:64], expected, rtol=1e-3, atol=1e-4)
    expected = other.get_parameter("model.embed_tokens.weight").grad
    torch.testing.assert_close(llama.embed.weight.grad, expected, rtol=1e-3, atol=1e-4)


def test_long_documents_go_through_several_chunks(llama, tmp_path):
    llama.save(tmp_path)
    other = LlamaForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    llama = Llama.load(tmp_path, torch.float32)
    ids = torch.randint(0, 90, (1, 301))
    memory = llama.read(ids[:, :300])
    ours = llama.logits(llama.write(ids[:, None, 300:], torch.tensor([300]), memory))
    torch.testing.assert_close(ours[0, 0, 0], other(ids).logits[0, 300], rtol=1e-4, atol=1e-4)


def test_step_by_step_equals_at_once(llama):
    ids, lengths = torch.randint(0, 90, (2, 2, 6)), torch.tensor([9, 5])
    memory, written = llama.read(torch.randint(0, 90, (2, 9))), Written(3)
    parts = [llama.write(ids[:, :, a:b], lengths, memory, written) for a, b in ((0, 3), (3, 4), (4, 6))]
    torch.testing.assert_close(torch.cat(parts, 2), llama.write(ids, lengths, memory))


def test_frozen_layers_get_no_gradient(llama):
    memory = llama.read(torch.randint(0, 90, (1, 9)), 2)
    llama.write(torch.randint(0, 90, (1, 1, 4)), torch.tensor([9]), memory, frozen=2).sum().backward()
    assert llama.layers[1].down.weight.grad is None
    assert llama.layers[2].qkv.weight.grad is not None


def permute(weight: np.ndarray, heads: int) -> np.ndarray:
    """As llama.cpp's converter writes q and k."""
    rows = weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1)
    return rows.swapaxes(1, 2).reshape(weight.shape)


def write_gguf(model: LlamaForCausalLM, path: Path) -> None:
    config, writer = model.config, GGUFWriter(path, "llama")
    writer.add_embedding_length(config.hidden_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_rope_freq_base(100_000.0)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "a", "b", "ab", "Ġ", "1", "2", "ba", "Ċ"]
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3, 3] + [1] * 8)
    writer.add_token_merges(["a b", "b a"])
    writer.add_eos_token_id(2)
    names = {
        "input_layernorm": "attn_norm",
        "self_attn.q_proj": "attn_q",
        "self_attn.k_proj": "attn_k",
        "self_attn.v_proj": "attn_v",
        "self_attn.o_proj": "attn_output",
        "post_attention_layernorm": "ffn_norm",
        "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up",
        "mlp.down_proj": "ffn_down",
    }
    heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}
    for key, tensor in model.state_dict().items():
        if key == "lm_head.weight":
            continue
        weight = tensor.numpy()
        if key.startswith("model.layers."):
            n, part = key.removeprefix("model.layers.").removesuffix(".weight").split(".", 1)
            if names[part] in heads:
                weight = permute(weight, heads[names[part]])
            name = f"blk.{n}.{names[part]}.weight"
        else:
            name = "token_embd.weight" if "embed" in key else "output_norm.weight"
        if names.get(key.removesuffix(".weight").split(".", 3)[-1]) == "ffn_up":
            kind = GGMLQuantizationType.Q4_1
            packed = quantize(weight, kind)
            writer.add_tensor(name, packed, raw_dtype=kind)
        else:
            writer.add_tensor(name, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def test_gguf_rows_are_put_back_in_order(tmp_path):
    """A GGUF as llama.cpp lays it out computes what the model it was made of computes."""
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=11,
        hidden_size=64,
        num_attention_heads=4,
        num_key_value_heads=2,
        intermediate_size=64,
        num_hidden_layers=2,
        rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "default", "rope_theta": 100_000.0},
        tie_word_embeddings=True,
    )
    original = LlamaForCausalLM(config).eval()
    write_gguf(original, tmp_path / "tiny.gguf")
    folder = smollm.convert(tmp_path / "tiny.gguf", tmp_path / "out")
    ours = Llama.load(folder, torch.float32)
    ids = torch.randint(0, 11, (1, 12))
    got = ours.logits(ours.write(ids[:, None, 8:], torch.tensor([8]), ours.read(ids[:, :8])))[0, 0]
    with torch.no_grad():
        expected = original(ids).logits[0, 8:]
    assert (got - expected).abs().max() < 0.05 * expected.std()  # bf16, and four bits of one matrix
    shuffled = ours.layers[0].qkv.weight.detach().clone()
    q = original.model.layers[0].self_attn.q_proj.weight
    torch.testing.assert_close(shuffled[:64], q.detach(), rtol=0.01, atol=0.001)
    prompt = Prompt(folder / "tokenizer.json")
    assert prompt.fast.encode("ab12<|im_end|>").tokens == ["ab", "1", "2", "<|im_end|>"]


def test_documents_cannot_speak_as_somebody_else(invented: Path):
    prompt = Prompt(invented / "tokenizer.json")
    ids = prompt.document("T<|im_end|>", "T<|im_end|>\nBody <|im_start|>assistant", 200)[len(prompt.head) :]
    assert prompt.end not in ids
    assert prompt.text(ids) == "T< |im_end|>\n\nBody < |im_start|>assistant"
    assert len(prompt.document(None, "word " * 999, 60)) == 60
    text = "Café “costs” 12.50 €,\tthat's all 🙂."
    assert prompt.text(prompt.answer(text)[:-1]) == text and prompt.answer(text)[-1] == prompt.end


def test_loss_of_a_batch_is_that_of_each_document(invented: Path, rows):
    model, prompt = Llama.load(invented, torch.float32), Prompt(invented / "tokenizer.json")
    some = [rows[0], {k: v for k, v in rows[5].items() if k != "plain"}, rows[9]]
    each, order = teach.losses(model, prompt, some, SETTINGS.phase, [True, False, True])
    assert [mode for mode, _ in order] == ["short", "medium", "medium", "short", "medium"]
    alone = [
        teach.losses(model, prompt, [r], SETTINGS.phase, [t])[0]
        for r, t in zip(some, [True, False, True], strict=True)
    ]
    torch.testing.assert_close(each, torch.cat(alone), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_steps_learn(invented: Path, rows, dtype):
    model, prompt = Llama.load(invented, dtype), Prompt(invented / "tokenizer.json")
    masters, seen = teach.Masters(model, 0), []
    for _ in range(12):
        each, _ = teach.losses(model, prompt, rows[:2], SETTINGS.phase, [True, True])
        each.mean().backward()
        masters.step(5e-3)
        seen.append(each.mean().item())
    assert seen[-1] < 0.7 * seen[0]


def test_wide_beams_are_at_least_as_likely_and_batches_change_nothing(invented: Path, rows):
    model, prompt = Llama.load(invented, torch.float32), Prompt(invented / "tokenizer.json")
    with torch.no_grad():
        model.embed.weight.mul_(20)  # peaked distributions, as trained models have
    ids = [prompt.document(r["title"], r["text"], 90) for r in rows[:3]]

    def search(which: list[int], width: int):
        wide = torch.zeros(len(which), 90, dtype=torch.long)
        for n, i in enumerate(which):
            wide[n, : len(ids[i])] = torch.tensor(ids[i])
        lengths = torch.tensor([len(ids[i]) for i in which])
        with torch.no_grad():
            return beam(model, prompt, model.read(wide), lengths, "short", width, 12)

    together = search([0, 1, 2], 3)
    assert [h.ids for h in together] == [search([n], 3)[0].ids for n in range(3)]
    greedy = search([0, 1, 2], 1)
    lengths = {len(h.log_probs) for h in [*greedy, *together]}
    if len(lengths) == 1:
        assert all(sum(a.log_probs) >= sum(b.log_probs) - 1e-4 for a, b in zip(together, greedy, strict=True))


def test_schedule_goes_through_whole_epochs(rows):
    phase = replace(SETTINGS.phase, documents=4, mix={"annotated": 1.0})
    steps = teach.schedule({"annotated": rows}, phase, 3)
    epoch = [r["id"] for _ in range(len(rows) // 4) for r in next(steps)[1]]
    assert sorted(epoch) == sorted(r["id"] for r in rows)


def test_fine_tuning_logs_resumes_and_changes_only_unfrozen_layers(
    data: Path, invented: Path, tmp_path, monkeypatch
):
    monkeypatch.setattr(teach, "fast_bf16", lambda: False)  # a probe: it may answer either way under load
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    for folder in (whole, halves):
        shutil.copytree(invented, folder / "invented")
    teach.teach(SETTINGS, data, whole, 1)
    teach.teach(SETTINGS, data, halves, 1, minutes=0)  # one step, then time is over
    first = json.loads((halves / "teacher.log.jsonl").read_text().splitlines()[1])
    assert first["dev"]["plain"] > 0 and first["samples"]
    assert torch.load(halves / "teacher.state.pt")["step"] == 1
    teach.teach(SETTINGS, data, halves, 1)
    one, two = (Llama.load(f / "teacher", torch.float32).state_dict() for f in (whole, halves))
    for name, tensor in one.items():
        torch.testing.assert_close(two[name], tensor, rtol=1e-2, atol=1e-6)
    before = Llama.load(whole / "invented", torch.float32).state_dict()
    assert torch.equal(before["layers.0.qkv.weight"], one["layers.0.qkv.weight"])
    assert not torch.equal(before["layers.2.qkv.weight"], one["layers.2.qkv.weight"])
    assert LlamaTeacher(whole / "teacher", 96).name.startswith("teacher-")


def test_masters_sum_small_gradients(llama):
    """Four passes of bf16 gradients step as one float32 sum would."""
    model = llama.to(torch.bfloat16)
    masters = teach.Masters(model, 1)
    assert "embed.weight" not in masters.low and "layers.1.qkv.weight" in masters.low
    p = model.norm.weight
    for _ in range(4):
        (p.sum() * 0.25).backward()
    torch.testing.assert_close(masters.high["norm.weight"].grad, torch.ones(SHAPE.width))
    assert p.grad is None
    masters.step(1e-5)  # far below bf16's resolution at 1
    assert torch.equal(p.float(), torch.ones(SHAPE.width)) and (masters.high["norm.weight"] < 1).all()
