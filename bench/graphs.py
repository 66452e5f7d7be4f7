"""ONNX graphs of known models' shapes with random int8 weights, for timing only: what they write means
nothing. `python bench/graphs.py OUT` (onnx and numpy needed) writes

- `pegasus-large/`, `distilbart-cnn-6-6/`: folders as @huggingface/transformers reads them (encoder,
  merged decoder with KV cache, both q8 as `quantize_dynamic` leaves them). The library does not know
  Pegasus, whose layers differ from BART's in the place of a norm: its shape is declared as BART.
- `kv-decoder/`: a 6-layer Transformer decoder with KV cache on the student's encoder.
- `gemm/`: the student's encoder products and decoder products, and nothing else.

Shapes: google/pegasus-large and sshleifer/distilbart-cnn-6-6 as their `config.json` state them.
"""

import json
import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

F, I64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL
SHAPES = {
    "pegasus-large": {
        "width": 1024,
        "heads": 16,
        "inner": 4096,
        "layers": 16,
        "vocabulary": 96103,
        "positions": 1024,
    },
    "distilbart-cnn-6-6": {
        "width": 1024,
        "heads": 16,
        "inner": 4096,
        "layers": 6,
        "encoder": 12,
        "vocabulary": 50264,
        "positions": 1026,
    },
    "kv-decoder": {
        "width": 384,
        "heads": 12,
        "inner": 1536,
        "layers": 6,
        "encoder": 0,
        "vocabulary": 16000,
        "positions": 512,
    },
}
STUDENT = {
    "width": 384,
    "inner": 1536,
    "layers": 6,
    "decoder": 2,
    "state": 768,
    "copy": 128,
    "vocabulary": 16000,
}


