"""Draws the images in custom_components/tuya_lock_manager/brand.

Run it with `.local/newest/bin/python script/draw_brand.py` after a change.
"""

from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

BRAND = (
    Path(__file__).parent.parent / "custom_components" / "tuya_lock_manager" / "brand"
)
OVERSAMPLING = 4
GRID = 256  # everything is drawn on a grid of this size

TEAL = (15, 108, 104)
DOOR = (244, 250, 249)
AMBER = (247, 178, 52)
INK = (18, 48, 52)
PALE = (232, 241, 240)


class Canvas:
    """A drawing in grid units, enlarged so that scaling it down smooths its edges."""

    def __init__(self, width: int, height: int, scale: float) -> None:
        """Make an empty, transparent drawing of `width` by `height` grid units."""
        self.factor = scale * OVERSAMPLING
        self.image = Image.new("RGBA", self.size(width, height))
        self.draw = ImageDraw.Draw(self.image)

    def size(self, width: float, height: float) -> tuple[int, int]:
        """Return grid units as pixels of the enlarged drawing."""
        return round(width * self.factor), round(height * self.factor)

    def box(self, *values: float) -> list[float]:
        """Return coordinates in pixels of the enlarged drawing."""
        return [value * self.factor for value in values]

    def disc(
        self, x: float, y: float, radius: float, fill: tuple[int, int, int]
    ) -> None:
        """Draw a filled circle."""
        self.draw.ellipse(
            self.box(x - radius, y - radius, x + radius, y + radius), fill=fill
        )

    def hand(self, x: float, y: float, length: float, turn: float) -> None:
        """Draw a hand of the clock; `turn` is 0 at twelve o'clock, 0.25 at three."""
        angle = 2 * pi * turn
        end = (x + length * sin(angle), y - length * cos(angle))
        self.draw.line(
            self.box(x, y, *end), fill=INK, width=round(7 * self.factor), joint="curve"
        )
        self.disc(*end, 3.5, INK)

    def finished(self) -> Image.Image:
        """Return the drawing in its final size."""
        return self.image.reduce(OVERSAMPLING)


def draw_icon(canvas: Canvas) -> None:
    """Draw the sign: a door with a keyhole, and the clock that limits who gets in."""
    draw, box = canvas.draw, canvas.box
    draw.rounded_rectangle(box(0, 0, 256, 256), radius=56 * canvas.factor, fill=TEAL)
    draw.rounded_rectangle(box(62, 34, 178, 226), radius=14 * canvas.factor, fill=DOOR)
    canvas.disc(120, 104, 19, TEAL)
    draw.polygon(box(111, 108, 129, 108, 137, 156, 103, 156), fill=TEAL)
    canvas.disc(182, 182, 56, TEAL)
    canvas.disc(182, 182, 46, AMBER)
    canvas.hand(182, 182, 31, 0)
    canvas.hand(182, 182, 24, 1 / 3)
    canvas.disc(182, 182, 6, INK)


def icon(scale: float) -> Image.Image:
    """Return the square icon; `scale` 1 is 256 pixels."""
    canvas = Canvas(GRID, GRID, scale)
    draw_icon(canvas)
    return canvas.finished()


def logo(scale: float, ink: tuple[int, int, int]) -> Image.Image:
    """Return the icon with the name beside it; `scale` 1 is 256 pixels high."""
    lines = ("Tuya Lock", "Manager")
    measure = ImageFont.load_default(104)
    text_width = max(measure.getlength(line) for line in lines)
    canvas = Canvas(round(GRID + 40 + text_width), GRID, scale)
    draw_icon(canvas)
    font = ImageFont.load_default(104 * canvas.factor)
    for line, top in zip(lines, (14, 126), strict=True):
        canvas.draw.text(canvas.box(GRID + 40, top), line, font=font, fill=ink)
    return canvas.finished()


def main() -> None:
    """Write every image."""
    BRAND.mkdir(exist_ok=True)
    for suffix, scale in (("", 1), ("@2x", 2)):
        icon(scale).save(BRAND / f"icon{suffix}.png", optimize=True)
        logo(scale, INK).save(BRAND / f"logo{suffix}.png", optimize=True)
        logo(scale, PALE).save(BRAND / f"dark_logo{suffix}.png", optimize=True)


if __name__ == "__main__":
    main()
