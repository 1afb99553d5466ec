"""Pictures drawn anew: upright, in colours that every screen shows, without a word in them."""

from io import BytesIO
from typing import Final

import pillow_heif
from PIL import GifImagePlugin, Image, ImageCms, TiffImagePlugin, WebPImagePlugin

from intake.cleaning.confined.outcome import Copy
from intake.cleaning.limits import Limits, NotCleaned, Why

FORMATS: Final = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": WebPImagePlugin.WebPImageFile.format,
    "heic": "HEIF",
    "gif": GifImagePlugin.GifImageFile.format,
    "tiff": TiffImagePlugin.TiffImageFile.format,
}
_DRAWINGS: Final = ("PNG", "GIF")  # JPEG would blur the letters of a screen
_ORIENTATION: Final = 0x0112  # EXIF 2.32, 4.6.4
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB: Final = ImageCms.createProfile("sRGB")


def _load() -> None:
    """Have every reader and writer at hand, for nothing can be loaded later."""
    Image.MAX_IMAGE_PIXELS = None  # ours is asked instead
    Image.preinit()
    # A small picture inside may show something else than the picture.
    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=0
    )


_load()


def copied(format_: str, content: bytes, limits: Limits) -> Copy:
    """The first picture of the file as JPEG or PNG, at most `limits.side` pixels a side."""
    with Image.open(BytesIO(content), formats=[format_]) as image:
        if image.width * image.height > limits.pixels:
            raise NotCleaned(Why.TOO_MANY_PIXELS)
        more = bool(getattr(image, "is_animated", False))
        seen = _in_plain_colours(_upright(_small(image, limits.side)))
    code = "png" if format_ in _DRAWINGS else "jpeg"
    return Copy(code, _written(seen, code), more)


def _small(image: Image.Image, side: int) -> Image.Image:
    """Of every camera's depth, palette and layers just what a screen shows."""
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    elif image.mode in {"1", "P", "PA", "LA", "La", "RGBa"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((side, side), reducing_gap=2.0)
    image.load()  # what is small enough was not read by that
    if image.mode in {"I", "F"}:
        return image.point(lambda light: light * (255 / 65535)).convert("L")
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - what a camera wrote wrongly is no reason to see nothing
        turn = None
    return image if turn is None else image.transpose(turn)


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """The colours as sRGB, so that the profile can go and bruises keep their shade."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        described = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, described, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image
    return turned or image


def _written(image: Image.Image, code: str) -> bytes:
    if image.has_transparency_data and code == "jpeg":
        image = Image.alpha_composite(
            Image.new("RGBA", image.size, "white"), image.convert("RGBA")
        )
    kept = ("L", "RGB", "RGBA") if code == "png" else ("L", "RGB")
    image = image if image.mode in kept else image.convert("RGB")
    # Of the picture itself nothing is taken along but its points.
    fresh, out = Image.frombytes(image.mode, image.size, image.tobytes()), BytesIO()
    if code == "png":
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "JPEG", quality=88)
    return out.getvalue()
