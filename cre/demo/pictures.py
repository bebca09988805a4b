"""Photos of places that do not exist: a sky, hills and a river, each drawn from its own name."""

from io import BytesIO
from random import Random

from PIL import ExifTags, Image, ImageDraw

SIZE = (1200, 800)
SKY, RIVER = (188, 208, 214), (94, 142, 160)
HILLS = [(122, 146, 124), (92, 120, 98), (66, 94, 74)]


def drawn(name: str) -> bytes:
    """A JPEG as a phone makes it, with the place and the moment written inside."""
    random = Random(name)
    width, height = SIZE
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(HILLS):
        tops = [(x, height * (0.35 + 0.15 * number) + random.randint(-60, 60)) for x in range(0, width + 1, 120)]
        draw.polygon([(0, height), *tops, (width, height)], fill=colour)
    bend = random.randint(300, 900)
    draw.polygon([(bend - 20, 560), (bend + 20, 560), (bend + 200, height), (bend - 260, height)], fill=RIVER)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Invented phone"
    exif[ExifTags.Base.DateTime] = "2026:11:20 17:40:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    file = BytesIO()
    picture.save(file, "JPEG", exif=exif, quality=80)
    return file.getvalue()
