"""Colour in torch is colour in numpy, with a slope everywhere."""

import numpy as np
import torch

from prink.color import linear_to_lab, srgb_to_linear
from prink.render.reference import lab


def test_torch_and_numpy_agree_and_black_has_a_slope():
    srgb = np.random.default_rng(0).uniform(size=(200, 3)) ** 2
    srgb[0], srgb[1] = 0.0, 1.0
    values = torch.from_numpy(srgb).requires_grad_()
    found = lab.srgb_to_lab(values)
    np.testing.assert_allclose(found.detach(), linear_to_lab(srgb_to_linear(srgb)), atol=1e-9)
    found.sum().backward()
    assert torch.isfinite(values.grad).all()
    assert (values.grad[0] != 0).any()
