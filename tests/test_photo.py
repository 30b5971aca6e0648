"""Photos: every kind of file becomes the same upright sRGB pixels, and bad ones say why."""

import io
import os
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from prink.photo import PHOTO_SUFFIXES, Photo, PhotoError, load_photo, save_photo


@pytest.fixture(scope="module")
def small(astronaut):
    return np.ascontiguousarray(astronaut[40:200:2, 160:280:2])  # 80 rows, 60 columns


def difference(one, other):
    return np.abs(one.astype(int) - other.astype(int)).mean()


@pytest.mark.parametrize("suffix", sorted(PHOTO_SUFFIXES))
def test_saved_photo_loads_back_the_same(small, tmp_path, suffix):
    save_photo(small, tmp_path / f"a{suffix}")
    assert difference(load_photo(tmp_path / f"a{suffix}").rgb, small) < 2.5


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif", ".heic"])
def test_alpha_survives(small, tmp_path, suffix):
    alpha = np.tile(np.linspace(0, 255, 60).astype(np.uint8), (80, 1))
    save_photo(Photo(small, alpha), tmp_path / f"a{suffix}")
    found = load_photo(tmp_path / f"a{suffix}").alpha
    assert found is not None
    assert difference(found, alpha) < 2


def test_jpeg_lays_alpha_on_white(small, tmp_path):
    save_photo(Photo(small, np.zeros((80, 60), np.uint8)), tmp_path / "a.jpg")
    found = load_photo(tmp_path / "a.jpg")
    assert found.alpha is None
    assert found.rgb.min() > 250


@pytest.mark.parametrize("tag", range(1, 9))
def test_exif_rotation_is_applied_and_not_written_again(small, tmp_path, tag):
    undo = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a),
        7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
        8: lambda a: np.rot90(a, -1),
    }
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = tag, "maker"
    stored = Image.fromarray(np.ascontiguousarray(undo[tag](small)))
    stored.save(tmp_path / "turned.png", exif=exif)
    photo = load_photo(tmp_path / "turned.png")
    assert np.array_equal(photo.rgb, small)
    save_photo(photo, tmp_path / "out.jpg")
    with Image.open(tmp_path / "out.jpg") as out:
        assert out.getexif().get(0x0112, 1) == 1
        assert out.getexif()[0x010F] == "maker"


TIFF_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "I", "I;16")


def in_mode(pixels, mode):
    image = Image.fromarray(pixels)
    if mode in ("I", "I;16"):
        wide = np.asarray(image.convert("L")).astype(np.int32 if mode == "I" else np.uint16)
        return Image.fromarray(wide * 257)
    if mode == "LAB":
        profiles = [ImageCms.createProfile(name) for name in ("sRGB", "LAB")]
        image = ImageCms.profileToProfile(image, *profiles, outputMode="LAB")
        del image.info["icc_profile"]
        return image
    return (image.convert("RGBA") if mode in ("LA", "PA") else image).convert(mode)


@pytest.mark.parametrize("target", ["tif", "jpg", "png", "webp", "heic"])
@pytest.mark.parametrize("mode", TIFF_MODES)
def test_tiff_of_any_mode_can_be_written_and_read_back(small, tmp_path, mode, target):
    source, copy = tmp_path / "a.tif", tmp_path / f"b.{target}"
    in_mode(small, mode).save(source, compression="tiff_lzw", description="a face")
    photo = load_photo(source)
    grey = np.asarray(Image.fromarray(small).convert("L").convert("RGB"))
    limit = {"1": 130, "P": 20, "LAB": 3}.get(mode, 2)
    assert difference(photo.rgb, grey if mode in ("L", "LA", "I", "I;16") else small) < limit
    save_photo(photo, copy)
    assert difference(load_photo(copy).rgb, photo.rgb) < {"1": 14, "P": 14}.get(mode, 2.5)
    with Image.open(copy) as image:
        assert image.getexif()[ExifTags.Base.ImageDescription] == "a face"


def test_exif_keeps_the_camera_but_neither_place_nor_maker_notes(small, tmp_path):
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "camera"
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {0x9003: "2024:01:02 03:04:05", 0x829A: 0.01, 0x927C: b"notes", 0xA002: 9, 0xA001: 65535}
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 31.0, 0.0)})
    Image.fromarray(small).save(tmp_path / "a.jpg", exif=exif)
    with Image.open(tmp_path / "a.jpg") as image:
        assert image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    for suffix in ("jpg", "png", "tif", "webp", "heic"):
        save_photo(load_photo(tmp_path / "a.jpg"), tmp_path / f"b.{suffix}")
        with Image.open(tmp_path / f"b.{suffix}") as image:
            found = image.getexif()
            camera = found.get_ifd(ExifTags.IFD.Exif)
            assert found[ExifTags.Base.Model] == "camera"
            assert camera[0x9003] == "2024:01:02 03:04:05"
            assert camera[0x829A] == pytest.approx(0.01)
            assert not {0x927C, 0xA002, 0xA001} & set(camera)
            assert not found.get_ifd(ExifTags.IFD.GPSInfo)


