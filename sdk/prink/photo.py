"""Photos in and out: any common file becomes upright 8-bit sRGB, and goes back as such."""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from prink.arrays import Bytes
from prink.errors import PrinkError
from prink.exif import descriptive_exif
from prink.whole_file import check_output, check_suffix, whole_file

__all__ = [
    "MAX_MEGAPIXELS",
    "MAX_SIDE",
    "PHOTO_SUFFIXES",
    "Photo",
    "PhotoError",
    "check_photo_output",
    "load_photo",
    "save_photo",
]

MAX_SIDE = 16384  # the largest texture side that every desktop GL 4 and recent phone promises
MAX_MEGAPIXELS = 100
READABLE: tuple[str, ...] = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
# A second picture in other files is a depth map or a brighter version of the first, not a page.
OF_SEVERAL = ("GIF", "PNG", "WEBP", "TIFF", "AVIF")
# Suffix to Pillow's format; the JPEG, WebP and HEIC settings are visually lossless.
PHOTO_SUFFIXES = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".heic": "HEIF",
    ".heif": "HEIF",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}


class PhotoError(PrinkError, ValueError):
    """A photo that cannot be read or written; the message says why and names the file."""


@dataclass(frozen=True, eq=False)
class Photo:
    """An upright photo in sRGB: `rgb` (H, W, 3) and `alpha` (H, W) or None.

    `exif` has no rotation and no place (GPS) any more; `icc` is the profile to embed, None where
    the file had none. `pictures` counts the frames or pages of the file; only the first is here.
    """

    rgb: Bytes
    alpha: Bytes | None = None
    exif: bytes | None = None
    icc: bytes | None = None
    pictures: int = 1


def load_photo(path: str | Path) -> Photo:
    """Returns the photo in a JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP or GIF file (its first frame).

    It is turned upright by its EXIF tag; CMYK, wide-gamut, 16-bit, palette and grey pixels become
    8-bit sRGB.

    Raises:
        PhotoError: if the file is missing, empty, damaged, no image, or larger than `MAX_SIDE` or
            `MAX_MEGAPIXELS`.
    """
    # Pillow warns of what is said here in plain words: large files, damaged tags.
    with warnings.catch_warnings(action="ignore"), open_image(Path(path)) as image:
        check_size(image.size, path)
        count = pictures(image)
        try:
            image.load()
            return replace(photo_of(image, path), pictures=count)
        except PhotoError:
            raise
        except MemoryError:
            raise PhotoError(
                f"not enough memory for {image.width} x {image.height} pixels ({path})"
            ) from None
        except Exception as cause:  # Pillow's decoders raise many kinds on damaged data
            raise PhotoError(f"the image is damaged or cut off ({path})") from cause


def pictures(image: Image.Image) -> int:
    if image.format not in OF_SEVERAL:
        return 1
    try:
        count = int(getattr(image, "n_frames", 1))
        image.seek(0)
    except Exception:  # the first picture may be whole where the list of pictures is not
        return 1
    return count


def open_image(path: Path) -> Image.Image:
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as cause:
        raise PhotoError(f"cannot read the photo: {cause.strerror} ({path})") from None
    if not head:
        raise PhotoError(f"the photo is empty, 0 bytes ({path})")
    formats = READABLE
    if head[4:8] == b"ftyp":
        register_heif()
        formats = ("HEIF", "AVIF")
    try:
        return Image.open(path, formats=formats)
    except Image.DecompressionBombError:
        raise PhotoError(
            f"the photo has over {MAX_MEGAPIXELS} megapixels, the limit ({path})"
        ) from None
    except UnidentifiedImageError:
        raise PhotoError(
            "not an image that prink reads, or damaged, or cut off; "
            f"known: JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP, GIF ({path})"
        ) from None
    except Exception as cause:  # a broken header
        raise PhotoError(f"the image is damaged or cut off ({path})") from cause


@cache
def register_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()


def check_size(size: tuple[int, int], path: str | Path) -> None:
    width, height = size
    if max(width, height) > MAX_SIDE:
        raise PhotoError(
            f"the photo is {width} x {height} pixels; the limit is {MAX_SIDE} a side ({path})"
        )
    if width * height > MAX_MEGAPIXELS * 1_000_000:
        raise PhotoError(
            f"the photo has {width * height / 1e6:.0f} megapixels; "
            f"the limit is {MAX_MEGAPIXELS} ({path})"
        )


def photo_of(image: Image.Image, path: str | Path) -> Photo:
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    exif = descriptive_exif(image)
    eight = eight_bit(upright, path)
    alpha = None
    if eight.has_transparency_data:
        eight = eight.convert("RGBA")
        alpha = np.array(eight.getchannel("A"))
        eight = eight.convert("RGB")
    rgb = np.array(srgb(eight, profile))
    return Photo(rgb, alpha, exif, srgb_profile() if profile else None)


