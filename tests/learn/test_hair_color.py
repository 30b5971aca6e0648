"""Learning hair colour: its samples, its loss, its network."""

from contextlib import closing

import numpy as np
import pytest
import torch

from prink.face import Tracker
from prink.learn.hair_color.config import Config
from prink.learn.hair_color.heads import find_head
from prink.learn.hair_color.looks import look_with_hair, sample_hair
from prink.learn.hair_color.loss import DYED, bare_hair, errors, redyed
from prink.learn.hair_color.net import HairEncoder, HairHead, hair_head, save_hair_encoder
from prink.learn.hair_color.samples import bare_tiles
from prink.learn.hair_color.stream import Stream
from prink.params.fields import schema_fields
from prink.parse import Parser, Parsing
from prink.reading.hair_patch import HAIR, hair_patch
from prink.render import Renderer


@pytest.fixture(scope="module")
def heads(astronaut, hopper):
    with Tracker(max_faces=1) as tracker:
        found = [find_head(rgb, tracker, Parser()) for rgb in (astronaut, hopper)]
    return [head for head in found if head is not None]


def test_samples_are_the_same_in_other_processes_and_after_a_break(heads):
    config = Config(steps=12, batch=4, renderings=1, kept=5)
    here = Stream(heads, config, workers=0)
    there = Stream(heads, config, workers=1)
    with closing(here(start=0, rank=0, ranks=1)) as stream:
        whole = [next(stream) for _ in range(12)]
    with closing(there(start=11, rank=0, ranks=1)) as stream:
        late = next(stream)
    for one, other in zip(whole[11], late, strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(whole[9].numbers, whole[10].numbers)


def test_processes_side_by_side_see_other_samples(heads):
    config = Config(steps=12, batch=4, renderings=1, kept=1)
    seen = []
    for rank in range(2):
        with closing(Stream(heads, config, workers=0)(start=0, rank=rank, ranks=2)) as stream:
            seen.append(next(stream))
    assert not torch.equal(seen[0].rows, seen[1].rows)


def test_a_hair_encoder_is_kept_and_one_of_other_looks_is_refused(tmp_path):
    torch.manual_seed(0)
    net, path = HairEncoder().eval(), tmp_path / "hair_encoder.pt"
    save_hair_encoder(net, path)
    tile = torch.rand(2, 4, 64, 128)
    with torch.inference_mode():
        torch.testing.assert_close(hair_head(path).encoder(tile), net(tile))
    state = torch.load(path)
    listed = [each for each in schema_fields().listed() if each[0] != "hair.root_shadow"]
    whole = state | {"fields": listed}  # as earlier files have it
    torch.save(whole, path)
    hair_head(path)
    wrong = {
        "so it is no hair encoder": net.state_dict(),
        "no hair encoder of this": state | {"fields": [("lips.color", 4)]},
        "no hair.braids here": state | {"fields": [*state["fields"], ["hair.braids", 1]]},
        "weights are of another hair encoder": state | {"net": {}},
    }
    for told, content in wrong.items():
        torch.save(content, path)
        with pytest.raises(ValueError, match=rf"{told}.*hair_encoder\.pt"):
            hair_head(path)
    path.write_text("words")
    with pytest.raises(ValueError, match=r"the file is no hair encoder .*hair_encoder\.pt"):
        hair_head(path)


def test_hair_is_redyed_in_a_tile_as_the_renderer_does(heads):
    rng = np.random.default_rng(2)
    off, moved = [], []
    with Renderer() as renderer:
        for numbers in (sample_hair(rng) for _ in range(8)):
            head = heads[0]
            look = look_with_hair(numbers)
            drawn = renderer.draw(head.rgb, [head.face], look, parsing=[Parsing(None, head.hair)])
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
