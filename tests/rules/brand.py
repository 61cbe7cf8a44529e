"""brand/: the images that Home Assistant serves for a custom integration."""

from pathlib import Path

from PIL import Image, UnidentifiedImageError

ALLOWED = {
    f"{dark}{kind}{double}.png"
    for dark in ("", "dark_")
    for kind in ("icon", "logo")
    for double in ("", "@2x")
}


def check_brand(folder: Path) -> list[str]:
    """Check names, formats and sizes of the images in `brand`."""
    images = sorted((folder / "brand").glob("*"))
    names = {image.name for image in images}
    problems = [f"{name} is missing" for name in sorted({"icon.png"} - names)]
    problems += [f"{name} is never shown" for name in sorted(names - ALLOWED)]
    for image in images:
        if image.name in ALLOWED:
            problems += _check_image(image)
    return problems


def _check_image(path: Path) -> list[str]:
    try:
        with Image.open(path) as image:
            kind, (width, height) = image.format, image.size
    except UnidentifiedImageError:
        return [f"{path.name} is no image"]
    if kind != "PNG":
        return [f"{path.name} is {kind}, not PNG"]
    unit = 256 if path.stem.endswith("@2x") else 128
    if "icon" in path.name:
        if (width, height) != (2 * unit, 2 * unit):
            return [f"{path.name} is {width}x{height}, not {2 * unit} square"]
    elif not unit <= min(width, height) <= 2 * unit:
        return [f"{path.name}: its short side is not between {unit} and {2 * unit}"]
    return []
