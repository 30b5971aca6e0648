import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps

from prink.learn.encoder import STUDENT, Encoded, Encoder, count_weights
from prink.learn.encoder_export import export_encoder
from prink.learn.encoder_loss import encoder_loss, truth_of
from prink.learn.faces import BaseFace, fill_faces, load_faces, photo_rows
from prink.learn.look_places import places
from prink.learn.stream import Batch, batches
from prink.params import LOOKS, Look, to_vector

Bytes = NDArray[np.uint8]
SKIN = torch.tensor([[0.4, 0.28, 0.2]])


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory, astronaut: Bytes, hopper: Bytes) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    large = Image.fromarray(astronaut).resize((1024, 1024))
    pictures = {"a": large, "b": Image.fromarray(hopper), "c": ImageOps.mirror(large)}
    for name, picture in pictures.items():
        picture.save(folder / f"{name}.png")
    return folder


@pytest.fixture(scope="session")
def faces(photos: Path) -> list[BaseFace]:
    cache = photos / "cache" / "train.npz"
    for _ in fill_faces(photo_rows(photos, split="train"), cache):
        pass
    return load_faces(cache)


@pytest.fixture(scope="session")
def batch(faces: list[BaseFace]) -> Batch:
    return next(batches(faces, batch=2, seed=1, workers=0))


def exactly(look: torch.Tensor, worn: float) -> Encoded:
    truth = truth_of(look)
    return Encoded(look, worn * (2 * truth.worn - 1), torch.zeros(len(look), len(places().groups)))


def test_own_photos_are_cropped_and_one_is_held_out(photos: Path, faces: list[BaseFace]) -> None:
    assert [path.name for path, _, _ in photo_rows(photos, split="heldout")] == ["c.png"]
    assert [face.name for face in faces] == ["a", "b"]
    for face in faces:
        eyes = face.face.points[[468, 473], :2]
        assert 70 < np.linalg.norm(eyes[0] - eyes[1]) < 130
        assert ((eyes > 0) & (eyes < 256)).all()


def test_a_sample_is_the_same_for_the_same_seed_and_number(faces: list[BaseFace]) -> None:
    one, again = (next(batches(faces, batch=2, seed=4, start=3, workers=0)) for _ in range(2))
    other = next(batches(faces, batch=2, seed=5, start=3, workers=0))
    assert torch.equal(one.made, again.made)
    assert torch.equal(one.look, again.look)
    assert not torch.equal(one.look, other.look)


def test_a_pair_differs_in_one_parameter_and_where_it_shows(faces: list[BaseFace]) -> None:
    pair = next(batches(faces, batch=8, seed=2, workers=0, paired=True))
    assert pair.look2 is not None
    assert pair.made2 is not None
    for look, other, made, made2 in zip(pair.look, pair.look2, pair.made, pair.made2, strict=True):
        assert int((look != other).sum()) <= 3
        if torch.equal(look, other):
            assert torch.equal(made, made2)


def test_the_right_answer_costs_nothing_that_can_be_seen() -> None:
    look = torch.from_numpy(to_vector(next(iter(LOOKS.values()))))[None]
    terms = encoder_loss(exactly(look, 20.0), truth_of(look), SKIN)
    assert sum(float(terms[name]) for name in ("pigment", "amount", "share", "worn")) < 0.01
    assert float(terms["seen"]) < 0.05


def test_what_cannot_be_seen_costs_nothing() -> None:
    at = places()
    look = torch.from_numpy(to_vector(Look()))[None].clone()
    look[:, at.colors[:, 3]] = 0.0
    other = look.clone()
    other[:, at.colors[:, :3]] = 1.0 - other[:, at.colors[:, :3]]
    found = exactly(look, 20.0)
    terms = encoder_loss(Encoded(other, found.worn, found.sure), truth_of(look), SKIN)
    assert float(terms["pigment"]) < 0.01
    assert float(terms["seen"]) < 0.05


def test_the_onnx_file_says_what_the_network_says(tmp_path: Path, batch: Batch) -> None:
    net = Encoder(STUDENT).eval()
    assert count_weights(net) <= 2_000_000
    path = tmp_path / "encoder.onnx"
    export_encoder(net, path)
    assert path.stat().st_size < 8_000_000
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    look, confidence = session.run(None, {"atlas": batch.made[:1].numpy()})
    assert look.shape == (1, places().numbers)
    assert confidence.shape == (1, len(places().groups))
    with torch.no_grad():
        found = net(batch.made[:1])
    shares = places().shares[:5]
    assert np.abs(look[:, shares] - found.numbers[:, shares].numpy()).max() < 1e-4
    kinds = {node.op_type for node in onnx.load(path).graph.node}
    assert not kinds & {"HardSwish", "HardSigmoid", "Erf", "BatchNormalization"}, kinds


def test_two_processes_train_together_and_a_run_resumes(tmp_path: Path, photos: Path) -> None:
    base = [*("-m", "prink.learn.train_encoder", "--faces", str(photos), "--drawn", "0")]
    base += [*("--cache", str(tmp_path / "faces"), "--out", str(tmp_path), "--batch", "2")]
    base += ["--workers", "0", "--threads", "1", "--precision", "32-true", "--judged", "4"]
    where = os.environ | {"OMP_NUM_THREADS": "1", "LP_NUM_THREADS": "1"}
    torchrun = ["-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port", "29555"]
    for steps in ("2", "2"):
        run = [sys.executable, *torchrun, *base, "--steps", steps]
        subprocess.run(run, check=True, env=where, capture_output=True, timeout=300)
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert state["step"] == 2
    assert (tmp_path / "encoder.onnx").is_file()
    assert (tmp_path / "curves.png").is_file()
