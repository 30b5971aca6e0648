"""What is drawn on the rendition, in the code values of the HDR frame."""

import numpy as np
import pytest
from tests.video.clips import BT2020, HLG, LIMITED, PQ, codes, decoded, write_clip

from prink.video import VideoReader
from prink.video.carry import carried, planes_of
from prink.video.rendition import Rendition


def clip(path, rgb, *, transfer=HLG, pix_fmt="yuv420p10le"):
    signal = np.rint(65535 * Rendition(transfer, BT2020).to_signal(rgb)).astype(np.uint16)
    return write_clip(
        path,
        [signal],
        codec="ffv1",
        pix_fmt=pix_fmt,
        matrix=9,
        primaries=9,
        transfer=transfer,
        range=LIMITED,
    )


def drawn_on(path, draw):
    """Returns the planes before and after drawing on the first frame."""
    with VideoReader(path) as reader:
        frame = next(iter(reader))
        rendition = Rendition(reader.info.transfer, reader.info.primaries)
    planes = planes_of(frame.hdr.frame)
    before = [plane.astype(int) for plane in planes]
    after = draw(frame.rgb.copy())
    carried(
        planes,
        frame.hdr.signal,
        frame.rgb,
        after,
        rendition=rendition,
        matrix=9,
        range=LIMITED,
    )
    return before, [plane.astype(int) for plane in planes]


def slope(*, width=256, height=32, top=0.9):
    grey = np.linspace(0.2, top, width)[None, :, None]
    return np.broadcast_to(grey * [1.0, 0.8, 0.7], (height, width, 3))


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_untouched_pixels_keep_every_bit(tmp_path, transfer):
    def spot(rgb):
        rgb[12:17, 101:110] = (170, 20, 40)
        return rgb

    before, after = drawn_on(clip(tmp_path / "a.mkv", slope(), transfer=transfer), spot)
    moved = [one != other for one, other in zip(before, after, strict=True)]
    assert moved[0][12:17, 101:110].all()
    moved[0][12:17, 101:110] = False
    moved[1][6:9, 50:56] = moved[2][6:9, 50:56] = False  # samples that touched pixels share
    assert not any(plane.any() for plane in moved)


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("color", [(170, 20, 40), (120, 60, 70), (230, 190, 180), (20, 15, 12)])
def test_drawn_colour_arrives(tmp_path, transfer, color):
    def paint(rgb):
        rgb[:] = color
        return rgb

    path = clip(tmp_path / "a.mkv", slope(top=0.8), transfer=transfer, pix_fmt="yuv444p10le")
    _, after = drawn_on(path, paint)
    want = Rendition(transfer, BT2020).to_signal(np.array(color) / 255)
    luma = want @ [0.2627, 0.6780, 0.0593]
    codes = [
        64 + 876 * luma,
        512 + 896 * (want[2] - luma) / 1.8814,
        512 + 896 * (want[0] - luma) / 1.4746,
    ]
    # What 8 bits had rounded away of the source is kept: up to half a step, 3 codes or less.
    for plane, code in zip(after, codes, strict=True):
        assert np.abs(plane - code).max() < 4


def test_tint_on_a_smooth_slope_makes_no_bands(tmp_path):
    """Eight bits hold a step of three codes here; the slope has one code every two columns."""

    def tint(rgb):
        return np.rint(0.7 * rgb + 0.3 * np.array([200, 60, 80])).astype(np.uint8)

    grey = np.broadcast_to(np.linspace(0.45, 0.55, 256)[None, :, None], (32, 256, 3))
    before, after = drawn_on(clip(tmp_path / "a.mkv", grey, pix_fmt="yuv444p10le"), tint)
    assert np.ptp(before[0]) > 60
    smooth = np.polynomial.Polynomial.fit(np.arange(256), after[0].mean(0), 3)(np.arange(256))
    assert np.abs(after[0] - smooth).max() < 3
    assert len(np.unique(after[0])) > 40  # as many as 8 bits have would be 21


def test_brighter_than_sdr_survives_under_a_sheer_tint(tmp_path):
    rendition = Rendition(PQ, BT2020)
    signal = np.full((32, 32, 3), 65535 * 0.82)  # some 1900 nits
    path = write_clip(
        tmp_path / "a.mkv",
        [signal.astype(np.uint16)],
        codec="ffv1",
        pix_fmt="yuv420p10le",
        matrix=9,
        primaries=9,
        transfer=PQ,
        range=LIMITED,
    )
    before, after = drawn_on(path, lambda rgb: rgb - np.array([0, 3, 3], np.uint8))
    assert rendition.to_srgb(signal[0, 0] / 65535).min() > 0.999
    assert (after[0] < before[0]).all()
    assert (after[0] > 64 + 876 * 0.75).all()
    assert codes(decoded(path)[0])[0].min() == before[0].min()
