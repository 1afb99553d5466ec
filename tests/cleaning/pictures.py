"""Pictures made by the tests: ordinary ones with all that cameras write, and hostile ones."""

import struct
import zlib
from io import BytesIO
from typing import Any, Final

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

SECRET: Final = b"SECRET"
"""Stands in everything that a copy may not keep."""
_WORD: Final = SECRET.decode()
_HEIF_QUALITY: Final = 60


def plain(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A picture with a light upper left corner, so that it shows which way is up."""
    image = Image.new("L", size, 40)
    image.paste(220, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def noise(size: tuple[int, int]) -> Image.Image:
    """A picture with something in every part of it, as photographs have."""
    small = Image.effect_noise((size[0] // 8, size[1] // 8), 90)
    return small.resize(size, Image.Resampling.BILINEAR).convert("RGB")


def stored(image: Image.Image, format_: str, **how: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    out = BytesIO()
    image.save(out, format_, **how)
    return out.getvalue()


def exif(orientation: int = 1) -> bytes:
    """What a phone writes: maker, model, place, time, a comment."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F] = f"{_WORD}-MAKER"
    notes[0x0110] = f"{_WORD}-MODEL"
    notes[0x9286] = f"{_WORD}-COMMENT"
    notes.get_ifd(0x8825).update({1: "N", 2: (43.0, 15.0, 10.0), 3: "E", 4: (76.0, 56.0, 3.0)})
    notes.get_ifd(0x8825)[29] = f"{_WORD}-DAY"
    return notes.tobytes()


def profile() -> bytes:
    """A colour profile with words of its own."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made.replace(b"sRGB built-in", _WORD.encode() * 2 + b"X")


XMP: Final = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"


def telling(format_: str) -> bytes:
    """A picture of this format in which words stand wherever the format has room for them."""
    how: dict[str, Any] = {"exif": exif(), "icc_profile": profile()}
    if format_ in {"JPEG", "WEBP", "HEIF"}:
        how["xmp"] = XMP
    if format_ == "JPEG":
        how["comment"] = SECRET
    if format_ == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", _WORD)
        notes.add_text("Packed", _WORD * 20, zip=True)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        how["pnginfo"] = notes
    if format_ == "GIF":
        return stored(plain(mode="P"), "GIF", comment=SECRET) + SECRET
    return stored(plain(), format_, **how) + SECRET


def with_small_copy() -> bytes:
    """A JPEG whose EXIF block ends in a small JPEG of something else."""
    small = stored(plain((16, 12)), "JPEG", comment=SECRET)
    block = exif() + small
    whole = stored(plain(), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return whole[:2] + segment + whole[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    crc = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + crc


def png(width: int, height: int, *between: bytes) -> bytes:
    """A PNG that says it is so large, with a few points in it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    points = chunk(b"IDAT", zlib.compress(bytes(3000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(between) + points + chunk(b"IEND", b"")


def png_with_packed_words() -> bytes:
    """A small PNG with a comment that unpacks to 200 MB."""
    packed = zlib.compress(bytes(200_000_000), 9)
    return png(10, 10, chunk(b"zTXt", b"Comment\0\0" + packed))


def gif(width: int, height: int) -> bytes:
    """A GIF that says it is so large."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + _gif_frame(width, height)


def _gif_frame(width: int, height: int) -> bytes:
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0x80) + bytes(6)
    return frame + b"\x02\x02\x4c\x01\x00;"


def tiff(*tags: tuple[int, int, int, int], then: int = 0) -> bytes:
    """A TIFF with these tags (number, type, count, value) and nothing else."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return (
        b"II*\0"
        + struct.pack("<IH", 8, len(tags))
        + entries
        + struct.pack("<I", then)
        + bytes(64)
    )


def absurd_tiff() -> bytes:
    """A TIFF whose tags ask for four thousand million values each."""
    most = 2**32 - 1
    counts = [(tag, 4, most, 8) for tag in (273, 278, 279, 324, 325, 34665, 34853)]
    return tiff((256, 3, 1, 64), (257, 3, 1, 64), (258, 3, most, 8), (262, 3, 1, 2), *counts)


def huge_tiff() -> bytes:
    """A TIFF that says it is two million pixels wide and high."""
    return tiff(
        (256, 4, 1, 2_000_000), (257, 4, 1, 2_000_000), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (279, 4, 1, 64),
    )  # fmt: skip


def looping_tiff() -> bytes:
    """A TIFF whose list of pictures comes back to its first."""
    return tiff(
        (256, 4, 1, 4), (257, 4, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (279, 4, 1, 16),
        then=8,
    )  # fmt: skip


def spinning_jpeg() -> bytes:
    """A small JPEG that is to be drawn over a thousand times before it is finished."""
    whole = stored(plain((8000, 8000), "L"), "JPEG", progressive=True, quality=20)
    begin = whole.rindex(b"\xff\xda")
    return whole[:begin] + whole[begin:-2] * 3000 + whole[-2:]


def many_pictures() -> bytes:
    """A GIF that moves."""
    frames = [plain((32, 32), "P"), plain((32, 32), "P").rotate(90)]
    return stored(frames[0], "GIF", save_all=True, append_images=frames[1:])


def upright(content: bytes) -> bool:
    """Whether the light corner is the upper left one."""
    with Image.open(BytesIO(content)) as image:
        seen = image.convert("L")
    right, low = seen.width * 7 // 8, seen.height * 7 // 8
    places = ((4, 4), (right, 4), (4, low), (right, low))
    return [_is_light(seen, at) for at in places] == [True, False, False, False]


def _is_light(seen: Image.Image, at: tuple[int, int]) -> bool:
    light = seen.getpixel(at)
    assert light is not None
    assert not isinstance(light, tuple)
    return light > 128
