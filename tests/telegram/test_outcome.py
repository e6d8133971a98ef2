import json
from typing import Any

import pytest

import bot.telegram  # noqa: F401 - aiogram is to be imported the bot's way
from bot.telegram.outcome import Outcome, Verdict, judge, of_target, plain

from aiogram import Bot  # isort: skip
from aiogram.client.session.aiohttp import AiohttpSession  # isort: skip
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramNetworkError  # isort: skip
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage  # isort: skip

METHODS = {
    "sendMessage": SendMessage(chat_id=1, text="x"),
    "answerCallbackQuery": AnswerCallbackQuery(callback_query_id="1"),
    "editMessageText": EditMessageText(chat_id=1, message_id=1, text="x"),
}


async def refused(method: str, status: int, description: str, **parameters: Any) -> AiogramError:
    """The exception that aiogram itself makes of Telegram's answer."""
    answer = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    session, client = AiohttpSession(), Bot("1:x")
    try:
        session.check_response(client, METHODS[method], status, json.dumps(answer))
    except AiogramError as error:
        return error
    finally:
        await client.session.close()
    raise AssertionError("a refusal")


@pytest.mark.parametrize(
    ("method", "status", "description", "verdict"),
    [
        ("sendMessage", 403, "Forbidden: bot was blocked by the user", Verdict.UNREACHABLE),
        ("sendMessage", 403, "Forbidden: user is deactivated", Verdict.UNREACHABLE),
        ("sendMessage", 403, "Forbidden: bot can't initiate conversation with a user", Verdict.UNREACHABLE),
        ("sendMessage", 403, "Forbidden: bot was kicked from the supergroup chat", Verdict.UNREACHABLE),
        ("sendMessage", 400, "Bad Request: chat not found", Verdict.UNREACHABLE),
        ("sendMessage", 400, "Bad Request: PEER_ID_INVALID", Verdict.UNREACHABLE),
        ("sendMessage", 400, "Bad Request: message is too long", Verdict.REFUSED),
        ("sendMessage", 400, "Bad Request: message text is empty", Verdict.REFUSED),
        ("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID", Verdict.REFUSED),
        ("sendMessage", 400, "Bad Request: message thread not found", Verdict.TOPIC_GONE),
        ("sendMessage", 400, 'Bad Request: can\'t parse entities: Unsupported start tag "x"', Verdict.PLAIN),
        ("sendMessage", 400, "Bad Request: query is too old and response timeout expired", Verdict.REFUSED),
        ("sendMessage", 404, "Not Found", Verdict.REFUSED),
        ("sendMessage", 401, "Unauthorized", Verdict.FATAL),
        ("sendMessage", 409, "Conflict: terminated by other getUpdates request", Verdict.WAIT_ALL),
        ("sendMessage", 413, "Request Entity Too Large", Verdict.REFUSED),
        ("sendMessage", 500, "Internal Server Error", Verdict.WAIT_ALL),
        ("sendMessage", 500, "Internal Server Error: restart", Verdict.WAIT_ALL),
        ("sendMessage", 502, "Bad Gateway", Verdict.WAIT_ALL),
        ("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired", Verdict.DROPPED),
        ("answerCallbackQuery", 400, "Bad Request: query ID is invalid", Verdict.DROPPED),
        ("editMessageText", 400, "Bad Request: message is not modified: specified", Verdict.DROPPED),
        ("editMessageText", 400, "Bad Request: message to edit not found", Verdict.DROPPED),
        ("editMessageText", 400, "Bad Request: message can't be edited", Verdict.DROPPED),
    ],
)  # fmt: skip
async def test_a_refusal(method: str, status: int, description: str, verdict: Verdict) -> None:
    outcome = judge(method, await refused(method, status, description))
    assert outcome.verdict is verdict
    assert description[:20] in (outcome.error or "")


async def test_flood_control_says_how_long() -> None:
    error = await refused("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    outcome = judge("sendMessage", error)
    assert (outcome.verdict, outcome.seconds) == (Verdict.WAIT_CHAT, 7.0)


async def test_a_migration_says_where_to() -> None:
    error = await refused("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1005)
    outcome = judge("sendMessage", error)
    assert (outcome.verdict, outcome.new_chat) == (Verdict.MOVED, -1005)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (TelegramNetworkError(METHODS["sendMessage"], "Request timeout error"), Verdict.WAIT_ALL),
        (ClientDecodeError("no result in the answer", ValueError("x"), "<html>"), Verdict.WAIT_ALL),
        (ConnectionResetError("peer"), Verdict.WAIT_ALL),
        (TimeoutError(), Verdict.WAIT_ALL),
        (OSError(28, "No space left on device"), Verdict.WAIT_ALL),
        (ValueError("a payload that is no JSON"), Verdict.REFUSED),
        (AttributeError("no such method"), Verdict.REFUSED),
        (KeyError("document"), Verdict.REFUSED),
    ],
)
def test_an_error_without_telegrams_words(error: Exception, verdict: Verdict) -> None:
    assert judge("sendMessage", error).verdict is verdict


def test_a_long_error_is_kept_short() -> None:
    assert len(judge("sendMessage", ValueError("x" * 10_000)).error or "") < 400


def test_plain_parameters_have_no_markup_and_keep_the_rest() -> None:
    payload = {"chat_id": 1, "text": '<b>Open &amp; <a href="https://a.example">here</a></b> ä', "parse_mode": "HTML",
               "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "T"}]]}}  # fmt: skip
    left = json.loads(plain(json.dumps(payload)))
    assert left == {
        "chat_id": 1,
        "text": "Open & here (https://a.example) ä",
        "reply_markup": payload["reply_markup"],
    }
    assert json.loads(plain('{"caption": "<i>a</i>", "parse_mode": "HTML"}')) == {"caption": "a"}


def test_a_plain_text_is_not_too_long_for_telegram() -> None:
    """Links that were hidden behind words come to light and take room."""
    url = "https://www.example.fi/en/" + "x" * 60
    html = "\n".join(f'<a href="{url}">place number {number}</a>' for number in range(200))
    assert len(json.loads(plain(json.dumps({"text": html, "parse_mode": "HTML"})))["text"]) <= 4096


@pytest.mark.parametrize(
    ("target", "origin", "verdict", "error", "wanted"),
    [
        (7, -100, Verdict.UNREACHABLE, "Forbidden: bot was blocked by the user", Verdict.UNREACHABLE),
        (7, -100, Verdict.UNREACHABLE, "Forbidden: bot was kicked from the supergroup chat", Verdict.REFUSED),
        (7, -100, Verdict.MOVED, "Bad Request: group chat was upgraded to a supergroup chat", Verdict.REFUSED),
        (-200, 7, Verdict.MOVED, "Bad Request: group chat was upgraded to a supergroup chat", Verdict.MOVED),
        (-200, 7, Verdict.UNREACHABLE, "Forbidden: user is deactivated", Verdict.REFUSED),
        (-200, -100, Verdict.UNREACHABLE, "Bad Request: chat not found", Verdict.REFUSED),
        (-100, -100, Verdict.UNREACHABLE, "Bad Request: chat not found", Verdict.UNREACHABLE),
    ],
)
def test_a_copy_that_fails_for_its_origin_says_nothing_of_the_chat_it_goes_to(
    target: int, origin: int, verdict: Verdict, error: str, wanted: Verdict
) -> None:
    payload = json.dumps({"chat_id": target, "from_chat_id": origin, "message_id": 1})
    assert of_target("copyMessage", payload, Outcome(verdict, error=error)).verdict is wanted
    assert of_target("sendMessage", payload, Outcome(verdict, error=error)).verdict is verdict
