"""answerCallbackQuery."""

from bot.simulator.errors import bad_request
from bot.simulator.params import Params
from bot.simulator.world import CALLBACK_LIFETIME, World


def answer_callback_query(world: World, params: Params) -> bool:
    """Answers a pressed button, once and within 15 minutes; the text has at most 200 characters."""
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None or world.clock() - query.asked > CALLBACK_LIFETIME:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if url := params.text("url"):
        bot_link = f"t.me/{world.bot['username']}"
        if bot_link not in url:
            raise bad_request("URL_INVALID")
    query.answer = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
    answer = {"query": query.id, "person": query.person.id, "chat": query.message.chat.id, "message": query.message.id}
    world.emit("callback_answer", lambda: answer | (query.answer or {}))
    world.bell.ring()
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
