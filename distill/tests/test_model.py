"""The student's parts against slow, obvious versions of themselves."""

import math
from dataclasses import replace

import onnxruntime
import pytest
import torch

from distill import examples, export, smooth
from distill.decode import beam, beam_search, greedy, repeats
from distill.gap import Example
from distill.graphs import DecoderGraph, EncoderGraph
from distill.likelihood import vocabulary_likelihood
from distill.products import LEVELS, Product
from distill.rounding import rounded
from distill.ssru import SSRU
from distill.student import Shape, Student
from distill.tokens import AUTHOR, EOS, FIRST_PIECE, NEWLINE, SHORT

SHAPE = Shape(vocabulary=60, width=24, heads=2, inner=48, layers=2, limit=32, state=40, copy=8)


@pytest.fixture
def student() -> Student:
    torch.manual_seed(0)
    return Student(SHAPE).eval()


@pytest.fixture(params=[{}, {"decoder": "transformer"}, {"copy": 0}], ids=["ssru", "transformer", "no copy"])
def any_student(request) -> Student:
    torch.manual_seed(0)
    return Student(replace(SHAPE, **request.param)).eval()


@pytest.fixture
def batch():
    torch.manual_seed(1)
    draw = lambda n: torch.randint(FIRST_PIECE, 60, (n,)).tolist()  # noqa: E731
    return examples.collate(
        [
            Example(draw(12), [(SHORT, draw(5)), (AUTHOR, draw(7))]),
            Example(draw(9), [(SHORT, draw(4))]),
        ]
    )


def test_ssru_whole_sequence_equals_steps_and_gradients_are_right():
    torch.manual_seed(0)
    cell, x = SSRU(6, 10), torch.randn(3, 7, 6)
    state, stepped = torch.zeros(3, 10), []
    for t in range(7):
        y, state = cell.step(x[:, t], state)
        stepped.append(y)
    torch.testing.assert_close(cell(x), torch.stack(stepped, 1))
    weight = torch.randn(3, 7, 6)
    grads = torch.autograd.grad((cell(x) * weight).sum(), cell.parameters())
    state, total = torch.zeros(3, 10), 0.0
    for t in range(7):
        y, state = cell.step(x[:, t], state)
        total = total + (y * weight[:, t]).sum()
    for ours, slow in zip(grads, torch.autograd.grad(total, cell.parameters()), strict=True):
        torch.testing.assert_close(ours, slow, rtol=1e-4, atol=1e-5)


def test_vocabulary_likelihood_equals_log_softmax_with_gradients():
    torch.manual_seed(0)
    x, table, bias = torch.randn(700, 8), torch.randn(30, 8), torch.randn(30)
    target, weight = torch.randint(0, 30, (700,)), torch.randn(700)
    leaves = [t.requires_grad_() for t in (x, table, bias)]
    ours = vocabulary_likelihood(x, table, bias, target)
    slow = torch.log_softmax(x @ table.T + bias, -1).gather(1, target[:, None])[:, 0]
    torch.testing.assert_close(ours, slow)
    for a, b in zip(
        torch.autograd.grad((ours * weight).sum(), leaves),
        torch.autograd.grad((slow * weight).sum(), leaves),
        strict=True,
    ):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-4)


def test_training_likelihood_equals_step_by_step_decoding(any_student, batch):
    """What is trained is what is decoded: teacher forcing, single steps and the whole distribution."""
    expected = any_student.likelihood(batch)
    memory = any_student.encode(batch.ids, batch.mask).rows(batch.owner)
    rows = len(batch.owner)
    state = any_student.decoder.begin(rows)
    for t in range(batch.targets.shape[1]):
        log_probs, *_, state = any_student.step(batch.recent[:, t], state, memory)
        for r in range(rows):
            if batch.targets[r, t] >= 0:
                ours = log_probs[r, batch.targets[r, t]].item()
                assert math.isclose(ours, expected[r, t].item(), abs_tol=1e-3)
    valid = batch.targets >= 0
    whole = any_student.distribution(batch)
    torch.testing.assert_close(whole.exp().sum(-1), torch.ones(int(valid.sum())), rtol=1e-3, atol=1e-3)
    picked = whole.gather(1, batch.targets[valid][:, None])[:, 0]
    torch.testing.assert_close(picked, expected[valid], rtol=1e-3, atol=1e-3)


