"""What a video says about its colours, in FFmpeg's numbers (ITU-T H.273), and how it is decoded.

A tag that a file does not have stays unknown in what is written from it, so that a player treats
both alike. Only decoding must decide: an unknown matrix is BT.2020's for an HDR transfer, else
BT.709's from 720 lines on and BT.601's below, as players take it. That decision is written down
for RGB files alone, whose own tag, 0, is wrong for the YCbCr that is written.
"""

__all__ = [
    "BT709",
    "FULL",
    "HDR",
    "HLG",
    "LIMITED",
    "PQ",
    "RGB",
    "UNKNOWN",
    "UNREAD",
    "decoding_matrix",
]

RGB = 0  # of the matrix: the file holds no YCbCr
UNKNOWN = 2
BT709, BT601, BT2020 = 1, 5, 9
PQ, HLG = 16, 18  # SMPTE ST 2084 and ARIB STD-B67, both of ITU-R BT.2100
HDR = {PQ: "PQ", HLG: "HLG"}
LIMITED, FULL = 1, 2  # the range of an 8-bit luma: 16..235 or 0..255
# Matrix tags to the names that swscale has: 5 and 6 are one, and so are both forms of BT.2020.
MATRIX = {1: 1, 4: 4, 5: 5, 6: 5, 7: 7, 9: 9, 10: 9}
# Read as YCbCr, these would show in false colours.
UNREAD = {8: "YCgCo", 11: "YDzDx", 14: "ICtCp", 15: "IPT-C2", 16: "YCgCo-R", 17: "YCgCo-R"}


def decoding_matrix(matrix: int, *, transfer: int, lines: int) -> int:
    """Returns the matrix, as swscale numbers it, that turns YCbCr to RGB and back.

    Args:
        matrix: The file's tag, perhaps unknown.
        transfer: The file's transfer tag.
        lines: The shorter side of the picture, in pixels.
    """
    if matrix in MATRIX:
        return MATRIX[matrix]
    if transfer in HDR:
        return BT2020
    return BT709 if lines >= 720 else BT601
