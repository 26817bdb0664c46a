"""Draws the two icons of the Teams app, a mortarboard in a speech bubble, with the standard library alone."""

import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

Point = tuple[float, float]
Colour = tuple[int, int, int]
Shape = Callable[[float, float], bool]
Layer = tuple[Shape, Colour | None]  # None wipes what lies beneath

PETROL: Colour = (15, 92, 102)  # also accentColor in manifest.json
WHITE: Colour = (255, 255, 255)
AMBER: Colour = (242, 166, 42)
GRID = [(step + 0.5) / 8 for step in range(8)]  # where a pixel is sampled, on each axis


def everywhere(_x: float, _y: float) -> bool:
    return True


def rounded_box(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    def inside(x: float, y: float) -> bool:
        dx = max(left + radius - x, x - right + radius, 0.0)
        dy = max(top + radius - y, y - bottom + radius, 0.0)
        return dx * dx + dy * dy <= radius * radius

    return inside


def polygon(*corners: Point) -> Shape:
    """A convex polygon: a point is inside when it lies on the same side of every edge."""
    edges = list(zip(corners, corners[1:] + corners[:1], strict=True))

    def inside(x: float, y: float) -> bool:
        sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for (ax, ay), (bx, by) in edges]
        return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)

    return inside


def union(*shapes: Shape) -> Shape:
    return lambda x, y: any(shape(x, y) for shape in shapes)


def without(shape: Shape, hole: Shape) -> Shape:
    return lambda x, y: shape(x, y) and not hole(x, y)


def board(centre: Point, half_width: float, half_height: float) -> Shape:
    """The flat top of the mortarboard, seen from the front: a lying diamond."""
    cx, cy = centre
    return polygon((cx, cy - half_height), (cx + half_width, cy), (cx, cy + half_height), (cx - half_width, cy))


def color_layers() -> Sequence[Layer]:
    """The 192 px icon: a white bubble on petrol, the cap in petrol with an amber tassel."""
    bubble = union(rounded_box(29, 30, 163, 134, 30), polygon((54, 122), (54, 162), (100, 128)))
    head = without(rounded_box(67, 56, 125, 117, 18), board((96, 77), 58, 28))
    cord = polygon((96, 69.5), (96, 74.5), (139.5, 76.5), (142, 71.5))
    tassel = union(rounded_box(137, 71.5, 142, 100, 2.5), rounded_box(134, 94, 145, 111, 5.5))
    return [
        (everywhere, PETROL),
        (bubble, WHITE),
        (head, PETROL),
        (board((96, 72), 52, 25), PETROL),
        (union(cord, tassel), AMBER),
    ]


def outline_layers() -> Sequence[Layer]:
    """The 32 px icon: the same picture as a white drawing on nothing."""
    bubble = union(rounded_box(1, 2, 31, 26, 7), polygon((6, 22), (6, 32), (17, 25)))
    paper = union(rounded_box(3, 4, 29, 24, 5), polygon((8, 22), (8, 28), (14, 24)))
    head = without(rounded_box(10, 10, 22, 21.5, 4), board((16, 12.5), 12.5, 6))
    tassel = union(rounded_box(24, 11, 25.5, 18, 0.7), rounded_box(23.5, 15.5, 26, 19.5, 1.2))
    cap = union(head, board((16, 11.3), 10.5, 5), tassel)
    return [(bubble, WHITE), (paper, None), (cap, WHITE)]


def seen(layers: Sequence[Layer], x: float, y: float) -> Colour | None:
    """The colour of the topmost layer at a point; None where nothing is drawn."""
    return next((colour for shape, colour in reversed(layers) if shape(x, y)), None)


def sampled(layers: Sequence[Layer], column: int, row: int) -> list[Colour | None]:
    """The colours in one pixel: its four corners where they agree, a fine grid where an edge runs."""
    corners = [seen(layers, column + dx, row + dy) for dy in (0.01, 0.99) for dx in (0.01, 0.99)]
    if len(set(corners)) == 1:
        return corners
    return [seen(layers, column + dx, row + dy) for dy in GRID for dx in GRID]


def pixel(layers: Sequence[Layer], column: int, row: int) -> bytes:
    """One RGBA pixel: the mean colour of its samples, its alpha the share of samples that hit something."""
    colours = sampled(layers, column, row)
    hits = [colour for colour in colours if colour is not None]
    if not hits:
        return bytes((*WHITE, 0))
    mean = (round(sum(channel) / len(hits)) for channel in zip(*hits, strict=True))
    return bytes((*mean, round(255 * len(hits) / len(colours))))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(layers: Sequence[Layer], size: int) -> bytes:
    """A square RGBA PNG of `size` pixels; every row has filter 0."""
    rows = (b"\0" + b"".join(pixel(layers, column, row) for column in range(size)) for row in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def main() -> None:
    folder = Path(__file__).resolve().parent
    (folder / "color.png").write_bytes(png(color_layers(), 192))
    (folder / "outline.png").write_bytes(png(outline_layers(), 32))


if __name__ == "__main__":
    main()