def test_every_kind_of_student_survives_its_file_and_decodes(any_student, batch, tmp_path):
    any_student.save(tmp_path / "s.safetensors")
    again = Student.load(tmp_path / "s.safetensors").eval()
    assert again.shape == any_student.shape
    torch.testing.assert_close(again.likelihood(batch), any_student.likelihood(batch))
    one = greedy(any_student, batch.ids, batch.mask, SHORT, 8)
    how = {"width": 1, "limit": 8, "penalty": 0.0, "block": 0, "shortest": 0}
    assert beam(any_student, batch.ids[:1], SHORT, **how)[0].ids[:8] == one[0].ids


def test_padding_changes_nothing(student):
    torch.manual_seed(2)
    source, target = torch.randint(FIRST_PIECE, 60, (8,)).tolist(), [20, 21, 22]
    alone = examples.collate([Example(source, [(SHORT, target)])])
    other = Example(torch.randint(FIRST_PIECE, 60, (20,)).tolist(), [(SHORT, target * 3)])
    padded = examples.collate([Example(source, [(SHORT, target)]), other])
    torch.testing.assert_close(
        student.likelihood(alone)[0], student.likelihood(padded)[0, :4], rtol=1e-4, atol=1e-4
    )


def test_exported_graph_step_equals_the_student(student, batch):
    """With a table that both copies of it hold exactly, so that only the graph itself is compared."""
    with torch.no_grad():
        rows = torch.randint(-LEVELS, LEVELS + 1, student.encoder.embed.weight.shape)
        rows[:, 0] = LEVELS
        student.encoder.embed.weight.copy_(rows / 1024)
    ids, mask = batch.ids[:1, :9], torch.ones(1, 9)
    keys, values, copy_keys, _ = EncoderGraph(student)(ids, mask)
    recent = torch.tensor([[[20, 21, SHORT], [30, SHORT, -1]]])
    state = torch.randn(1, 2, SHAPE.decoder_layers, SHAPE.state)
    log_probs, tokens, copy, gate, _, following = DecoderGraph(student, 16)(
        recent,
        state,
        *(part[:, n] for n in range(SHAPE.decoder_layers) for part in (keys, values)),
        copy_keys,
        ids,
        mask,
    )
    memory = student.encode(ids, mask).rows(torch.zeros(2, dtype=torch.long))
    expected, attention, share, after = student.step(recent[0], state[0], memory)
    torch.testing.assert_close(log_probs[0], expected.gather(1, tokens[0]), rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(copy[0], attention)
    torch.testing.assert_close(gate[0], share)
    torch.testing.assert_close(following[0], after)


def test_copying_goes_on_where_it_was(student):
    """With the continuation bonus alone, the position after a matched piece wins."""
    with torch.no_grad():
        student.decoder.copy_query.weight.zero_()
        student.decoder.copy_query.bias.zero_()
        student.decoder.continuation.bias.fill_(4.0)
    ids = torch.tensor([[20, 21, 22, 23, 24, 25]])
    memory = student.encode(ids, torch.ones(ids.shape))
    attention, _ = student.decoder.copy(
        torch.zeros(1, 1, SHAPE.width), torch.tensor([[[22, 21, 20]]]), memory
    )
    assert attention[0, 0].argmax().item() == 3


def test_beam_of_one_is_greedy_and_no_special_id_is_written(student, batch):
    ids = batch.ids[:1, :12]
    best = greedy(student, ids, torch.ones(ids.shape), SHORT, 12)[0]
    how = {"width": 1, "limit": 12, "penalty": 0.0, "block": 0, "shortest": 0}
    assert beam(student, ids, SHORT, **how)[0].ids == best.ids
    wide = beam(student, ids, SHORT, width=4, limit=12, penalty=0.8, block=3, shortest=3)
    assert all(i >= FIRST_PIECE or i == NEWLINE for h in wide for i in h.ids)


def test_beam_finds_the_likelier_sentence_that_greedy_misses():
    """First step: 20 (0.6) leads nowhere good, 21 (0.4) ends at once."""
    table = {
        (SHORT,): {20: 0.6, 21: 0.4},
        (20,): {22: 0.3, 23: 0.3, 24: 0.4},
        (21,): {EOS: 0.99, 22: 0.01},
    }
    ended = {EOS: 0.5, 25: 0.5}

    def step(recent, state):
        rows = [sorted(table.get((r[0],), ended).items(), key=lambda x: -x[1]) for r in recent]
        rows = [(r * 3)[:3] for r in rows]
        values = torch.tensor([[math.log(p) for _, p in r] for r in rows])
        return values, torch.tensor([[i for i, _ in r] for r in rows]), state[: len(recent)]

    how = {"limit": 4, "penalty": 0.0, "block": 0, "shortest": 0}
    state = torch.zeros(8, 1)
    assert beam_search(step, state, SHORT, 1, **how)[0].ids[0] == 20
    assert beam_search(step, state, SHORT, 3, **how)[0].ids == [21]


def test_repeats():
    assert repeats([1, 2, 3, 1, 2], 3, 3)
    assert not repeats([1, 2, 3, 1, 2], 4, 3)
    assert not repeats([1, 2], 3, 0)


def test_rounding_along_the_inputs_errs_less_than_plain_rounding():
    torch.manual_seed(0)
    weight = torch.randn(24, 48)
    x = torch.randn(400, 6) @ torch.randn(6, 48) + 0.1 * torch.randn(400, 48)
    exact = x @ weight.T

    def error(moments):
        codes, scales = rounded(weight, 20, moments)
        assert codes.abs().max() <= 20
        return (x @ (codes * scales[:, None]).T - exact).norm().item()

    assert error(x.T @ x / len(x)) < 0.6 * error(None)
    codes, scales = rounded(weight, 20)
    assert ((codes * scales[:, None] - weight).abs() <= scales[:, None] / 2 + 1e-6).all()


@pytest.mark.parametrize("rows", [True, False])
def test_runtime_multiplies_and_looks_up_rounded_weights_as_pytorch_does(tmp_path, rows):
    torch.manual_seed(0)

    class Both(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = Product(torch.randn(40, 72), torch.randn(40), rows=rows)

        def forward(self, x, ids):
            return self.layer(x), self.layer.lookup(ids)

    both, feeds = Both(), {"x": torch.randn(1, 3, 72), "ids": torch.tensor([[[0, 39, 7]]])}
    export._write(both, feeds, ["y", "rows"], {"x": {1: "N"}}, tmp_path / "both.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "both.onnx")
    y, looked_up = session.run(None, {k: v.numpy() for k, v in feeds.items()})
    expected, embedded = both(**feeds)
    torch.testing.assert_close(torch.from_numpy(looked_up), embedded)
    # The runtime rounds activations to eight bits as well.
    assert (torch.from_numpy(y) - expected).abs().max() < 0.02 * expected.abs().max()
    assert (tmp_path / "both.onnx").stat().st_size < both.layer.codes.numel() + 3000


def test_a_wide_row_of_activations_does_not_spoil_the_others(tmp_path):
    torch.manual_seed(0)
    layer = Product(torch.randn(40, 72), torch.randn(40), rows=True)
    x = torch.randn(1, 3, 72)
    x[0, 1] *= 1000
    export._write(layer, {"x": x}, ["y"], {"x": {1: "N"}}, tmp_path / "layer.onnx")
    (y,) = onnxruntime.InferenceSession(tmp_path / "layer.onnx").run(None, {"x": x.numpy()})
    expected = layer(x)[0, 0]
    assert (torch.from_numpy(y)[0, 0] - expected).abs().max() < 0.02 * expected.abs().max()


def test_smoothing_keeps_the_function_and_cuts_the_int8_error(student):
    torch.manual_seed(0)
    linear = torch.nn.Linear(24, 24)
    x = torch.randn(400, 24)
    x[:, 3] *= 100
    alpha, factors = smooth.best(linear, x)
    assert alpha > 0
    torch.testing.assert_close(smooth.Smoothed(linear, factors)(x), linear(x), rtol=1e-3, atol=1e-3)

    def error(s):
        w = linear.weight.detach()
        return (smooth._activations(x / s) @ smooth._weights(w * s).T - x @ w.T).norm().item()

    assert error(factors) < 0.5 * error(torch.ones(24))


def test_prepared_student_gives_the_same_likelihoods(student, batch):
    model = export.prepared(student, [batch.ids[0].tolist()])
    torch.testing.assert_close(model.likelihood(batch), student.likelihood(batch), rtol=1e-3, atol=1e-3)
