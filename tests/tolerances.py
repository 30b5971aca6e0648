"""The one table of tolerances: how far two drawings may be apart, in steps of 1/255 unless said."""

__all__ = [
    "CODEC_LOSS",
    "COLLECTED_MB",
    "CROPPED",
    "DRAWN_SHARE",
    "ELSEWHERE",
    "EXPORTED",
    "FFMPEG_LEVELS",
    "FORMAT_MEAN",
    "PHONE_MEAN",
    "PHONE_WORST_SHARE",
    "ROUNDED",
    "ROUND_TRIP",
    "STEADIED",
    "TEETH",
    "UNWRAPPED",
]

# Two GL contexts on one Mesa, or one renderer twice: no difference at all, so no number here.

# mediump as half floats against single floats, over the pixels that the look changed.
PHONE_MEAN = 0.8
PHONE_WORST_SHARE = {6: 0.005, 32: 0.0}  # difference: share of the pixels that may exceed it

# A frame that went through 4:2:0 chroma and limited-range bytes, mean over the face's pixels.
FORMAT_MEAN = 1.0

# One pixel of 4:2:0 against FFmpeg, which rounds a matrix of its own.
FFMPEG_LEVELS = 2

# The same face at another place of the frame: places are rounded differently, and the colour edge
# of the lips magnifies that.
ELSEWHERE = 2

# A measurement steadied over two seconds against the same frame as a photo: half a float's step.
STEADIED = 1

# Teeth and tongue under lip products.
TEETH = 2

# Resident memory after opening, drawing and releasing a renderer again and again, in MB.
COLLECTED_MB = 5

# Levels by which a picture drawn over two backgrounds may miss its own mask: both are rounded.
ROUNDED = 2

# One unwrapped pixel: the GPU's bilinear weights have eight bits.
UNWRAPPED = 3

# A face laid flat and drawn again from the nearest place of the atlas, mean: sampled twice.
ROUND_TRIP = 4

# A face laid flat out of a crop as in training, and out of the photo as in reading, mean.
CROPPED = 4

# How much of a change that the measured reader predicts is drawn, by product, against what it was
# when both formulas were last brought together. Landmarks a hundredth of a pixel elsewhere move it
# by a third to two thirds of that.
DRAWN_SHARE = {
    "lips": 0.04,
    "lip_liner": 0.015,
    "eyeshadow": 0.015,
    "eyeliner": 0.015,
    "lashes": 0.03,
    "blush": 0.01,
    "contour": 0.015,
    "highlight": 0.015,
    "foundation": 0.03,
    "looks": 0.005,
}

# Numbers 0..1 of an ONNX file against those of the torch module it was made of.
EXPORTED = 1e-5

# A plane of a 10-bit video after encoding it again, mean, in its own codes: four are an 8-bit step.
CODEC_LOSS = 3.0
