"""`neuvoja run`: the bot."""

from __future__ import annotations

import gc
import sys
from urllib.parse import urlsplit

from bot.cli.common import Intents, Knowledge, conversation_anyway, fail, settings
from bot.logs import configure
from bot.settings import without_password


def command(intents: Intents = None, knowledge: Knowledge = None) -> None:
    """Run the bot: long polling, or a webhook where WEBHOOK_URL is set."""
    chosen = settings(intents, knowledge, need_token=True)
    gc.disable()  # what is made while starting stays; `app.run` goes on with it
    from bot.app import (  # heavy, and needed here only
        DatabaseError,
        HealthListenError,
        ListenError,
        RefusedTokenError,
        drive,
        run,
    )

    token, secret = chosen.bot_token, chosen.webhook_secret
    configure(
        chosen.log_level,
        token.get_secret_value() if token else None,
        secret.get_secret_value() if secret else None,
        urlsplit(chosen.database_url).password,
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
    except HealthListenError:
        fail(f"METRICS_LISTEN {chosen.metrics_listen} cannot be listened on; is another program there?")
    except (DatabaseError, OSError) as error:
        on_file = chosen.database_url.startswith("sqlite")
        mend = "is its folder writable?" if on_file else "does the server run, and let this user in?"
        fail(f"DATABASE_URL {without_password(chosen.database_url)} cannot be opened ({type(error).__name__}); {mend}")
