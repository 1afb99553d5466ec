"""Copies of pictures show what the picture shows, and tell nothing else."""

from io import BytesIO

import pytest
from PIL import Image

from intake.cleaning import KINDS, LIMITS, cleaned
from intake.cleaning.confined.pictures import FORMATS, copied
from tests.cleaning import pictures

EVERY = sorted(FORMATS)


def copy_of(content: bytes, code: str) -> Image.Image:
    """The copy, made as the confined process makes it."""
    with Image.open(BytesIO(copied(FORMATS[code], content, LIMITS).content)) as image:
        image.load()
        return image


@pytest.mark.parametrize("code", EVERY)
def test_a_copy_keeps_no_word_place_or_small_picture(code: str) -> None:
    content = pictures.telling(FORMATS[code])
    assert pictures.SECRET in content
    copy = copied(FORMATS[code], content, LIMITS).content
    assert pictures.SECRET not in copy
    with Image.open(BytesIO(copy)) as image:
        assert not image.getexif()
        assert not {"icc_profile", "xmp", "comment", "Comment", "XML:com.adobe.xmp"} & set(
            image.info
        )


def test_a_small_picture_inside_a_picture_is_gone() -> None:
    content = pictures.with_small_copy()
    assert content.count(b"\xff\xd8\xff") == 2
    copy = copied("JPEG", content, LIMITS).content
    assert copy.count(b"\xff\xd8\xff") == 1
    assert pictures.SECRET not in copy


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("code", ["jpeg", "png", "webp", "tiff"])
def test_a_picture_is_turned_as_the_camera_was_held(code: str, orientation: int) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = pictures.plain((64, 48))
    if orientation in back:
        held = held.transpose(back[orientation])
    content = pictures.stored(held, FORMATS[code], exif=pictures.exif(orientation))
    copy = copied(FORMATS[code], content, LIMITS)
    assert pictures.upright(copy.content)
    assert copy_of(content, code).size == (64, 48)


def test_a_turned_heic_is_upright() -> None:
    turned = pictures.plain((64, 48)).transpose(Image.Transpose.ROTATE_90)
    content = pictures.stored(turned, "HEIF", exif=pictures.exif(6))
    assert pictures.upright(copied("HEIF", content, LIMITS).content)


def test_notes_that_nobody_can_read_hide_no_picture() -> None:
    content = pictures.stored(pictures.plain(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff!")
    assert pictures.upright(cleaned([content], KINDS["jpeg"]).content)


@pytest.mark.parametrize("code", EVERY)
def test_a_copy_is_no_larger_than_a_screen_needs(code: str) -> None:
    content = pictures.stored(pictures.plain((3000, 1500)), FORMATS[code])
    assert copy_of(content, code).size == (LIMITS.side, LIMITS.side // 2)


@pytest.mark.parametrize(
    ("code", "mode", "expected"),
    [
        ("jpeg", "L", "L"),
        ("jpeg", "CMYK", "RGB"),
        ("png", "1", "RGB"),
        ("png", "P", "RGB"),
        ("png", "RGBA", "RGBA"),
        ("png", "LA", "RGBA"),
        ("png", "I;16", "L"),
        ("tiff", "1", "RGB"),
        ("tiff", "CMYK", "RGB"),
        ("tiff", "F", "L"),
        ("tiff", "RGBA", "RGB"),
        ("webp", "RGBA", "RGB"),
    ],
)
def test_every_way_to_keep_colours_becomes_an_ordinary_one(
    code: str, mode: str, expected: str
) -> None:
    picture = pictures.plain(mode="I").convert("I;16") if mode == "I;16" else None
    content = pictures.stored(picture or pictures.plain(mode=mode), FORMATS[code])
    assert copy_of(content, code).mode == expected


def test_sixteen_bits_of_grey_keep_their_light() -> None:
    grey = Image.new("I;16", (20, 20), 40000)
    assert copy_of(pictures.stored(grey, "PNG"), "png").getpixel((5, 5)) == 155


def test_behind_what_is_transparent_there_is_white() -> None:
    clear = pictures.stored(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "WEBP", lossless=True)
    assert copy_of(clear, "webp").getpixel((5, 5)) == (255, 255, 255)


def test_a_colour_profile_is_drawn_into_the_picture() -> None:
    """A profile that swaps nothing keeps colours; a broken one hides no picture."""
    red = Image.new("RGB", (20, 20), (200, 30, 30))
    kept = copy_of(pictures.stored(red, "PNG", icc_profile=pictures.profile()), "png")
    broken = copy_of(pictures.stored(red, "PNG", icc_profile=b"no profile"), "png")
    assert kept.getpixel((5, 5)) == broken.getpixel((5, 5)) == (200, 30, 30)


def test_a_moving_picture_says_that_there_is_more() -> None:
    assert cleaned([pictures.many_pictures()], KINDS["gif"]).more
    assert not cleaned([pictures.stored(pictures.plain(), "GIF")], KINDS["gif"]).more
