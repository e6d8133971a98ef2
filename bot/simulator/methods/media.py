"""sendPhoto, sendDocument, sendVoice, sendVideo, sendAudio, sendAnimation, sendSticker, sendMediaGroup."""

from collections.abc import Callable
from typing import Any

from bot.simulator.entities import Entity
from bot.simulator.errors import bad_request
from bot.simulator.files import StoredFile
from bot.simulator.formatted import read_caption, stored_caption
from bot.simulator.links import checked_link
from bot.simulator.params import Params
from bot.simulator.sending import find_target, place, post
from bot.simulator.state import Json
from bot.simulator.world import World

PHOTO_LIMIT = 10 * 1024 * 1024
FILE_LIMIT = 50 * 1024 * 1024
_ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})


def find_file(world: World, params: Params, kind: str, reference: str) -> StoredFile:
    """The upload, known file_id or web address behind a file argument."""
    upload = params.uploads.get(reference.removeprefix("attach://"))
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else FILE_LIMIT):
            raise bad_request(f"file of size {len(upload.content)} bytes is too big")
        return world.files.add(kind, upload.name, upload.mime, upload.content)
    known = world.files.by_id.get(reference)
    if known is not None:
        return known
    if reference.startswith(("http://", "https://")):
        # The simulator has no internet: what lies at the address is never fetched.
        try:
            url = checked_link(reference)
        except ValueError:
            raise bad_request("Wrong HTTP URL specified") from None
        return world.files.add(kind, url.rpartition("/")[2] or "file", "application/octet-stream", url.encode())
    raise bad_request("Wrong remote file identifier specified: can't unserialize it. Wrong last symbol")


def media_content(file: StoredFile, kind: str, details: dict[str, Any]) -> Json:
    """The message field of a file; sizes in pixels and seconds are as given, not measured."""
    described = file.json()
    size = {"width": int(details.get("width") or 320), "height": int(details.get("height") or 320)}
    duration = {"duration": int(details.get("duration") or 1)}
    named = {"file_name": file.name, "mime_type": file.mime}
    match kind:
        case "photo":
            return {"photo": [described | {"width": 90, "height": 90}, described | {"width": 800, "height": 800}]}
        case "voice":
            return {"voice": described | duration | {"mime_type": "audio/ogg"}}
        case "video" | "animation":
            return {kind: described | size | duration | named}
        case "audio":
            return {"audio": described | duration | named}
        case "sticker":
            flags = {"type": "regular", "is_animated": False, "is_video": False, "emoji": details.get("emoji") or "🙂"}
            return {"sticker": described | {"width": 512, "height": 512} | flags}
    return {"document": described | named}


def _sender(kind: str) -> Callable[[World, Params], Json]:
    def send(world: World, params: Params) -> Json:
        reference = kind if kind in params.uploads else params.text(kind)
        if not reference:
            raise bad_request(f"There is no {kind} in the request")
        caption = read_caption(params) if kind != "sticker" else ("", [])

        def content() -> Json:
            stored = stored_caption(caption)
            file = find_file(world, params, kind, reference)
            return media_content(file, kind, params.values) | stored

        return post(world, params, content).json

    return send


def send_media_group(world: World, params: Params) -> list[Json]:
    """2-10 photos and videos, or documents, or audio files, as one album."""
    media = params.json("media", "media")
    if not isinstance(media, list):
        raise bad_request("Expected an Array of InputMedia")
    items = [_album_item(item) for item in media]
    if not 2 <= len(items) <= 10:
        raise bad_request("Wrong number of messages in an album")
    kinds = {kind for kind, *_ in items}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad_request("Can't use the media of the specified type in the album")
    target = find_target(world, params, len(items))
    contents = []
    for kind, item, caption in items:
        file = find_file(world, params, kind, str(item["media"]))
        contents.append(media_content(file, kind, item) | stored_caption(caption))
    group = {"media_group_id": str(13_000_000_000_000_000 + world.calls.calls[-1].number)}
    return [place(world, target, content | group).json for content in contents]


def _album_item(item: Any) -> tuple[str, Json, tuple[str, list[Entity]]]:
    problem = "Can't parse InputMedia: "
    if not isinstance(item, dict):
        raise bad_request(f"{problem}expected an Object")
    kind = str(item.get("type") or "")
    if kind not in _ALBUM_KINDS:
        raise bad_request(f'{problem}type "{kind}" is unsupported')
    if not item.get("media"):
        raise bad_request(f"{problem}media not found")
    return kind, item, read_caption(Params(item))


METHODS = {
    "sendPhoto": _sender("photo"),
    "sendDocument": _sender("document"),
    "sendVoice": _sender("voice"),
    "sendVideo": _sender("video"),
    "sendAudio": _sender("audio"),
    "sendAnimation": _sender("animation"),
    "sendSticker": _sender("sticker"),
    "sendMediaGroup": send_media_group,
}
