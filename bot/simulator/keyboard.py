"""reply_markup: read as the Bot API reads it, refused as Telegram refuses it."""

from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.links import checked_link, linked_user
from bot.simulator.params import Params

Json = dict[str, Any]

INLINE_BUTTONS = 100
REPLY_BUTTONS = 300
INLINE_ROW = 8
REPLY_ROW = 12
MARKUP_BYTES = 10_240

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_INLINE = "Can't parse inline keyboard button: "
_REPLY = "Can't parse keyboard button: "
_FLAGS = ("remove_keyboard", "force_reply", "selective", "resize_keyboard", "one_time_keyboard", "is_persistent")


def read_markup(params: Params) -> Json | None:
    """The reply markup's shape; refused before the chat is looked at."""
    value = params.json("reply_markup", "reply keyboard markup")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    for name in ("keyboard", "inline_keyboard"):
        if not isinstance(value.get(name) or [], list):
            raise bad_request(f'Field "{name}" must be of type Array')
    for name in _FLAGS:
        if not isinstance(value.get(name) or False, bool):
            raise bad_request(f'Field "{name}" must be of type Boolean')
    for button in _buttons(value.get("keyboard"), 'Field "keyboard" must be an Array of Arrays'):
        _read_reply_button(button)
    problem = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    for button in _buttons(value.get("inline_keyboard"), problem):
        _read_inline_button(button)
    return _only_markup(value)


def _buttons(rows: Any, problem: str) -> list[Any]:
    if not all(isinstance(row, list) for row in rows or []):
        raise bad_request(problem)
    return [button for row in rows or [] for button in row]


def _only_markup(value: Json) -> Json | None:
    """The markup, or None where Telegram reads it as none (an empty keyboard)."""
    if any(value.get("keyboard") or []):
        return value
    rows = [row for row in value.get("inline_keyboard") or [] if row]
    if rows:
        return {"inline_keyboard": rows}
    return value if value.get("remove_keyboard") or value.get("force_reply") else None


def _read_reply_button(button: Any) -> None:
    if isinstance(button, str):
        return
    if not isinstance(button, dict):
        raise bad_request(f"{_REPLY}KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{_REPLY}Can\'t find field "text"')


def _read_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request(f"{_INLINE}InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{_INLINE}Can\'t find field "text"')
    for name in ("url", "callback_data"):
        if not isinstance(button.get(name) or "", str):
            raise bad_request(f'{_INLINE}Field "{name}" must be of type String')
    if not any(_has(button, action) for action in _ACTIONS):
        raise bad_request(f"{_INLINE}Text buttons are unallowed in the inline keyboard")


def _has(button: Json, action: str) -> bool:
    value = button.get(action)
    return value is not None and (value != "" or action.startswith("switch_inline"))


def check_markup(markup: Json | None) -> Json | None:
    """The markup as Telegram stores it; what its servers refuse is refused (sizes, callback data, links)."""
    if markup is None or not ("inline_keyboard" in markup or "keyboard" in markup):
        return markup
    inline = "inline_keyboard" in markup
    rows = [[_stored(button, inline=inline) for button in row] for row in markup[_kind(inline=inline)] if row]
    if sum(map(len, rows)) > (INLINE_BUTTONS if inline else REPLY_BUTTONS) or _bytes(rows) > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return markup | {_kind(inline=inline): _rows(rows, INLINE_ROW if inline else REPLY_ROW)}


def _kind(*, inline: bool) -> str:
    return "inline_keyboard" if inline else "keyboard"


def _bytes(rows: list[list[Json]]) -> int:
    values = [value for row in rows for button in row for value in button.values()]
    return sum(len(value.encode()) if isinstance(value, str) else 8 for value in values)


def _rows(rows: list[list[Json]], width: int) -> list[list[Json]]:
    """Rows cut to the width that Telegram shows; the rest of a row goes to the next."""
    return [row[begin : begin + width] for row in rows for begin in range(0, len(row), width)]


def _stored(button: Any, *, inline: bool) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID" if inline else "KEYBOARD_BUTTON_TEXT_EMPTY")
    if not inline:
        return dict(button)
    return _checked_action(button)


def _checked_action(button: Json) -> Json:
    actions = [action for action in _ACTIONS if _has(button, action)]
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    match actions[0]:
        case "callback_data" if len(button["callback_data"].encode()) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            return _with_link(button)
        case "web_app":
            url = str(button["web_app"].get("url", ""))
            if not url.startswith("https://"):
                reason = f"Inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
                raise bad_request(reason)
        case "pay" | "callback_game":
            raise bad_request("BUTTON_TYPE_INVALID")
        case "copy_text" if not 0 < len(str(button["copy_text"].get("text", ""))) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return dict(button)


def _with_link(button: Json) -> Json:
    url = button["url"]
    if linked_user(url) is not None:
        return dict(button)
    try:
        return button | {"url": checked_link(url)}
    except ValueError as error:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {error}") from None
