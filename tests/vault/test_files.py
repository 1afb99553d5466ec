"""Files: every piece opens whole, unchanged and in its own place, and pieces make the file."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import vault
from intake.vault import PIECE, Key, Sealed, UnsealError
from tests.vault import reader
from tests.vault.fixed import CASE_KEY, OTHER_ROW, ROW, TEXT

KEY = CASE_KEY
CHUNK = 16_384 + 16  # of a box, FORMAT.md 2.3
WORDS = TEXT * 900
PADDED = WORDS.ljust(40_960, b"\0")
SMALL = vault.box_piece(KEY, WORDS, file=ROW, index=0, size=len(PADDED))
LENGTHS = st.integers(0, 3 * 2**31)


def pattern(length: int) -> bytes:
    """Content that repeats itself nowhere."""
    return hashlib.shake_128(TEXT).digest(length)


def boxed(content: bytes) -> list[Sealed]:
    """The pieces of a file."""
    sizes = vault.piece_sizes(len(content))
    parts = [content[at : at + PIECE] for at in range(0, len(sizes) * PIECE, PIECE)]
    return [
        vault.box_piece(KEY, part, file=ROW, index=index, size=size)
        for index, (part, size) in enumerate(zip(parts, sizes, strict=True))
    ]


def opened(pieces: list[Sealed], length: int) -> bytes:
    parts = vault.open_file(KEY, lambda index: [pieces[index]], file=ROW, length=length)
    return b"".join(parts)


CONTENT = pattern(2 * PIECE + 12_345)
PIECES = boxed(CONTENT)


@given(LENGTHS)
def test_the_pieces_of_a_file_have_room_for_all_of_it(length: int) -> None:
    sizes = vault.piece_sizes(length)
    assert sum(sizes) >= length
    assert set(sizes[:-1]) <= {PIECE}
    assert 0 < sizes[-1] <= PIECE


@given(LENGTHS)
def test_the_pieces_of_a_file_say_its_length_within_an_eighth_only(length: int) -> None:
    total = sum(vault.piece_sizes(length))
    assert total == reader.padme(max(length, 4096))
    assert total <= max(length * 1.12, 4096)


def test_many_lengths_have_one_size() -> None:
    assert len({vault.piece_sizes(length) for length in range(2_100_000, 2_160_000)}) == 1
    assert {vault.piece_sizes(length) for length in (0, 1, 4096)} == {(4096,)}


@settings(max_examples=20)
@given(st.binary(max_size=60_000))
def test_any_content_comes_back(content: bytes) -> None:
    assert opened(boxed(content), len(content)) == content


def test_a_file_of_several_pieces_comes_back() -> None:
    assert len(PIECES) == 3
    assert opened(PIECES, len(CONTENT)) == CONTENT


def test_pieces_that_hold_padding_alone_are_not_asked_for() -> None:
    length = 64 * PIECE + 1
    sizes, asked = vault.piece_sizes(length), []

    def piece(index: int) -> Iterator[Sealed]:
        asked.append(index)
        return vault.box_parts(KEY, [], file=ROW, index=index, size=sizes[index])

    assert sum(map(len, vault.open_file(KEY, piece, file=ROW, length=length))) == length
    assert asked == list(range(65))
    assert len(sizes) == 66


def test_an_empty_file_comes_back_empty() -> None:
    assert opened(boxed(b""), 0) == b""


def test_a_reader_of_the_format_alone_opens_a_file() -> None:
    padded = b"".join(
        reader.unbox(KEY.raw, piece, reader.context(["file", f"uuid:{ROW}", index]))
        for index, piece in enumerate(PIECES)
    )
    assert len(padded) == reader.padme(len(CONTENT))
    assert padded == CONTENT.ljust(len(padded), b"\0")


def test_the_box_of_a_whole_piece_is_as_long_as_stated() -> None:
    assert len(PIECES[0]) == vault.PIECE_BOX


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 40_000), max_size=12),
    st.lists(st.integers(1, 40_000), min_size=1, max_size=12),
)
def test_how_a_piece_is_cut_on_its_way_says_nothing(ins: list[int], outs: list[int]) -> None:
    content = pattern(sum(ins))
    size = len(content) + 500
    cuts = [content[sum(ins[:at]) : sum(ins[: at + 1])] for at in range(len(ins))]
    parts = vault.box_parts(KEY, cuts, file=ROW, index=3, size=size)
    piece = b"".join(parts)
    got = vault.open_parts(KEY, cut(piece, outs), file=ROW, index=3)
    assert b"".join(got) == content.ljust(size, b"\0")


def cut(piece: bytes, lengths: list[int]) -> Iterator[bytes]:
    """The piece in parts of these lengths, and what is left."""
    for length in lengths:
        yield piece[:length]
        piece = piece[length:]
    yield piece


def test_a_piece_on_its_way_keeps_nothing_back_but_less_than_a_chunk() -> None:
    boxing = vault.PieceBoxing(KEY, file=ROW, index=0)
    sent = received = 0
    for _ in range(100):
        sent += 10_000
        received += len(boxing.add(bytes(10_000)))
        assert received > sent - CHUNK


def test_the_same_content_is_never_boxed_alike() -> None:
    first, second = (vault.box_piece(KEY, TEXT, file=ROW, index=0, size=4096) for _ in range(2))
    assert not {first[at : at + 16] for at in range(1, 4000)} & {
        second[at : at + 16] for at in range(1, 4000)
    }


def test_no_piece_takes_more_than_its_room() -> None:
    boxing = vault.PieceBoxing(KEY, file=ROW, index=0)
    boxing.add(bytes(PIECE - 1))
    assert boxing.room == 1
    with pytest.raises(ValueError, match="full"):
        boxing.add(b"ab")


@pytest.mark.parametrize("size", [9, PIECE + 1])
def test_no_piece_is_longer_than_it_is_said_to_be(size: int) -> None:
    with pytest.raises(ValueError, match="longer"):
        vault.box_piece(KEY, bytes(10), file=ROW, index=0, size=size)


def test_a_piece_of_another_file_does_not_open() -> None:
    with pytest.raises(UnsealError):
        vault.open_piece(KEY, SMALL, file=OTHER_ROW, index=0)


def test_a_piece_does_not_open_under_the_key_of_another_file() -> None:
    with pytest.raises(UnsealError):
        vault.open_piece(Key.random(), SMALL, file=ROW, index=0)


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 0, 2], [0, 2, 1]])
def test_pieces_in_another_order_do_not_open(order: list[int]) -> None:
    with pytest.raises(UnsealError):
        opened([PIECES[index] for index in order], len(CONTENT))


CUTS = [0, 1, 57, 58, 1000, *(57 + n * CHUNK + d for n in (1, 2) for d in (-1, 0, 1))]


@pytest.mark.parametrize("length", [length for length in CUTS if length < len(SMALL)])
def test_a_piece_that_was_cut_does_not_open(length: int) -> None:
    with pytest.raises(UnsealError):
        vault.open_piece(KEY, SMALL[:length], file=ROW, index=0)


def test_a_piece_without_one_of_its_chunks_does_not_open() -> None:
    starts = [57, 57 + CHUNK, 57 + 2 * CHUNK, len(SMALL)]
    for start, end in pairwise(starts):
        with pytest.raises(UnsealError):
            vault.open_piece(KEY, SMALL[:start] + SMALL[end:], file=ROW, index=0)


def test_a_piece_whose_chunks_were_swapped_does_not_open() -> None:
    head, first, second = SMALL[:57], SMALL[57 : 57 + CHUNK], SMALL[57 + CHUNK : 57 + 2 * CHUNK]
    swapped = head + second + first + SMALL[57 + 2 * CHUNK :]
    with pytest.raises(UnsealError):
        vault.open_piece(KEY, swapped, file=ROW, index=0)


@settings(max_examples=300)
@given(st.integers(0, len(SMALL) * 8 - 1))
def test_a_piece_with_a_flipped_bit_does_not_open(place: int) -> None:
    changed = bytearray(SMALL)
    changed[place // 8] ^= 1 << place % 8
    with pytest.raises(UnsealError):
        vault.open_piece(KEY, changed, file=ROW, index=0)


@settings(max_examples=30)
@given(st.integers(0, len(SMALL) * 8 - 1))
def test_what_comes_before_a_flipped_bit_is_true(place: int) -> None:
    changed = bytearray(SMALL)
    changed[place // 8] ^= 1 << place % 8
    came: list[bytes] = []
    parts = vault.open_parts(KEY, cut(bytes(changed), [5000] * 7), file=ROW, index=0)
    with pytest.raises(UnsealError):
        came.extend(parts)
    assert PADDED.startswith(b"".join(came))


@pytest.mark.parametrize(
    "length", [4096, PIECE - 200_000, PIECE + 1, 2 * PIECE + 600_000, 4 * PIECE]
)
def test_a_file_is_refused_where_the_manifest_tells_another_size(length: int) -> None:
    pieces = [*PIECES, *PIECES]
    with pytest.raises(UnsealError):
        opened(pieces, length)


def test_an_earlier_version_of_a_piece_is_of_the_same_file_and_shows_by_its_hash() -> None:
    other = bytes(PIECE)
    pieces = [vault.box_piece(KEY, other, file=ROW, index=0), *PIECES[1:]]
    came = opened(pieces, len(CONTENT))
    assert hashlib.sha256(came).digest() != hashlib.sha256(CONTENT).digest()
