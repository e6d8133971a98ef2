"""`neuvoja run`: the bot."""

from __future__ import annotations

import gc
import sys

from bot.cli.common import Intents, Knowledge, conversation_anyway, fail, settings
from bot.logs import configure


def command(intents: Intents = None, knowledge: Knowledge = None) -> None:
    """Run the bot: long polling, or a webhook where WEBHOOK_URL is set."""
    chosen = settings(intents, knowledge, need_token=True)
    gc.disable()  # what is made while starting stays; `app.run` goes on with it
    from bot.app import DatabaseError, ListenError, RefusedTokenError, drive, run  # heavy, and needed here only

    token, secret = chosen.bot_token, chosen.webhook_secret
    configure(
        chosen.log_level,
        token.get_secret_value() if token else None,
        secret.get_secret_value() if secret else None,
    )
    talk, faults = conversation_anyway(chosen)
    way = "webhook" if chosen.webhook_url else "long polling"

    def ready() -> None:
        intents_known, languages = len(talk.catalogue.intents), len(talk.catalogue.languages)
        print(f"Neuvoja answers: {intents_known} intents, {languages} languages, {way}.", file=sys.stderr, flush=True)

    try:
        drive(run(chosen, talk, faults, ready))
    except RefusedTokenError:
        fail("BOT_TOKEN is refused by Telegram; take the token that @BotFather shows")
    except ListenError:
        fail(f"WEBHOOK_LISTEN {chosen.webhook_listen} cannot be listened on; is another program there?")
    except (DatabaseError, OSError) as error:
        fail(f"DATABASE_URL {chosen.database_url} cannot be opened ({type(error).__name__}); is its folder writable?")
