"""Training an encoder: its data, its losses, the file it becomes, processes side by side."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch
from PIL import Image
from tests.tolerances import CROPPED

import prink
from prink.face import Tracker
from prink.learn.data.faces import BaseFace, fill_faces, load_faces, photo_rows
from prink.learn.data.stream import Batch, batches, laid_flat
from prink.learn.hair_color.looks import FIELDS as HAIR
from prink.learn.hair_color.net import hair_head
from prink.learn.look_encoder.export import Looks, export_encoder
from prink.learn.look_encoder.image_loss import exact_loss, open_scenes
from prink.learn.look_encoder.loss import encoder_loss, truth_of
from prink.learn.look_encoder.net import STUDENT, Encoded, Encoder
from prink.learn.look_encoder.train_student import distilling
from prink.learn.look_places import places
from prink.params import LOOKS, Look, to_vector
from prink.params.fields import FieldList, schema_fields
from prink.photo import load_photo
from prink.reading.reader import closer
from prink.render.atlas import unwrap

SKIN = torch.tensor([[0.4, 0.28, 0.2]])


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


def test_the_loss_is_on_the_device_of_its_batch() -> None:
    look = torch.zeros(2, schema_fields().numbers, device="meta")
    truth, net = truth_of(look), Encoder(STUDENT).to("meta").eval()
    found = net(torch.zeros(2, 4, 256, 256, device="meta"))
    terms = encoder_loss(found, truth, SKIN.to("meta").expand(2, -1))
    assert {term.device.type for term in terms.values()} == {"meta"}


@pytest.mark.parametrize("with_hair", [False, True])
def test_the_onnx_file_says_what_the_network_says(
    tmp_path: Path, batch: Batch, with_hair: bool
) -> None:
    hair = hair_head() if with_hair else None
    net = Encoder(STUDENT).eval()
    assert sum(weight.numel() for weight in net.parameters()) <= 2_000_000
    path = tmp_path / "encoder.onnx"
    export_encoder(net, path, hair=hair)
    assert path.stat().st_size < 8_000_000
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, {"atlas": batch.made[:1].numpy()})
    with torch.no_grad():
        expected = Looks(net, hair).eval()(batch.made[:1])
    for one, other in zip(found, expected, strict=True):
        assert np.abs(one - other.numpy()).max() < 1e-4
    kinds = {node.op_type for node in onnx.load(path).graph.node}
    assert not kinds & {"HardSwish", "HardSigmoid", "Erf", "Gelu"}, kinds
    assert prink.Encoder(path).reads_hair == with_hair


def test_a_product_that_is_hardly_worn_has_no_coverage(batch: Batch) -> None:
    net = Encoder(STUDENT).eval()
    with torch.no_grad():
        sizes = net.counts
        net.head.bias[sizes[0] : sizes[0] + sizes[1]] = -20.0
        look, _ = Looks(net).eval()(batch.made)
    cover = {path: look[:, at.stop - 1] for path, at in schema_fields().places.items()}
    for path in places().paths:
        assert path.startswith("hair.") or float(cover[path].max()) == 0.0, path


def test_hair_finds_its_places_in_any_order_of_fields(batch: Batch) -> None:
    ours = schema_fields().fields
    turned = FieldList(tuple(reversed(ours)))
    hair = hair_head()
    with torch.no_grad():
        look, sure = Looks(Encoder(STUDENT, turned).eval(), hair).eval()(batch.made)
        numbers, sure_of_hair = hair(batch.made)
    for path, at in HAIR.places.items():
        assert torch.equal(look[:, turned.places[path]], numbers[:, at]), path
    assert torch.equal(sure[:, turned.groups.index("hair")], sure_of_hair[:, 0])
    bald = FieldList(tuple(field for field in ours if field[0] != "hair.grey"))
    with pytest.raises(ValueError, match=r"has no field .*: hair\.grey"):
        Looks(Encoder(STUDENT, bald), hair)


def test_two_processes_train_together(tmp_path: Path, photos: Path) -> None:
    run = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    run += ["-m", "prink.learn.train_encoder", "--faces", str(photos), "--drawn", "0"]
    run += ["--cache", str(tmp_path / "faces"), "--out", str(tmp_path), "--batch", "2"]
    run += ["--workers", "0", "--threads", "1", "--precision", "32-true", "--judged", "4"]
    where = os.environ | {"OMP_NUM_THREADS": "1", "LP_NUM_THREADS": "1"}
    subprocess.run([*run, "--steps", "2"], check=True, env=where, capture_output=True, timeout=300)
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert state["step"] == 2
    assert (tmp_path / "encoder.onnx").is_file()
    assert (tmp_path / "curves.png").is_file()


def test_a_student_learns_from_truth_and_teacher(batch: Batch) -> None:
    teacher, student = Encoder(STUDENT).eval(), Encoder(STUDENT)
    terms = distilling(teacher)(student, batch)
    assert {"seen", "seen, taught", "worn, taught", "sure"} <= set(terms)
    sum(terms.values()).backward()
    assert all(weight.grad is not None for weight in student.parameters())
    assert all(weight.grad is None for weight in teacher.parameters())


def test_the_exact_picture_loss_is_zero_for_the_true_look(
    faces: list[BaseFace], batch: Batch
) -> None:
    loss = exact_loss(open_scenes(faces))
    truth = truth_of(batch.look)
    sure = torch.zeros(len(batch.look), len(places().groups))
    right = Encoded(batch.look, 40.0 * (2.0 * truth.worn - 1.0), sure)
    wrong = Encoded(1.0 - batch.look, right.worn, sure)
    assert float(loss(right, batch)) < 0.002
    assert float(loss(wrong, batch)) > 5 * float(loss(right, batch))


def test_a_cache_of_other_photos_is_not_used(tmp_path: Path, photos: Path) -> None:
    rows = photo_rows(photos, split="train")
    for chosen in (rows, rows[:1]):
        for _ in fill_faces(chosen, tmp_path / "faces.npz"):
            pass
    assert [face.name for face in load_faces(tmp_path / "faces.npz")] == ["a"]


def test_people_that_are_not_drawn_do_not_count(tmp_path: Path, photos: Path) -> None:
    rows = photo_rows(photos, split="train")
    assert list(fill_faces(rows, tmp_path / "faces.npz", drawn=5)) == [(1, 2), (2, 2)]


def test_photos_without_a_clear_face_are_told(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "grey").save(tmp_path / "wall.png")
    rows = photo_rows(tmp_path, split="heldout")
    with pytest.raises(FileNotFoundError, match="no clear face"):
        list(fill_faces(rows, tmp_path / "faces.npz"))


def test_training_sees_what_reading_sees(faces: list[BaseFace], photos: Path) -> None:
    rgb = load_photo(photos / "b.png").rgb
    with Tracker() as tracker:
        face = tracker.track(rgb)[0]
    (base,) = (each for each in faces if each.name == "b")
    trained, read = laid_flat(base.rgb, base).astype(int), unwrap(*closer(rgb, face)).astype(int)
    both = (trained[..., 3] > 0) & (read[..., 3] > 0)
    assert np.abs(trained - read)[both][:, :3].mean() < CROPPED
    assert np.abs(trained - read)[both][:, 3].mean() < CROPPED
