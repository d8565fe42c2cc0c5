"""Pictures: sent once, shown wherever their id stands."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import denied, desk_of, route
from desirepath.web.api.describe import Said, given
from desirepath.web.images import MOST_BYTES, Images
from desirepath.web.policy import Actor

KINDS = ("image/png", "image/jpeg", "image/webp", "image/gif")
# A picture that is opened by itself may load nothing and run nothing.
POLICY = "default-src 'none'; sandbox"


class ImageMade(Said):
    """Id of a picture; it is shown at `/api/images/ID`."""

    id: str


def images_of(request: Request) -> Images:
    """The pictures of the app."""
    state = request.app.state
    if not hasattr(state, "images"):
        state.images = Images(desk_of(request).rooms.log.engine)
    images: Images = state.images
    return images


async def add_image(request: Request, actor: Actor) -> Response:
    """Keep a picture: it is decoded, made smaller and written anew."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in KINDS:
        hint = f"Send one of {', '.join(KINDS)}."
        raise WebError(Problem("E717", "this is not a picture", hint=hint))
    sent = bytearray()
    async for chunk in request.stream():
        sent += chunk
        if len(sent) > MOST_BYTES:
            what = f"the picture is larger than {MOST_BYTES // 1_000_000} MB"
            raise WebError(Problem("E742", what, hint="Send a smaller one."))
    images, at_us = images_of(request), desk_of(request).now_us()
    # decoding takes a while; others are served meanwhile
    found = await asyncio.to_thread(images.add, bytes(sent), actor.name, at_us)
    return given(ImageMade(id=found.id), 201)


async def read_image(request: Request, actor: Actor) -> Response:
    """A picture, for everybody who may look at any map: its id cannot be guessed."""
    if actor.role is None:
        return denied(actor, "sign in first")
    found = images_of(request).known(request.path_params["image"])
    if found is None:
        raise WebError(Problem("E702", "there is no such picture"))
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": POLICY,
        "Content-Disposition": "inline",
    }
    return Response(found.data, media_type=found.kind, headers=headers)


def routes() -> list[BaseRoute]:
    """Routes of pictures."""
    return [
        route("/api/images", add_image, "POST", "edit").says(
            takes=KINDS, gives=ImageMade, status=201
        ),
        route("/api/images/{image}", read_image, "GET", None).says(
            gives=("image/png", "image/jpeg")
        ),
    ]
