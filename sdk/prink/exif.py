"""What of a photo's EXIF goes into its copy: who, when, with what; not how the file was laid out.

Pixels, size and colours are new in the copy, so a tag that describes them would be false. In a TIFF
file such tags even share a directory with the rest, and would make the copy unreadable.
"""

from PIL import ExifTags, Image

__all__ = ["descriptive_exif"]

Base = ExifTags.Base
DESCRIPTIVE = (
    Base.ImageDescription,
    Base.Make,
    Base.Model,
    Base.XResolution,
    Base.YResolution,
    Base.ResolutionUnit,
    Base.Software,
    Base.DateTime,
    Base.Artist,
    Base.HostComputer,
    Base.Rating,
    Base.Copyright,
    Base.XPTitle,
    Base.XPComment,
    Base.XPAuthor,
    Base.XPKeywords,
    Base.XPSubject,
)
# Of the camera's own directory all but this. Maker notes may hold places, names and a small picture
# of the face without makeup.
NOT_TRUE_OF_THE_COPY = (
    Base.ComponentsConfiguration,
    Base.CompressedBitsPerPixel,
    Base.MakerNote,
    Base.ColorSpace,
    Base.ExifImageWidth,
    Base.ExifImageHeight,
    Base.ExifInteroperabilityOffset,
    0x9214,  # SubjectArea, in the old orientation
    Base.SubjectLocation,
)


def descriptive_exif(image: Image.Image) -> bytes | None:
    """Returns the tags that stay true in a copy, None if there are none.

    Place (GPS), rotation and thumbnail are left out: photos of people are personal data, the copy
    is upright, and a thumbnail would show the old picture.
    """
    try:
        found = image.getexif()
        kept = Image.Exif()
        kept.update({tag: found[tag] for tag in DESCRIPTIVE if tag in found})
        camera = found.get_ifd(ExifTags.IFD.Exif)
        if told := {tag: camera[tag] for tag in camera if tag not in NOT_TRUE_OF_THE_COPY}:
            kept.get_ifd(ExifTags.IFD.Exif).update(told)
        return kept.tobytes() if len(kept) or told else None
    except Exception:  # tags that Pillow reads but cannot write: no reason to lose the photo
        return None
