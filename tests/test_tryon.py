"""What `try_on` is given by mistake is named; what it draws is tested through the command line."""

from pathlib import Path

import numpy as np
import pytest

import prink


@pytest.mark.parametrize("picture", ["me.jpg", Path("me.jpg")])
def test_the_name_of_a_photo_is_no_photo(picture: object) -> None:
    with pytest.raises(TypeError, match=r"picture is a \w+; .* prink\.load_photo\('me\.jpg'\)"):
        prink.try_on(picture, prink.look("classic_red"))


def test_the_name_of_a_look_is_no_look() -> None:
    with pytest.raises(TypeError, match=r"the look is 'classic_red'; .* prink\.look\("):
        prink.try_on(np.zeros((64, 64, 3), np.uint8), "classic_red")


def test_a_picture_of_another_kind_is_named() -> None:
    with pytest.raises(prink.FaceError, match=r"uint8 \(H, W, 3\), got float64 \(64, 64, 3\)"):
        prink.try_on(np.zeros((64, 64, 3)), prink.look("classic_red"))
