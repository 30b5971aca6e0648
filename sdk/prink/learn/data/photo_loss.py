"""What a photo loses on its way: resolution, sharpness, grain, compression, exact landmarks."""

import numpy as np

from prink.arrays import Bytes, Floats

__all__ = ["move_points", "worn_down"]

Rng = np.random.Generator


def worn_down(rgb: Bytes, rng: Rng) -> Bytes:
    """Returns a picture (H, W, 3) as a phone or a web page might have kept it."""
    import cv2

    height, width = rgb.shape[:2]
    if rng.random() < 0.5:
        scale = float(rng.uniform(0.4, 1.0))
        size = round(width * scale), round(height * scale)
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        rgb = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))
    if rng.random() < 0.3:
        rgb = np.asarray(cv2.GaussianBlur(rgb, (0, 0), float(rng.uniform(0.4, 1.6))))
    if rng.random() < 0.5:
        noise = rng.integers(-128, 128, rgb.shape, np.int8) * np.float32(rng.uniform(0.0, 0.05))
        rgb = np.clip(np.rint(rgb + noise), 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(45, 97))]
        _, packed = cv2.imencode(".jpg", rgb[..., ::-1], quality)  # OpenCV means BGR
        rgb = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))[..., ::-1]
    return np.ascontiguousarray(rgb)


def move_points(points: Floats, rng: Rng, *, iod: float) -> Floats:
    """Returns landmarks (478, 3) as another run of a tracker might find them.

    The whole face is off by about 0.7 % of the inter-ocular distance `iod` and 0.7 % in scale, and
    every point by 0.4 %.
    """
    middle = points[:, :2].mean(axis=0)
    turn = rng.normal(0.0, 0.007)
    matrix = np.eye(2) * (1.0 + rng.normal(0.0, 0.007)) + turn * np.array([[0, -1], [1, 0]])
    moved = points.copy()
    moved[:, :2] = (points[:, :2] - middle) @ matrix.T + middle
    moved[:, :2] += rng.normal(0.0, 0.007 * iod, 2) + rng.normal(0.0, 0.004 * iod, (len(points), 2))
    return moved
