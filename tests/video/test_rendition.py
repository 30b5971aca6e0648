"""HDR colours seen as SDR and back."""

import numpy as np
import pytest
from tests.video.clips import BT2020, HLG, PQ, decoded, write_clip

from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.video.rendition import Rendition
from prink.video.sdr_view import SdrView

SKIN = np.array([[238, 205, 184], [201, 160, 146], [141, 85, 54], [61, 38, 29]]) / 255


def difference(one, other):
    return delta_e_2000(*(linear_to_lab(srgb_to_linear(c)) for c in (one, other)))


@pytest.mark.parametrize("primaries", [1, 9, 12])
@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_srgb_goes_to_the_signal_and_back(transfer, primaries):
    rendition = Rendition(transfer, primaries)
    colours = 0.85 * np.random.default_rng(1).random((2000, 3))
    assert np.abs(rendition.to_srgb(rendition.to_signal(colours)) - colours).max() < 2e-4


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_grey_stays_grey_and_black_and_white_stay(transfer):
    rendition = Rendition(transfer, BT2020)
    grey = rendition.to_srgb(np.linspace(0, 1, 50)[:, None] * np.ones(3))
    assert np.ptp(grey, axis=1).max() < 1e-5
    assert (grey[0].max(), grey[-1].min()) == (0.0, pytest.approx(1.0, abs=1e-6))


def test_skin_under_hdr_white_of_203_nits_keeps_its_colour():
    """Signals made without the package's matrices: BT.2087 and the formulas of BT.2100."""
    to_2020 = [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
    light = srgb_to_linear(SKIN) @ np.transpose(to_2020) * 203
    c1, c2, c3, m1, m2 = 0.8359375, 18.8515625, 18.6875, 0.1593017578125, 78.84375
    power = (light / 10000) ** m1
    pq = ((c1 + c2 * power) / (1 + c3 * power)) ** m2
    scene = light / 1000 * ((light / 1000) @ [0.2627, 0.678, 0.0593])[:, None] ** (-0.2 / 1.2)
    log = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    hlg = np.where(scene <= 1 / 12, np.sqrt(3 * scene), log)
    for transfer, signal in ((PQ, pq), (HLG, hlg)):
        apart = difference(Rendition(transfer, BT2020).to_srgb(signal), SKIN)
        assert apart[1:].max() < 1.5
        assert apart[0] < 5  # light skin lies on the shoulder of the curve


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_frames_are_seen_as_the_formulas_say(tmp_path, transfer):
    rendition = Rendition(transfer, BT2020)
    patches = np.repeat(np.repeat(SKIN.reshape(2, 2, 3), 32, 0), 32, 1)
    signal = np.rint(65535 * rendition.to_signal(patches)).astype(np.uint16)
    clip = write_clip(tmp_path / "a.mkv", [signal], codec="ffv1", pix_fmt="yuv444p10le", matrix=9)
    view = SdrView(rendition, matrix=9, width=64, height=64)
    seen = view.render(view.signal(decoded(clip)[0]))
    assert np.abs(seen - 255 * patches).max() < 2
