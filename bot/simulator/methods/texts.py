"""sendMessage, sendLocation, sendVenue, sendContact, sendChatAction."""

from bot.simulator.access import find_thread, writable_chat
from bot.simulator.errors import bad_request
from bot.simulator.formatted import read_link_preview, read_text, stored_text
from bot.simulator.params import Params
from bot.simulator.sending import post
from bot.simulator.state import Json
from bot.simulator.world import World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    }
)


def send_message(world: World, params: Params) -> Json:
    """A text of 1-4096 characters after parsing."""
    preview = read_link_preview(params)
    parsed = read_text(params)
    return post(world, params, lambda: stored_text(parsed) | preview).json


def read_location(params: Params) -> Json:
    """A Location of `latitude` and `longitude` in degrees; out of range is refused."""
    for name in ("latitude", "longitude"):
        if not params.text(name).strip():
            raise bad_request(f"{name} is empty")
    latitude, longitude = params.decimal("latitude"), params.decimal("longitude")
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise bad_request("Wrong location specified")
    return {"latitude": latitude, "longitude": longitude}


def send_location(world: World, params: Params) -> Json:
    """A point on the map."""
    location = read_location(params)
    return post(world, params, lambda: {"location": location}).json


def send_venue(world: World, params: Params) -> Json:
    """A point with a title and an address; both are required."""
    location = read_location(params)
    title, address = params.text("title").strip(), params.text("address").strip()

    def content() -> Json:
        if not title:
            raise bad_request("VENUE_TITLE_EMPTY")
        if not address:
            raise bad_request("VENUE_ADDRESS_EMPTY")
        venue = {"location": location, "title": title, "address": address}
        for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
            if value := params.text(name):
                venue[name] = value
        # Telegram repeats the place of a venue as the message's location.
        return {"venue": venue, "location": location}

    return post(world, params, content).json


def send_contact(world: World, params: Params) -> Json:
    """A telephone number with a name."""
    contact = {}
    for name in ("phone_number", "first_name"):
        contact[name] = params.text(name)
        if not contact[name]:
            raise bad_request(f'Parameter "{name}" is required')
    if last_name := params.text("last_name"):
        contact["last_name"] = last_name
    return post(world, params, lambda: {"contact": contact}).json


def send_chat_action(world: World, params: Params) -> bool:
    """`typing` and its kind; nothing is stored."""
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = writable_chat(world, params)
    thread = find_thread(world, chat, params)
    world.emit("action", lambda: {"chat": chat.id, "thread": thread, "action": action})
    return True


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
