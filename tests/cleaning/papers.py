"""PDFs made by the tests: one with everything that a copy may not keep, and hostile ones."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, StreamDecodeLevel, String

from tests.cleaning import pictures

BOX = (0, 0, 300, 300)


def written(paper: Pdf, **how: Any) -> bytes:  # noqa: ANN401 - pikepdf's own
    out = BytesIO()
    paper.save(out, **how)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """The PDF with every stream that can be read in clear, and no objects packed together."""
    with pikepdf.open(BytesIO(content)) as paper:
        return written(
            paper,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.specialized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def page(paper: Pdf, drawing: bytes = b"", **kinds: Object) -> Object:
    """One more page of `paper`, with resources by their kinds."""
    resources = {f"/{kind}": named for kind, named in kinds.items()}
    made = paper.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array(BOX),
            Resources=Dictionary(resources),
            Contents=paper.make_stream(drawing),
        )
    )
    paper.pages.append(pikepdf.Page(made))
    return paper.pages[-1].obj


def simple(text: bytes = b"VISIBLE", pages: int = 1) -> Pdf:
    paper = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _ in range(pages):
        page(
            paper, b"BT /F 12 Tf 20 200 Td (" + text + b") Tj ET", Font=Dictionary({"/F": font})
        )
    return paper


def telling() -> Pdf:
    """A paper with scripts, links, forms, attachments, notes and pictures that tell."""
    paper = simple()
    whole = paper.pages[0].obj
    picture = _picture(paper)
    packed = _picture(paper, packed=True)
    form = paper.make_stream(b"q /A Do Q")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(BOX)
    form.PieceInfo = Dictionary(App=String("SECRET"))
    form.Resources = Dictionary(XObject=Dictionary({"/A": picture, "/Self": form}))
    whole.Resources.XObject = Dictionary({"/A": picture, "/B": packed, "/P": form})
    draws = paper.make_stream(b"q 90 0 0 90 0 0 cm /A Do Q q 90 0 0 90 99 0 cm /B Do /P Do Q")
    whole.Contents = Array([whole.Contents, draws])
    whole.Rotate = 90
    whole.AA = Dictionary(O=_script())
    whole.Annots = Array([_filled(paper), _link(paper), _attached(paper)])
    paper.Root.AcroForm = Dictionary(Fields=Array([whole.Annots[0]]), XFA=String("SECRET"))
    paper.Root.OpenAction = _script()
    paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script()])))
    paper.attachments["SECRET.exe"] = b"MZ SECRET"
    paper.docinfo["/Author"] = "SECRET"
    with paper.open_metadata() as notes:
        notes["dc:creator"] = ["SECRET"]
    return paper


def _picture(paper: Pdf, *, packed: bool = False) -> Object:
    coded = pictures.telling("JPEG")
    stream = paper.make_stream(zlib.compress(coded) if packed else coded)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = 64, 48, 8
    stream.ColorSpace = Name.DeviceRGB
    names = [Name.FlateDecode, Name.DCTDecode] if packed else [Name.DCTDecode]
    stream.Filter = Array(names)
    stream.Metadata = paper.make_stream(pictures.XMP)
    return stream


def _script() -> Object:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRET')"))


def _filled(paper: Pdf) -> Object:
    look = paper.make_stream(b"BT /F 9 Tf 1 1 Td (FILLED) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array((0, 0, 80, 20))
    look.Resources = paper.pages[0].obj.Resources
    return paper.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("SECRET"),
            V=String("SECRET"), Rect=Array((10, 100, 90, 120)), F=4, AP=Dictionary(N=look),
        )
    )  # fmt: skip


def _link(paper: Pdf) -> Object:
    action = Dictionary(S=Name.URI, URI=String("http://SECRET.example/"))
    return paper.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array((0, 0, 9, 9)), A=action)
    )


def _attached(paper: Pdf) -> Object:
    inside = paper.make_stream(b"MZ SECRET")
    file = Dictionary(Type=Name.Filespec, F=String("SECRET"), EF=Dictionary(F=inside))
    return paper.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array((0, 0, 9, 9)), FS=file
        )
    )


def raw(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its root; a table says where they are."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(content))
    )


def looping_pages() -> bytes:
    """Pages whose children are their parents."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 2 0 R]>>",
        b"<</Type/Pages/Parent 2 0 R/Count 1/Kids[2 0 R 3 0 R]>>",
    )


def endless_pages(count: int) -> bytes:
    """One page, said to be so many."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, b"3 0 R " * count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def bomb(megabytes: int) -> bytes:
    """A page whose drawing unpacks to so many megabytes."""
    packed = _packed(megabytes)
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    )


def packed_objects(megabytes: int) -> bytes:
    """A PDF whose pages lie in a stream of objects that unpacks to so many megabytes."""
    packed = _packed(megabytes, b"2 0 <</Type/Pages/Count 0/Kids[]>>")
    first = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    objects = (
        b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
        % len(packed)
    )
    content = first + objects + packed + b"\nendstream\nendobj\n"
    places = [(0, 0, 65535), (1, 9, 0), (2, 3, 0), (1, len(first), 0), (1, len(content), 0)]
    table = b"".join(struct.pack(">BIH", *place) for place in places)
    return content + (
        b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%b\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, len(content))
    )


def _packed(megabytes: int, begins: bytes = b"") -> bytes:
    packer = zlib.compressobj(9)
    spaces = b" " * 2**20
    return b"".join(
        [
            packer.compress(begins),
            *(packer.compress(spaces) for _ in range(megabytes)),
            packer.flush(),
        ]
    )


def nested(depth: int) -> bytes:
    """A page with a list in a list in a list…"""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox %b%b>>" % (b"[" * depth, b"]" * depth),
    )


def forms_in_forms(depth: int) -> Pdf:
    """A form that draws another ten times, which draws another ten times…"""
    paper = pikepdf.new()
    drawn = paper.make_stream(b"0 0 1 1 re f")
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array(BOX)
    for _ in range(depth):
        inner = Dictionary(XObject=Dictionary({"/X": drawn}))
        drawn = paper.make_stream(b"/#58 Do " * 10)
        drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array(BOX)
        drawn.Resources = inner
    page(paper, b"/X Do", XObject=Dictionary({"/X": drawn}))
    return paper


def drawing_itself() -> Pdf:
    paper = pikepdf.new()
    form = paper.make_stream(b"/X Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(BOX)
    form.Resources = Dictionary(XObject=Dictionary({"/X": form}))
    page(paper, b"/X Do", XObject=Dictionary({"/X": form}))
    return paper


def reaching_outside() -> bytes:
    """A page whose drawing is said to lie in a file of the machine."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</F(/etc/passwd)/FFilter/FlateDecode/Length 0>>stream\n\nendstream",
    )


def huge_picture() -> Pdf:
    """A page with a picture that says it is two million pixels wide and high."""
    paper = pikepdf.new()
    image = paper.make_stream(b"\0")
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    image.Width, image.Height, image.BitsPerComponent = 2_000_000, 2_000_000, 8
    page(paper, b"/X Do", XObject=Dictionary({"/X": image}))
    return paper
