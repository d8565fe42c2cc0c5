"""Pictures people put on maps: decoded, made smaller, written anew; nothing of the file sent is kept."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError

METADATA = MetaData()
IMAGES = Table(
    "image",
    METADATA,
    # sha256 of what is kept, so that the same picture is kept once
    Column("id", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
MOST_BYTES = 5_000_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 85
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    id: str
    kind: str
    data: bytes


class Images:
    """Pictures in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        METADATA.create_all(engine)

    def add(self, sent: bytes, author: str, at_us: int) -> Picture:
        """Keep a picture.

        Raises:
            WebError: E741 it is no picture of a known kind, E742 it is too large.
        """
        found = cleaned(sent)
        row = {
            "id": found.id,
            "kind": found.kind,
            "data": found.data,
            "author": author,
            "at_us": at_us,
        }
        if self.known(found.id) is None:
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(IMAGES), row)
            except IntegrityError:
                pass  # somebody sent the same picture at the same moment
        return found

    def known(self, image_id: str) -> Picture | None:
        """A picture by its id, None where there is none."""
        wanted = select(IMAGES.c.kind, IMAGES.c.data).where(IMAGES.c.id == image_id)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return Picture(image_id, row.kind, bytes(row.data)) if row else None


def cleaned(sent: bytes) -> Picture:
    """A picture written anew: upright, no side longer than 1600 pixels, without what cameras add.

    Raises:
        WebError: E741 it is no picture of a known kind, E742 it is too large.
    """
    if len(sent) > MOST_BYTES:
        raise _too_large(f"the picture is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(sent), formats=FORMATS) as opened,
        ):
            # only the head was read so far: how large it would become is known before it does
            _refuse_bomb(opened)
            return _written(_upright(opened))
    except WebError:
        raise
    except Image.DecompressionBombError:
        raise _too_large("the picture has very many pixels") from None
    except Exception as error:  # whatever a decoder says of a broken file
        what = "this is not a picture that can be read"
        hint = "Send a PNG, JPEG, WebP or GIF file."
        raise WebError(Problem("E741", what, hint=hint)) from error


def _refuse_bomb(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_large(f"the picture has {opened.width} × {opened.height} pixels")


def _upright(opened: Image.Image) -> Image.Image:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    turned = ImageOps.exif_transpose(opened)
    has_holes = turned.has_transparency_data
    plain = turned.convert("RGBA" if has_holes else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return plain


def _written(image: Image.Image) -> Picture:
    # pixels only, put into a new picture, so that no note of the old one comes along
    fresh = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    if image.mode == "RGBA":
        fresh.save(out, "PNG", optimize=True)
        kind = "image/png"
    else:
        fresh.save(out, "JPEG", quality=QUALITY)
        kind = "image/jpeg"
    data = out.getvalue()
    return Picture(hashlib.sha256(data).hexdigest(), kind, data)


def _too_large(what: str) -> WebError:
    hint = "Send one of at most 5 MB and 50 million pixels."
    return WebError(Problem("E742", what, hint=hint))
