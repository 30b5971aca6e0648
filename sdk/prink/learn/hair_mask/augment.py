"""One training picture out of a cached crop: placed anew, redressed, covered, lit and spoilt."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Floats
from prink.learn.hair_mask.data import CACHED_SIZE, Samples
from prink.learn.hair_mask.net import SIZE
from prink.learn.hair_mask.occluder import occluder
from prink.parse.head import LETTERBOX, REACH

__all__ = ["Example", "augmented", "batch"]

Rng = np.random.Generator

# Mean hair colours to turn hair into, sRGB 0..1: black, browns, blonds, reds, greys, dyes.
HAIR_COLOURS: Final = (
    *((0.05, 0.04, 0.04), (0.10, 0.08, 0.07), (0.18, 0.12, 0.09), (0.30, 0.20, 0.14)),
    *((0.45, 0.33, 0.22), (0.62, 0.50, 0.36), (0.78, 0.68, 0.52), (0.42, 0.18, 0.09)),
    *((0.60, 0.28, 0.14), (0.45, 0.45, 0.46), (0.65, 0.65, 0.67), (0.85, 0.85, 0.86)),
    *((0.60, 0.15, 0.30), (0.25, 0.30, 0.60), (0.80, 0.55, 0.65), (0.30, 0.50, 0.45)),
)
NO_PREVIOUS: Final = 0.5  # share of the pictures that come without a previous mask
WRONG_PREVIOUS: Final = 0.1  # share of the others whose previous mask is someone else's


@dataclass(frozen=True, eq=False)
class Example:
    """`rgb` (S, S, 3) 0..1 with the masks of hair, person and picture (S, S, 3), all float32."""

    rgb: Floats
    masks: Floats


def batch(
    samples: Samples, numbers: NDArray[np.int64], rng: Rng, *, hats: bool = False
) -> tuple[Floats, Floats]:
    """Returns inputs (B, 4, S, S) and targets (B, 1, S, S), 0..1, of samples by number."""
    pairs = [augmented(samples, int(number), rng, hats=hats) for number in numbers]
    inputs = np.stack([each[0].transpose(2, 0, 1) for each in pairs])
    return inputs, np.stack([each[1][None] for each in pairs])


def augmented(
    samples: Samples, number: int, rng: Rng, *, hats: bool = False
) -> tuple[Floats, Floats]:
    """Returns one input (S, S, 4) and its target (S, S); with `hats`, many heads wear one."""
    example = placed(samples, number, rng)
    rgb, hair = example.rgb, example.masks[..., 0]
    if rng.random() < 0.35:
        rgb = recoloured(rgb, hair, rng)
    if rng.random() < 0.45:
        rgb = before_other_background(example, rgb, samples, rng)
    if rng.random() < (0.55 if hats else 0.35):
        shape, texture = occluder(samples, rng, hats=hats)
        rgb, hair = covered(rgb, hair, shape, texture)
    rgb = spoilt(lit(rgb, rng), rng)
    shown = example.masks[..., 2:]
    rgb = rgb * shown + np.float32(LETTERBOX[0] / 255) * (1 - shown)
    previous = previous_mask(hair, samples, rng)
    return np.dstack([rgb, previous]).astype(np.float32), np.ascontiguousarray(hair)


def placed(samples: Samples, number: int, rng: Rng) -> Example:
    """Returns a sample with the face at a new place, size and angle near where a crop has it."""
    x, y, side = samples.faces[number].tolist()
    zoom = float(np.exp(np.clip(rng.normal(0, 0.16), -0.4, 0.4)))
    scale = side * 2 * REACH / SIZE / zoom  # cached pixels of one new pixel
    angle = np.radians(rng.normal(0, 9) if rng.random() < 0.85 else rng.uniform(-40, 40))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    if rng.random() < 0.5:
        turn[:, 0] *= -1
    middle = np.full(2, SIZE / 2) + rng.normal(0, 0.035 * SIZE, 2)
    matrix = np.column_stack([turn, np.array([x, y]) - turn @ middle])
    masks = np.dstack([samples.hair[number], samples.person[number], WHOLE])
    pictures = [warped(each, matrix) for each in (samples.crops[number], masks)]
    return Example(*(each.astype(np.float32) / 255 for each in pictures))


WHOLE: Final = np.full((CACHED_SIZE, CACHED_SIZE), 255, np.uint8)


def warped(picture: Bytes, matrix: Doubles) -> Bytes:
    import cv2

    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, matrix, (SIZE, SIZE), flags=flags))


def recoloured(rgb: Floats, hair: Floats, rng: Rng) -> Floats:
    """Returns the picture with hair of another colour; its light and shade stay."""
    if hair.sum() < 50:
        return rgb
    mean = (rgb * hair[..., None]).sum((0, 1)) / hair.sum()
    target = np.array(HAIR_COLOURS[rng.integers(len(HAIR_COLOURS))]) * rng.uniform(0.8, 1.2, 3)
    grey = rgb @ np.array([0.3, 0.6, 0.1], np.float32)
    relative = (grey + 0.02) / (float(mean @ [0.3, 0.6, 0.1]) + 0.02)
    relative = relative ** rng.uniform(0.6, 1.0)
    dyed = np.clip(relative[..., None] * target, 0, 1)
    kept = (rgb - grey[..., None]) * rng.uniform(0, 0.6)
    weight = hair[..., None] * rng.uniform(0.7, 1)
    return np.asarray(rgb + (np.clip(dyed + kept, 0, 1) - rgb) * weight, np.float32)


def before_other_background(example: Example, rgb: Floats, samples: Samples, rng: Rng) -> Floats:
    """Returns the person before another picture, a gradient or a plain wall."""
    import cv2

    person = np.maximum(example.masks[..., 1], example.masks[..., 0])
    kind = rng.random()
    if kind < 0.5:
        other = int(rng.integers(len(samples)))
        away = samples.crops[other].astype(np.float32) / 255
        # Hair of other people would be hair without a target: it is smeared out of the way.
        seen = 1 - np.maximum(samples.hair[other], samples.person[other]).astype(np.float32) / 255
        small = cv2.resize(np.dstack([away * seen[..., None], seen]), (32, 32), interpolation=3)
        small = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(1, 2.5)))
        smeared = cv2.resize(small[..., :3] / (small[..., 3:] + 0.02), seen.shape)
        away = away * seen[..., None] + smeared * (1 - seen[..., None])
        background = cv2.resize(away, (SIZE, SIZE))[:, :: rng.choice([-1, 1])]
    else:
        coarse = rng.random((2, 2, 3) if kind < 0.8 else (1, 1, 3)).astype(np.float32)
        if rng.random() < 0.3:
            coarse *= 0.25
        background = cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
        if rng.random() < 0.4:
            side = int(rng.integers(6, 60))
            pattern = rng.normal(0, rng.uniform(0.02, 0.15), (side, side, 3)).astype(np.float32)
            background = background + cv2.resize(pattern, (SIZE, SIZE))
    return np.asarray(rgb * person[..., None] + background * (1 - person[..., None]), np.float32)


def covered(rgb: Floats, hair: Floats, shape: Floats, texture: Floats) -> tuple[Floats, Floats]:
    """Returns picture and target with a hand, a hat or some thing before the hair."""
    return (
        np.asarray(rgb * (1 - shape[..., None]) + texture * shape[..., None], np.float32),
        np.asarray(hair * (1 - shape), np.float32),
    )


def lit(rgb: Floats, rng: Rng) -> Floats:
    """Returns the picture under another exposure, contrast, colour of light and direction."""
    rgb = rgb * np.float32(np.exp(rng.normal(0, 0.25)))
    rgb = rgb * np.exp(rng.normal(0, 0.08, 3)).astype(np.float32)
    if rng.random() < 0.3:
        ramp = np.linspace(-1, 1, SIZE, dtype=np.float32) * rng.uniform(-0.5, 0.5)
        rgb = rgb * np.exp(ramp[None, :, None] if rng.random() < 0.5 else ramp[:, None, None])
    rgb = np.clip(rgb, 0, 1)
    if rng.random() < 0.5:
        rgb = rgb ** np.float32(np.exp(rng.normal(0, 0.25)))
    if rng.random() < 0.2:
        grey = rgb.mean(-1, keepdims=True)
        rgb = grey + (rgb - grey) * np.float32(rng.uniform(0, 1.5))
    return np.asarray(np.clip(rgb, 0, 1), np.float32)


def spoilt(rgb: Floats, rng: Rng) -> Floats:
    """Returns the picture as a poor camera gives it: blurred, small, noisy, compressed."""
    import cv2

    if rng.random() < 0.25:
        rgb = cv2.GaussianBlur(rgb, (0, 0), float(rng.uniform(0.4, 1.8)))
    if rng.random() < 0.15:
        side = int(SIZE * rng.uniform(0.35, 0.8))
        rgb = cv2.resize(cv2.resize(rgb, (side, side)), (SIZE, SIZE))
    if rng.random() < 0.4:
        rgb = rgb + rng.standard_normal(rgb.shape, np.float32) * np.float32(rng.uniform(0, 0.04))
    eight = np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.25:
        setting = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
        eight = cv2.imdecode(cv2.imencode(".jpg", eight, setting)[1], cv2.IMREAD_COLOR)
    return np.asarray(eight, np.float32) / np.float32(255)


def previous_mask(hair: Floats, samples: Samples, rng: Rng) -> Floats:
    """Returns what a stream might hold as the mask before: nothing, a shifted one, a wrong one."""
    import cv2

    if rng.random() < NO_PREVIOUS:
        return np.zeros_like(hair)
    if rng.random() < WRONG_PREVIOUS:
        other = samples.hair[int(rng.integers(len(samples)))]
        return np.asarray(cv2.resize(other, (SIZE, SIZE)), np.float32) / np.float32(255)
    matrix = cv2.getRotationMatrix2D(
        (SIZE / 2, SIZE / 2), float(rng.normal(0, 2)), float(np.exp(rng.normal(0, 0.03)))
    )
    matrix[:, 2] += rng.normal(0, 0.02 * SIZE, 2)
    old = cv2.warpAffine(hair, matrix, (SIZE, SIZE))
    if rng.random() < 0.4:
        size = int(rng.integers(2, 7))
        change = cv2.dilate if rng.random() < 0.5 else cv2.erode
        old = change(old, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    if rng.random() < 0.6:
        old = cv2.GaussianBlur(old, (0, 0), float(rng.uniform(0.5, 4)))
    if rng.random() < 0.3:
        side = int(rng.integers(3, 12))
        faded = cv2.resize(rng.random((side, side)).astype(np.float32), (SIZE, SIZE))
        old = old * np.clip(faded * 3, 0, 1)
    return np.asarray(old, np.float32)
