from dataclasses import fields
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from prink.learn.checkpoint import Checkpoint, save_checkpoint
from prink.learn.look_encoder.net import STUDENT, Encoder
from prink.learn.onnx_weights import read_weights
from prink.learn.parse.net import ParseNet
from prink.params import LOOK_NUMBERS, Look
from prink.params.fields import FieldList, schema_fields
from prink_export.hosts.names import network_names
from prink_export.network import ExportError
from prink_export.networks.encoder import judge_look
from prink_export.networks.parse import judge_answer
from prink_export.networks.registry import entries, networks

NAMES = [each.name for each in entries()]
GROUPS = len(fields(Look))


@pytest.mark.parametrize("name", NAMES)
def test_a_network_gives_what_its_ports_say(name: str) -> None:
    network = networks()[name]
    with torch.no_grad():
        found = network.build()(*(torch.zeros(port.shape) for port in network.inputs))
    shapes = [tuple(each.shape) for each in (found if isinstance(found, tuple) else (found,))]
    assert shapes == [port.shape for port in network.outputs]
    (entry,) = (each for each in entries() if each.name == name)
    told = network_names(entry)
    assert (told["input"], told["shape"]) == (network.inputs[0].name, [*network.inputs[0].shape])
    assert told["outputs"] == [port.name for port in network.outputs]


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_real_and_never_calibrated_on(name: str, real_inputs) -> None:
    samples = real_inputs(name)
    assert len(samples) >= 4
    assert all(each.dtype == np.float32 and 0 <= each.min() <= each.max() <= 1 for each in samples)
    assert len({each.tobytes() for each in samples}) == len(samples)


def test_inputs_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path / "nowhere"))
    made = networks(cache=tmp_path)["parse"].samples
    first = [planes.tobytes() for (planes,) in made()]
    monkeypatch.setattr(type(made), "people", None)
    assert [planes.tobytes() for (planes,) in networks(cache=tmp_path)["parse"].samples()] == first


def test_calibration_shares_nothing_with_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path / "nowhere"))
    parse = networks(cache=tmp_path)["parse"]
    judged, calibrated = (
        {p.tobytes() for (p,) in make()} for make in (parse.samples, parse.calibration)
    )
    assert calibrated
    assert not judged & calibrated


def test_every_limit_is_of_a_term_that_is_measured() -> None:
    for entry in entries():
        network = networks()[entry.name]
        zeros = [np.zeros(port.shape, np.float32) for port in network.outputs]
        assert network.judge is not None
        known = {"max", "p99", *network.judge(zeros, zeros)}
        for precision, limits in network.limits.items():
            assert set(limits) <= known, (entry.name, precision)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_files_name_their_weights_as_torch_does(name: str) -> None:
    (shipped,) = (each.weights for each in entries() if each.name == name)
    state = networks()[name].build().state_dict()
    stored = read_weights(shipped).tensors
    assert set(stored) == set(state)
    assert all(np.array_equal(stored[key], state[key].numpy()) for key in state)
    assert shipped.stat().st_size < 8_000_000


@pytest.mark.parametrize("name", NAMES)
def test_torch_computes_what_the_shipped_file_does(name: str, real_inputs) -> None:
    network = networks()[name]
    (shipped,) = (each.weights for each in entries() if each.name == name)
    session = onnxruntime.InferenceSession(str(shipped))
    module = network.build()
    for planes in real_inputs(name):
        with torch.no_grad():
            found = module(torch.from_numpy(planes))
        given = session.run(None, {network.inputs[0].name: planes})
        for ours, theirs in zip(found if len(given) > 1 else [found], given, strict=True):
            assert np.abs(ours.numpy() - theirs).max() < 1e-5


def test_one_level_of_one_channel_counts_as_one() -> None:
    look, sure = np.full((1, LOOK_NUMBERS), 0.5, np.float32), np.zeros((1, GROUPS), np.float32)
    other = look.copy()
    other[0, 0] += 1 / 255
    told = judge_look([look, sure], [other, sure])
    assert told["colour, 1/255"] == pytest.approx(1.0, abs=1e-4)
    assert 0.1 < told["worn colour, dE2000"] < 1.0
    assert told["amount"] == told["confidence"] == 0.0


def test_a_look_that_is_the_same_has_no_error() -> None:
    look = [np.full((1, LOOK_NUMBERS), 0.4, np.float32), np.full((1, GROUPS), 0.5, np.float32)]
    assert set(judge_look(look, look).values()) == {0.0}


def test_half_a_channel_is_half_an_iou_of_that_channel() -> None:
    truth, found = np.zeros((2, 1, 5, 4, 4), np.float32)
    truth[:, 1], found[:, 1, :, :2] = 1.0, 1.0
    told = judge_answer([truth], [found])
    assert told["1 - IoU of lips"] == 0.5
    assert told["mean error"] == pytest.approx(0.1)
    assert sum(told.values()) == pytest.approx(0.6)
    assert set(judge_answer([truth * 0], [truth * 0]).values()) == {0.0}


@pytest.mark.parametrize("absent", [(), ("blush.size", "teeth.whitening")])
def test_a_checkpoint_of_ones_own_is_taken_with_its_own_fields(
    tmp_path: Path, absent: tuple[str, ...]
) -> None:
    fields = FieldList(tuple(each for each in schema_fields().fields if each[0] not in absent))
    net = Encoder(STUDENT, fields)
    config, about = {"size": vars(STUDENT)}, {"fields": fields.listed()}
    weights = net.state_dict()
    kept = Checkpoint(config, about, 0, 0.0, net={}, averaged=weights, optimizer={}, curves={})
    save_checkpoint(kept, tmp_path / "encoder.pt")
    torch.save({"averaged": ParseNet().state_dict()}, tmp_path / "parse.pt")
    given = {"encoder": tmp_path / "encoder.pt", "parse": tmp_path / "parse.pt"}
    found = networks(given)
    encoder, module = found["encoder"], found["encoder"].build()
    torch.testing.assert_close(module.net.head.bias, net.head.bias.detach())
    with torch.no_grad():
        given_back = [each.numpy() for each in module(torch.zeros(encoder.inputs[0].shape))]
    assert [each.shape for each in given_back] == [port.shape for port in encoder.outputs]
    assert encoder.metadata["fields"] == fields.text()
    assert encoder.judge is not None
    assert set(encoder.judge(given_back, given_back).values()) == {0.0}
    answer, classes = found["parse"].build()(torch.zeros(1, 8, 64, 64))
    assert (answer.shape, classes.shape) == ((1, 5, 64, 64), (1, 16, 32, 32))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("encoder.pt", None, "no checkpoint of that name"),
        ("encoder.pt", b"junk", "the file is no checkpoint"),
        ("parse.pt", None, "no file with weights"),
        ("parse.pt", b"junk", "no checkpoint of a parse network"),
        ("encoder.onnx", b"junk", "no ONNX file"),
    ],
)
def test_other_weights_are_refused(tmp_path: Path, name: str, content, told: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError, match=told):
        networks({path.stem: path})[path.stem].build()


def test_the_file_of_another_network_is_refused() -> None:
    files = {entry.name: entry.weights for entry in entries()}
    with pytest.raises(ExportError, match="no encoder of prink"):
        networks({"encoder": files["parse"]})["encoder"].build()
    with pytest.raises(ExportError, match="weights are not of this network"):
        networks({"parse": files["encoder"]})["parse"].build()


def test_an_unknown_network_is_named() -> None:
    with pytest.raises(ExportError, match=f"'nose'; known are {', '.join(NAMES)}"):
        networks({"nose": Path("nose.onnx")})