class Graph:
    """Nodes over weights that several graphs of one file share."""

    def __init__(self, weights: dict, prefix: str = ""):
        self.weights, self.prefix, self.nodes, self.quantised = weights, prefix, [], {}
        self.rng = np.random.default_rng(1)

    def add(self, op, *inputs, out=None, count=1, **attributes):
        outs = out or [f"{self.prefix}{op}{len(self.nodes)}_{i}" for i in range(count)]
        outs = [outs] if isinstance(outs, str) else outs
        self.nodes.append(helper.make_node(op, list(inputs), outs, **attributes))
        return outs[0] if len(outs) == 1 else outs

    def weight(self, name, make):
        if name not in self.weights:
            self.weights[name] = numpy_helper.from_array(make(), name)
        return name

    def ints(self, *values):
        return self.weight("i" + "_".join(map(str, values)), lambda: np.array(values, np.int64))

    def number(self, value):
        return self.weight(f"f{value}", lambda: np.array(value, np.float32))

    def bytes(self, name, *shape):
        return self.weight(name, lambda: self.rng.integers(-64, 64, shape, np.int8))

    def linear(self, x, name, din, dout):
        """Dynamic int8, in the form ONNX Runtime fuses to one node."""
        if x not in self.quantised:
            self.quantised[x] = self.add("DynamicQuantizeLinear", x, count=3)
        q, scale, zero = self.quantised[x]
        w = self.bytes(f"{name}.w", din, dout)
        none = self.weight("zero8", lambda: np.array(0, np.int8))
        product = self.add("Cast", self.add("MatMulInteger", q, w, zero, none), to=F)
        factor = self.add("Mul", scale, self.number(1 / (40 * din**0.5)))
        bias = self.weight(f"{name}.b", lambda: np.zeros(dout, np.float32))
        return self.add("Add", self.add("Mul", product, factor), bias)

    def norm(self, x, name, width):
        one = self.weight(f"{name}.g", lambda: np.ones(width, np.float32))
        none = self.weight(f"{name}.o", lambda: np.zeros(width, np.float32))
        return self.add("LayerNormalization", x, one, none, axis=-1, epsilon=1e-5)

    def embed(self, ids, s, past=None):
        """Token and position embeddings; `past` positions were read before."""
        w = self.add("Gather", self.bytes("embed", s["vocabulary"], s["width"]), ids)
        none = self.weight("zero8", lambda: np.array(0, np.int8))
        w = self.add("DequantizeLinear", w, self.number(0.01), none)
        length = self.add("Shape", ids, start=1, end=2)
        start = past or self.ints(0)
        table = self.weight(
            "positions", lambda: self.rng.normal(0, 0.1, (s["positions"], s["width"])).astype(np.float32)
        )
        p = self.add("Slice", table, start, self.add("Add", start, length), self.ints(0))
        return self.norm(self.add("Add", w, p), "embed", s["width"])

    def heads(self, x, s):
        split = self.add("Reshape", x, self.ints(0, 0, s["heads"], s["width"] // s["heads"]))
        return self.add("Transpose", split, perm=[0, 2, 1, 3])

    def attend(self, x, k, v, name, s, bias=None):
        """x: B x T x D; k, v: B x H x S x dh."""
        q = self.heads(self.linear(x, f"{name}.q", s["width"], s["width"]), s)
        scores = self.add("MatMul", q, self.add("Transpose", k, perm=[0, 1, 3, 2]))
        scores = self.add("Mul", scores, self.number((s["width"] // s["heads"]) ** -0.5))
        scores = self.add("Add", scores, bias) if bias else scores
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), v)
        merged = self.add(
            "Reshape", self.add("Transpose", mixed, perm=[0, 2, 1, 3]), self.ints(0, 0, s["width"])
        )
        return self.linear(merged, f"{name}.out", s["width"], s["width"])

    def residual(self, x, y, name, width):
        return self.norm(self.add("Add", x, y), name, width)

    def feed_forward(self, x, name, s):
        up = self.add("Relu", self.linear(x, f"{name}.up", s["width"], s["inner"]))
        return self.residual(
            x, self.linear(up, f"{name}.down", s["inner"], s["width"]), f"{name}.n2", s["width"]
        )

    def bias(self, mask):
        """0 where the mask is 1, very negative where it is 0; B x 1 x 1 x S."""
        gone = self.add("Sub", self.number(1.0), self.add("Cast", mask, to=F))
        return self.add("Unsqueeze", self.add("Mul", gone, self.number(-1e9)), self.ints(1, 2))


def write(path, graph, inputs, outputs):
    value = helper.make_tensor_value_info
    ports = [[value(*port) for port in side] for side in (inputs, outputs)]
    made = helper.make_graph(graph.nodes, path.stem, *ports, list(graph.weights.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def encoder(path, s):
    g = Graph({})
    x, bias, d = g.embed("input_ids", s), g.bias("attention_mask"), s["width"]
    for n in range(s.get("encoder", s["layers"])):
        k, v = (g.heads(g.linear(x, f"{n}.{p}", d, d), s) for p in "kv")
        x = g.residual(x, g.attend(x, k, v, f"{n}", s, bias), f"{n}.n1", d)
        x = g.feed_forward(x, f"{n}", s)
    g.add("Identity", x, out="last_hidden_state")
    write(
        path,
        g,
        [(name, I64, ["batch_size", "S"]) for name in ("input_ids", "attention_mask")],
        [("last_hidden_state", F, ["batch_size", "S", d])],
    )


def branch(weights, s, first):
    """The decoder for one new id; `first` computes the keys of the source, later steps reuse them.
    One id at a time needs no causal mask."""
    g, d = Graph(weights, "a" if first else "b"), s["width"]
    past = g.add("Shape", "past_key_values.0.decoder.key", start=2, end=3)
    x, bias, present = g.embed("input_ids", s, past), g.bias("encoder_attention_mask"), []
    for n in range(s["layers"]):
        pairs = {}
        for p in ("key", "value"):
            new = g.heads(g.linear(x, f"d{n}.self.{p}", d, d), s)
            pairs[p] = g.add("Concat", f"past_key_values.{n}.decoder.{p}", new, axis=2)
        x = g.residual(x, g.attend(x, pairs["key"], pairs["value"], f"d{n}.self", s), f"d{n}.n0", d)
        cross = {
            p: g.heads(g.linear("encoder_hidden_states", f"d{n}.cross.{p}", d, d), s)
            if first
            else f"past_key_values.{n}.encoder.{p}"
            for p in ("key", "value")
        }
        x = g.residual(x, g.attend(x, cross["key"], cross["value"], f"d{n}.cross", s, bias), f"d{n}.n1", d)
        x = g.feed_forward(x, f"d{n}", s)
        present += list(pairs.values())
        # As optimum merges decoders: later steps give nothing, the caller keeps the first one's.
        empty = g.weight("none", lambda: np.zeros((0, s["heads"], 1, d // s["heads"]), np.float32))
        present += [cross[p] if first else g.add("Identity", empty) for p in ("key", "value")]
    logits = g.linear(x, "lm", d, s["vocabulary"])
    outputs = [g.add("Identity", name) for name in [logits, *present]]
    names = [helper.make_tensor_value_info(name, F, None) for name in outputs]
    return helper.make_graph(g.nodes, f"{'first' if first else 'later'}", [], names)


def decoder(path, s):
    weights, d, dh = {}, s["width"], s["width"] // s["heads"]
    branches = {"then_branch": branch(weights, s, False), "else_branch": branch(weights, s, True)}
    kinds = [
        (n, side, p) for n in range(s["layers"]) for side in ("decoder", "encoder") for p in ("key", "value")
    ]
    cache = [f"{n}.{side}.{p}" for n, side, p in kinds]
    g = Graph(weights)
    outs = ["logits", *(f"present.{name}" for name in cache)]
    g.add("If", "use_cache_branch", out=outs, **branches)
    shape = ["batch_size", s["heads"], "past", dh]
    inputs = [
        ("encoder_attention_mask", I64, ["batch_size", "S"]),
        ("input_ids", I64, ["batch_size", "T"]),
        ("encoder_hidden_states", F, ["batch_size", "S", d]),
        *(
            (f"past_key_values.{name}", F, [*shape[:2], "S_past" if "encoder" in name else "past", dh])
            for name in cache
        ),
        ("use_cache_branch", BOOL, [1]),
    ]
    outputs = [("logits", F, ["batch_size", "T", s["vocabulary"]]), *((name, F, None) for name in outs[1:])]
    write(path, g, inputs, outputs)


def config(folder, s):
    content = {
        "model_type": "bart", "architectures": ["BartForConditionalGeneration"], "is_encoder_decoder": True,
        "d_model": s["width"], "encoder_layers": s.get("encoder", s["layers"]), "decoder_layers": s["layers"],
        "encoder_attention_heads": s["heads"], "decoder_attention_heads": s["heads"],
        "vocab_size": s["vocabulary"], "max_position_embeddings": s["positions"],
        "pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3, "decoder_start_token_id": 2,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(content))
    (folder / "generation_config.json").write_text(
        json.dumps({k: content[k] for k in content if "token" in k})
    )


def gemm(path, shapes, rows):
    """Each product on an input of its own: nothing but GEMMs and the quantisation they need."""
    g = Graph({})
    ports = {}
    for n, (din, dout) in enumerate(shapes):
        ports[f"x{din}"] = (f"x{din}", F, [rows, din])
        y = g.linear(f"x{din}", f"w{n}", din, dout)
        g.add("ReduceMax", y, out=f"y{n}", keepdims=0)
    write(path, g, list(ports.values()), [(f"y{n}", F, []) for n in range(len(shapes))])


def student_products(s):
    d, k = s["width"], s["inner"]
    memory = [(d, d)] * (2 * s["decoder"]) + [(d, s["copy"])]
    encoder = [(d, 3 * d), (d, d), (d, k), (k, d)] * s["layers"] + memory
    ssru = [(d, s["state"])] * 2 + [(s["state"], d)]
    layer = [*ssru, (d, d), (d, d), (d, k), (k, d)]
    return encoder, [(d, d)] * 2 + layer * s["decoder"] + [(d, d), (d, s["copy"]), (d, s["vocabulary"])]


def main(out):
    for name, s in SHAPES.items():
        folder = out / name
        if (folder / "config.json").exists():
            continue
        if s.get("encoder", 1):
            encoder(folder / "onnx" / "encoder_model_quantized.onnx", s)
        decoder(folder / "onnx" / "decoder_model_merged_quantized.onnx", s)
        config(folder, s)
    encode, step = student_products(STUDENT)
    gemm(out / "gemm" / "encoder.onnx", encode, "rows")
    gemm(out / "gemm" / "decoder.onnx", step, "rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
