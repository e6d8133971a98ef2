"""The server: one simulated Telegram, one bot, one port."""

from collections.abc import Callable
from typing import Self

from aiohttp import web

from bot.simulator.api import Api, not_found
from bot.simulator.control import Control
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.methods.receiving import stop_webhook
from bot.simulator.people import People
from bot.simulator.state import Chat, Person
from bot.simulator.watching import Watching
from bot.simulator.world import World

DEFAULT_TOKEN = "123456:SIMULATOR"  # noqa: S105


class TelegramServer(People, Watching):
    """A local Bot API server with its control side; acts and readings are plain calls on the server's event loop."""

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        bot_name: str = "Neuvoja",
        bot_username: str = "neuvoja_bot",
        privacy_mode: bool = True,
        flood_limits: bool = False,
        keep_calls: int | None = None,
        keep_messages: int | None = None,
    ) -> None:
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": bot_name, "username": bot_username}
        self.token = token
        self.world = World(bot, privacy_mode=privacy_mode, keep_calls=keep_calls, keep_messages=keep_messages)
        self.world.flood.on = flood_limits
        self.pages: list[Callable[[web.Application], None]] = []
        self._runner: web.AppRunner | None = None
        self._url = ""

    @property
    def url(self) -> str:
        """http://host:port, the base of `/bot<token>/<method>`; RuntimeError before `start`."""
        if not self._url:
            raise RuntimeError("the server is not started")
        return self._url

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens and gives the url; port 0 takes a free one. After `stop` it may start again, nothing forgotten."""
        app = self._application()
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        address = self._runner.addresses[0]
        self._url = f"http://{host}:{address[1]}"
        return self._url

    def _application(self) -> web.Application:
        api = Api(self.world, self.token)
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", api.handle)
        app.router.add_route("*", "/file/bot{token:[^/]*}/{path:.+}", api.download)
        Control(self).add_routes(app)
        for add_page in self.pages:
            add_page(app)
        app.router.add_route("*", "/{path:.*}", _not_found)
        return app

    async def stop(self) -> None:
        """Ends the webhook and all connections; what was said stays readable."""
        await stop_webhook(self.world)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def flood_limits(self) -> bool:
        """Whether Telegram's flood limits hold."""
        return self.world.flood.on

    @flood_limits.setter
    def flood_limits(self, on: bool) -> None:
        self.world.flood.on = on

    def fault(
        self,
        kind: FaultKind,
        *,
        method: str | None = None,
        chat: Chat | Person | int | None = None,
        times: int | None = 1,
        for_seconds: float | None = None,
        code: int = 400,
        description: str = "",
        retry_after: int = 1,
        migrate_to: int | None = None,
        seconds: float = 1.0,
    ) -> Fault:
        """The next `times` (None = all, or all within `for_seconds`) matching requests go wrong; `hits` counts them."""
        number = chat if chat is None or isinstance(chat, int) else chat.id
        until = None
        if for_seconds is not None:
            until = self.world.loop_time() + for_seconds
            times = None
        fault = Fault(kind, method, number, times, until, code, description, retry_after, migrate_to, seconds)
        return self.world.faults.add(fault)

    def clear_faults(self) -> None:
        """Everything works again."""
        self.world.faults.clear()

    def repeat(self, update_id: int) -> None:
        """Delivers an earlier update once more, as Telegram does after a lost confirmation."""
        self.world.updates.repeat(update_id)

    @property
    def pending_updates(self) -> list[int]:
        """Ids of the updates that the bot has not confirmed."""
        return list(self.world.updates.pending)


async def _not_found(_: web.Request) -> web.Response:
    return not_found()