@pytest.mark.parametrize("suffix", ["gif", "png", "webp", "tif"])
def test_pictures_of_a_file_are_counted(small, tmp_path, suffix):
    pages = [Image.fromarray(small), Image.fromarray(small[::-1].copy())]
    pages[0].save(tmp_path / f"a.{suffix}", save_all=True, append_images=pages[1:])
    photo = load_photo(tmp_path / f"a.{suffix}")
    assert photo.pictures == 2
    assert difference(photo.rgb, small) < 8
    assert difference(photo.rgb, small[::-1]) > 20
    pages[0].save(tmp_path / f"b.{suffix}")
    assert load_photo(tmp_path / f"b.{suffix}").pictures == 1


def test_exif_thumbnail_of_the_bare_face_is_not_kept(small, tmp_path):
    thumb = io.BytesIO()
    Image.fromarray(small).resize((16, 16)).save(thumb, "JPEG")
    jpeg = thumb.getvalue()
    raw = b"Exif\0\0II*\0" + struct.pack("<I", 8)
    raw += struct.pack("<HHHI4sI", 1, 0x010F, 2, 4, b"abc\0", 26)  # IFD0, then IFD1 at 26
    raw += struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(jpeg), 0) + jpeg
    Image.fromarray(small).save(tmp_path / "a.jpg", exif=raw)
    with Image.open(tmp_path / "a.jpg") as source:
        assert source.getexif().get_ifd(ExifTags.IFD.IFD1)[0x0202] == len(jpeg)
    save_photo(load_photo(tmp_path / "a.jpg"), tmp_path / "b.jpg")
    assert (tmp_path / "b.jpg").read_bytes().count(b"\xff\xd8\xff") == 1


def png16(pixels, color_type):
    height, width = pixels.shape[:2]
    rows = pixels.astype(">u2").reshape(height, -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, color_type, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def test_sixteen_bit_colour_keeps_its_tones(small, tmp_path):
    (tmp_path / "a.png").write_bytes(png16(small.astype(np.uint16) * 257, 2))
    assert np.array_equal(load_photo(tmp_path / "a.png").rgb, small)


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bit_grey_is_scaled_not_clipped(tmp_path, suffix):
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (4, 1))
    Image.fromarray(ramp).save(tmp_path / f"a.{suffix}")
    rgb = load_photo(tmp_path / f"a.{suffix}").rgb
    assert np.abs(rgb[0, :, 0].astype(int) - np.arange(256)).max() <= 1
    assert (rgb[..., 0] == rgb[..., 2]).all()


def test_palette_grey_and_cmyk_become_rgb(small, tmp_path):
    image = Image.fromarray(small)
    image.convert("L").save(tmp_path / "grey.jpg", quality=98)
    image.convert("P", palette=Image.Palette.ADAPTIVE).save(tmp_path / "palette.png")
    image.convert("CMYK").save(tmp_path / "cmyk.jpg", quality=98)
    image.convert("LA").save(tmp_path / "la.png")
    for name, limit in [("grey.jpg", 60), ("palette.png", 6), ("cmyk.jpg", 6), ("la.png", 60)]:
        rgb = load_photo(tmp_path / name).rgb
        assert rgb.shape == small.shape
        assert difference(rgb, small) < limit, name


def test_palette_transparency_becomes_alpha(tmp_path):
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 200, 10, 20])
    image.putpixel((0, 0), 0)
    image.save(tmp_path / "a.png", transparency=0)
    photo = load_photo(tmp_path / "a.png")
    assert photo.alpha is not None
    assert photo.alpha[0, 0] == 0
    assert photo.alpha[1, 1] == 255
    assert tuple(photo.rgb[1, 1]) == (200, 10, 20)


def wide_profile():
    """An RGB profile with gamma 1, by patching the tone curves of the built sRGB one."""
    raw = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for place in range(struct.unpack(">I", raw[128:132])[0]):
        name, offset, _ = struct.unpack(">4sII", raw[132 + 12 * place : 144 + 12 * place])
        if name in (b"rTRC", b"gTRC", b"bTRC"):
            raw[offset : offset + 16] = b"para" + bytes(4) + struct.pack(">HHi", 0, 0, 65536)
        if name == b"desc":
            text = raw.find("sRGB".encode("utf-16-be"), offset)
            raw[text : text + 8] = "flat".encode("utf-16-be")
    return bytes(raw)


