"""Golden fixtures: what the bundle's own graphs give under Python's ONNX Runtime and SentencePiece,
for `test/model/golden.test.ts` to equal token for token."""

import json
from pathlib import Path

import numpy as np
import onnxruntime

from distill.decode import Hypothesis, beam_search
from distill.tokens import MEDIUM, SHORT, Tokenizer


class Bundle:
    """A bundle under onnxruntime; `search` mirrors `model/core/beam.ts`."""

    def __init__(self, folder: Path):
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.tokenizer = Tokenizer(folder / "tokenizer.model")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        self.encoder, self.decoder = (
            onnxruntime.InferenceSession(folder / f"{name}.onnx", options) for name in ("encoder", "decoder")
        )

    def ids(self, title: str | None, text: str) -> list[int]:
        return self.tokenizer.document(title, text, self.manifest["limits"]["sourceTokens"])

    def search(self, ids: list[int], mode: int, width: int) -> list[Hypothesis]:
        source, mask = np.array([ids]), np.ones((1, len(ids)), np.float32)
        keys, values, copy_keys, _ = self.encoder.run(None, {"ids": source, "mask": mask})
        memory = {"copy_keys": copy_keys, "ids": source, "mask": mask}
        if "keys" in [port.name for port in self.decoder.get_inputs()]:
            memory |= {"keys": keys, "values": values}
        else:
            for n in range(keys.shape[1]):
                memory |= {f"keys_{n}": keys[:, n], f"values_{n}": values[:, n]}
        shape = self.manifest["architecture"]
        start = np.zeros((1, shape["decoderLayers"], shape["stateWidth"]), np.float32)

        def step(recent: list[list[int]], state):
            feeds = {"recent": np.array([recent]), "state": state[None], **memory}
            log_probs, tokens, _, _, _, following = self.decoder.run(None, feeds)
            return log_probs[0], tokens[0], following[0]

        how = self.manifest["decoding"]
        limit = self.manifest["limits"]["targetTokens"]
        if width == 1:
            return beam_search(step, start, mode, 1, limit, 0.0, 0, 0)
        return beam_search(
            step,
            start,
            mode,
            width,
            limit,
            how["lengthPenalty"],
            how["noRepeatNgram"],
            how["minTokens"],
        )


def document(path: Path) -> tuple[str, str]:
    """Title (the `# ` line) and prose lines of one of our own Markdown fixtures, by a simple reading:
    the point is the same input on both sides, not parsing."""
    lines = [line.strip() for line in path.read_text().split("\n")]
    title = next(line[2:] for line in lines if line.startswith("# "))
    text = [line for line in lines if line and not line.startswith(("#", "`", "|", "<", "-", "*"))]
    return title, "\n".join(" ".join(line.split()) for line in text)


def write(folder: Path, documents: Path, out: Path) -> int:
    """One JSON file a document; returns how many."""
    bundle = Bundle(folder)
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for path in sorted(documents.glob("*.md")):
        title, text = document(path)
        ids = bundle.ids(title, text)
        mode = ("short", "medium")[count % 2]
        record = {"title": title, "text": text, "ids": ids, "mode": mode}
        for name, width in (("greedy", 1), ("beam", bundle.manifest["decoding"]["beam"])):
            best = bundle.search(ids, SHORT if mode == "short" else MEDIUM, width)[0]
            record[name] = {
                "ids": best.ids,
                "text": bundle.tokenizer.decode(best.ids),
                "logProbs": [round(x, 4) for x in best.log_probs],
                "finished": best.finished,
            }
        target = out / f"{path.stem}.json"
        target.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        count += 1
    return count
