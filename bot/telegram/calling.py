"""One call to the Bot API: JSON out, JSON in, through aiogram's session and with aiogram's exceptions.

The outbox holds parameters as JSON already and needs of an answer only whether it was a refusal: building aiogram's
objects for the one and reading them from the other would cost more than the call itself.
"""

from __future__ import annotations

import json
from typing import Any

from aiogram import Bot, methods
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.types import BufferedInputFile
from aiohttp import ClientError, ClientTimeout

HEADERS = {"Content-Type": "application/json"}


async def call(bot: Bot, method: str, parameters: str, seconds: float = 30) -> Any:
    """The result of a Bot API method with its JSON parameters; raises aiogram's errors.

    The `document` of sendDocument, {name, text}, becomes a file.
    """
    kind: type[methods.TelegramMethod[Any]] = getattr(methods, method[0].upper() + method[1:])
    if method == "sendDocument":
        given = json.loads(parameters)
        upload = BufferedInputFile(given["document"]["text"].encode(), given["document"]["name"])
        sent = await bot(kind(**{**given, "document": upload}), request_timeout=round(seconds))
        return {"message_id": sent.message_id}
    session = await bot.session.create_session()  # type: ignore[attr-defined]
    url = bot.session.api.api_url(token=bot.token, method=method)
    try:
        async with session.post(
            url, data=parameters.encode(), headers=HEADERS, timeout=ClientTimeout(total=seconds)
        ) as response:
            content = (await response.read()).decode(errors="replace")
    except TimeoutError as error:
        raise TelegramNetworkError(kind.model_construct(), "Request timeout error") from error
    except ClientError as error:
        # The error's own words may hold the address, and the address holds the token.
        raise TelegramNetworkError(kind.model_construct(), type(error).__name__) from error
    if response.status != 200:
        bot.session.check_response(bot, kind.model_construct(), response.status, content)
    try:
        return json.loads(content)["result"]
    except (ValueError, KeyError, TypeError) as error:
        raise ClientDecodeError("no result in the answer", error, content[:200]) from error