def test_other_profile_is_converted_to_srgb(tmp_path):
    Image.new("RGB", (8, 8), (55, 55, 55)).save(tmp_path / "a.png", icc_profile=wide_profile())
    photo = load_photo(tmp_path / "a.png")
    assert abs(int(photo.rgb[0, 0, 1]) - 128) <= 2  # 55/255 in linear light is 128/255 in sRGB
    save_photo(photo, tmp_path / "b.jpg")
    assert abs(int(load_photo(tmp_path / "b.jpg").rgb[0, 0, 1]) - 128) <= 2


def test_broken_profile_is_ignored(small, tmp_path):
    Image.fromarray(small).save(tmp_path / "a.png", icc_profile=b"no profile at all" * 20)
    assert np.array_equal(load_photo(tmp_path / "a.png").rgb, small)


def test_one_pixel_loads(tmp_path):
    Image.new("RGB", (1, 1), (1, 2, 3)).save(tmp_path / "a.png")
    assert load_photo(tmp_path / "a.png").rgb.tolist() == [[[1, 2, 3]]]


def refusal(action):
    with pytest.raises(PhotoError) as caught:
        action()
    text = str(caught.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("zero.jpg", b"", "empty"),
        ("text.png", b"this is not a picture", "not an image"),
        ("video.heic", b"\0\0\0\x18ftypmp42" + bytes(200), "not an image"),
    ],
)
def test_no_image_says_so(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    text = refusal(lambda: load_photo(path))
    assert reason in text
    assert str(path) in text


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".heic"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_truncated_says_so(astronaut, tmp_path, suffix, share):
    whole, cut = tmp_path / f"whole{suffix}", tmp_path / f"cut{suffix}"
    save_photo(astronaut[:128, :128], whole)
    data = whole.read_bytes()
    cut.write_bytes(data[: max(20, int(len(data) * share))])
    said = refusal(lambda: load_photo(cut))
    assert re.search("damaged|cut off", said)
    assert "processed" not in said  # Pillow's word; it counts bytes


def test_too_large_names_the_limit(tmp_path):
    Image.new("1", (20000, 10)).save(tmp_path / "long.png")
    assert "16384" in refusal(lambda: load_photo(tmp_path / "long.png"))
    Image.new("1", (12000, 12000)).save(tmp_path / "big.png")
    assert "100" in refusal(lambda: load_photo(tmp_path / "big.png"))
    bomb = bytearray(png16(np.zeros((1, 1), np.uint16), 0))
    bomb[16:24] = struct.pack(">II", 16000, 16000)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bomb[12:29]))
    (tmp_path / "bomb.png").write_bytes(bomb)
    assert "100 megapixels" in refusal(lambda: load_photo(tmp_path / "bomb.png"))


def test_missing_and_folder_say_so(tmp_path):
    assert "No such file" in refusal(lambda: load_photo(tmp_path / "none.jpg"))
    assert "directory" in refusal(lambda: load_photo(tmp_path))


def test_bad_outputs_say_so_and_leave_nothing(small, tmp_path):
    unknown = refusal(lambda: save_photo(small, tmp_path / "a.xyz"))
    assert "a photo cannot be written as .xyz; known: .jpg, .jpeg, .png" in unknown
    assert unknown.endswith(f"({tmp_path / 'a.xyz'})")
    assert "without a suffix" in refusal(lambda: save_photo(small, tmp_path / "a"))
    assert "folder" in refusal(lambda: save_photo(small, tmp_path / "none" / "a.png"))
    assert "float" in refusal(lambda: save_photo(small / 255, tmp_path / "a.png"))
    assert "at least one pixel" in refusal(lambda: save_photo(small[:0], tmp_path / "a.png"))
    (tmp_path / "pipe.png").symlink_to(os.devnull)
    assert "plain files" in refusal(lambda: save_photo(small, tmp_path / "pipe.png"))
    too_wide = np.zeros((1, 16400, 3), np.uint8)
    assert "WEBP did not take 16400 x 1 pixels" in refusal(
        lambda: save_photo(too_wide, tmp_path / "a.webp")
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pipe.png"]


def test_failed_write_keeps_the_old_file(small, tmp_path, monkeypatch):
    target = tmp_path / "a.png"
    save_photo(small, target)
    before = target.read_bytes()

    def full(self, path, **options):
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    assert "No space left" in refusal(lambda: save_photo(small, target))
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_bytes_load_or_refuse_in_one_sentence(tmp_path_factory, data):
    picture = np.random.default_rng(3).integers(0, 255, (24, 24, 3)).astype(np.uint8)
    path = (
        tmp_path_factory.mktemp("damage")
        / f"a{data.draw(st.sampled_from(['.jpg', '.png', '.webp', '.tif']))}"
    )
    save_photo(picture, path)
    content = bytearray(path.read_bytes())
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=8)
    ):
        content[place] = value
    path.write_bytes(content)
    try:
        photo = load_photo(path)
    except PhotoError:
        assert str(path) in refusal(lambda: load_photo(path))
    else:
        assert photo.rgb.dtype == np.uint8