def eight_bit(image: Image.Image, path: str | Path) -> Image.Image:
    """Returns the image with 8 bits a channel; 16-bit values are divided by 257."""
    if image.mode == "F":
        raise PhotoError(
            f"the photo holds floating-point pixels; prink reads 8 and 16 bit integers ({path})"
        )
    if image.mode != "I" and not image.mode.startswith("I;"):
        return image
    wide = np.clip(np.asarray(image).astype(np.int64), 0, 65535)
    grey = Image.fromarray(((wide + 128) // 257).astype(np.uint8))
    see_through = image.info.get("transparency")
    if isinstance(see_through, int):
        # The key colour is compared at 16 bits: after scaling, neighbours would vanish with it.
        grey = grey.convert("LA")
        grey.putalpha(Image.fromarray(np.where(wide == see_through, 0, 255).astype(np.uint8)))
    return grey


@cache
def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Returns the image as RGB in sRGB, through its profile where it has a usable one."""
    if image.mode in ("P", "PA", "1", "YCbCr", "HSV"):
        image = image.convert("RGB")
    if image.mode == "LAB":
        profile = profile or ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower() and image.mode == "RGB":
            return image  # through the profile its pixels would move by a rounding step
        target = ImageCms.createProfile("sRGB")
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        turned = ImageCms.profileToProfile(
            image, source, target, intent, "RGB", flags=ImageCms.Flags.BLACKPOINTCOMPENSATION
        )
    except (
        ImageCms.PyCMSError,
        OSError,
        ValueError,
    ):  # broken, or of another colour space than the pixels
        turned = None
    return image.convert("RGB") if turned is None else turned


def check_photo_output(path: str | Path) -> str:
    """Returns Pillow's name of the suffix's format, once it is sure that the file can be made.

    Raises:
        PhotoError: if the suffix is unknown, the folder is missing or the place not writable.
    """
    suffix = check_suffix(path, PHOTO_SUFFIXES, what="a photo", error=PhotoError)
    check_output(path, error=PhotoError)
    return PHOTO_SUFFIXES[suffix]


def save_photo(photo: Photo | Bytes, path: str | Path, *, quality: int = 95) -> None:
    """Writes a photo, or an sRGB array (H, W, 3 or 4), in the suffix's format, whole or not at all.

    JPEG is written with full-resolution colour (4:4:4) and alpha laid on white; `quality` is for
    JPEG, WebP and HEIC.

    Raises:
        PhotoError: if the suffix is unknown, the array no 8-bit picture or the file not writable.
    """
    kind = check_photo_output(path)
    photo = checked(photo, path)
    image = Image.fromarray(np.ascontiguousarray(photo.rgb))
    if photo.alpha is not None:
        image.putalpha(Image.fromarray(np.ascontiguousarray(photo.alpha)))
        if kind == "JPEG":
            white = Image.new("RGBA", image.size, (255, 255, 255, 255))
            image = Image.alpha_composite(white, image).convert("RGB")
    with whole_file(path, error=PhotoError) as part:
        try:
            encode(image, part, kind, photo, quality=quality)
        except (OSError, ValueError, RuntimeError, MemoryError) as cause:
            height, width = photo.rgb.shape[:2]
            system = cause.strerror if isinstance(cause, OSError) else None  # Pillow sets none
            reason = system or f"{kind} did not take {width} x {height} pixels"
            raise PhotoError(f"cannot write: {reason} ({path})") from cause


def checked(photo: Photo | Bytes, path: str | Path) -> Photo:
    if not isinstance(photo, Photo):
        if photo.ndim != 3 or photo.shape[2] not in (3, 4) or photo.dtype != np.uint8:
            raise PhotoError(
                f"a picture is uint8 (H, W, 3 or 4), got {photo.dtype} {photo.shape} ({path})"
            )
        photo = Photo(photo[..., :3], photo[..., 3] if photo.shape[2] == 4 else None)
    if 0 in photo.rgb.shape:
        raise PhotoError(f"a picture needs at least one pixel, got {photo.rgb.shape} ({path})")
    return photo


def encode(image: Image.Image, part: Path, kind: str, photo: Photo, *, quality: int) -> None:
    options: dict[str, Any] = {"icc_profile": photo.icc} if photo.icc else {}
    if photo.exif:
        options["exif"] = photo.exif
    extra: dict[str, Callable[[], dict[str, Any]]] = {
        "JPEG": lambda: {"quality": quality, "subsampling": 0, "optimize": True},
        "WEBP": lambda: {"quality": quality, "method": 4},
        "HEIF": lambda: {"quality": quality, "chroma": 444},
        # What compresses cannot write the camera's part of EXIF.
        "TIFF": lambda: {} if photo.exif else {"compression": "tiff_deflate"},
        "PNG": lambda: {},
    }
    if kind == "HEIF":
        register_heif()
    image.save(part, format=kind, **options, **extra[kind]())
