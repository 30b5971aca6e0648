"""Learning hair colour: a training that was cut off goes on as if it had not been."""

import numpy as np
import pytest
import torch

from prink.face import Tracker
from prink.hair import HairFinder
from prink.learn.hair_color import train as train_hair_color
from prink.learn.hair_color.heads import find_head
from prink.learn.hair_color.looks import look_with_hair, sample_hair
from prink.learn.hair_color.loss import DYED, bare_hair, errors, redyed
from prink.learn.hair_color.net import HairEncoder, HairHead, hair_head, save_hair_encoder
from prink.learn.hair_color.samples import bare_tiles
from prink.learn.hair_color.train import Config, Run, train
from prink.params.fields import schema_fields
from prink.reading.hair_patch import HAIR, hair_patch
from prink.render import Renderer


@pytest.fixture(scope="module")
def heads(astronaut, hopper):
    with Tracker(max_faces=1) as tracker:
        found = [find_head(rgb, tracker, HairFinder()) for rgb in (astronaut, hopper)]
    return [head for head in found if head is not None]


def run():
    torch.manual_seed(1)
    return Run(Config(steps=3, batch=4, renderings=2, kept=12, warm_up=1))


def test_a_training_that_was_cut_off_goes_on(heads, tmp_path, monkeypatch):
    whole = run()
    train(whole, heads, tmp_path)
    monkeypatch.setattr(train_hair_color, "SAVE_EVERY", 1)
    cut, save = run(), Run.save

    def save_and_stop(self, path):
        save(self, path)
        if self.step == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Run, "save", save_and_stop)
    with pytest.raises(KeyboardInterrupt):
        train(cut, heads, tmp_path)
    monkeypatch.setattr(Run, "save", save)
    again = Run(cut.config)
    again.load(tmp_path / "checkpoint.pt")
    assert again.step == 2
    train(again, heads, tmp_path)
    assert (tmp_path / "curves.png").is_file()
    for one, two in zip(whole.net.parameters(), again.net.parameters(), strict=True):
        torch.testing.assert_close(one, two)
    other = Run(Config(steps=4))
    with pytest.raises(SystemExit, match="other settings"):
        other.load(tmp_path / "checkpoint.pt")
    state = torch.load(tmp_path / "checkpoint.pt")
    torch.save(state | {"fields": state["fields"][1:]}, tmp_path / "checkpoint.pt")
    with pytest.raises(SystemExit, match=r"does not know hair\.root: remove it"):
        Run(cut.config).load(tmp_path / "checkpoint.pt")


def test_a_hair_encoder_is_kept_and_one_of_other_looks_is_refused(tmp_path):
    torch.manual_seed(0)
    net, path = HairEncoder().eval(), tmp_path / "hair_encoder.pt"
    save_hair_encoder(net, path)
    tile = torch.rand(2, 4, 64, 128)
    with torch.inference_mode():
        torch.testing.assert_close(hair_head(path).encoder(tile), net(tile))
    state = torch.load(path)
    whole = state | {"fields": schema_fields().listed()}  # as earlier files have it
    torch.save(whole, path)
    hair_head(path)
    wrong = {
        "so it is no hair encoder": net.state_dict(),
        "no hair encoder of this": state | {"fields": [("lips.color", 4)]},
        "no hair.braids here": state | {"fields": [*state["fields"], ["hair.braids", 1]]},
    }
    for told, content in wrong.items():
        torch.save(content, path)
        with pytest.raises(ValueError, match=rf"{told}.*hair_encoder\.pt"):
            hair_head(path)


def test_hair_is_redyed_in_a_tile_as_the_renderer_does(heads):
    rng = np.random.default_rng(2)
    off, moved = [], []
    with Renderer() as renderer:
        for numbers in (sample_hair(rng) for _ in range(8)):
            head = heads[0]
            look = look_with_hair(numbers)
            drawn = renderer.draw(head.rgb, [head.face], look, hair=[head.hair])
            bare, made = (
                bare_hair(hair_patch(rgb, head.face, head.hair)[None]) for rgb in (head.rgb, drawn)
            )
            tile = redyed(torch.from_numpy(numbers[None]).float(), bare)
            off.append(float((tile - made.strands).abs().mean()))
            moved.append(float((bare.strands - made.strands).abs().mean()))
    assert np.median(off) < 0.25 * np.median(moved)


def test_a_true_reading_has_no_error_and_its_numbers_have_gradients(heads):
    bare = bare_hair(bare_tiles(heads[:1]))
    truth = torch.from_numpy(sample_hair(np.random.default_rng(0))[None]).float()
    kind = torch.tensor([DYED])
    right = errors(truth, truth, kind, bare, bare)
    assert float(right.same) == pytest.approx(0.5, abs=0.01)  # the rounded tip of the norm
    guess = (truth * 0.5 + 0.2).requires_grad_()
    errors(guess, truth, kind, bare, bare).other.sum().backward()
    assert bool(torch.isfinite(guess.grad).all())
    assert float(guess.grad.abs().sum()) > 0


def test_the_head_takes_its_tile_out_of_the_atlas(heads):
    tile = torch.from_numpy(bare_tiles(heads)).permute(0, 3, 1, 2).float() / 255
    torch.manual_seed(0)
    encoder = HairEncoder().eval()
    assert sum(p.numel() for p in encoder.parameters()) < 150_000
    atlas = torch.rand(len(heads), 4, 256, 256)
    atlas[:, :, 192:256, 0:128] = tile
    with torch.inference_mode():
        numbers, sure = HairHead(encoder)(atlas)
        again, logit = encoder(tile)
    torch.testing.assert_close(numbers, again)
    torch.testing.assert_close(sure, torch.sigmoid(logit))
    assert ((numbers >= 0) & (numbers <= 1)).all()
    assert tile[:, :, :, :HAIR].shape[-1] == 112
