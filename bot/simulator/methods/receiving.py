"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import re
from urllib.parse import urlsplit

from bot.simulator.errors import bad_request
from bot.simulator.params import Params
from bot.simulator.state import Json
from bot.simulator.webhook import Webhook
from bot.simulator.world import World

POLL_LIMIT_SECONDS = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(world: World, params: Params) -> list[Json]:
    """1-100 updates after confirming those before `offset`; waits up to `timeout` seconds for the first."""
    world.updates.allow(params.json("allowed_updates", "allowed_updates"))
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), POLL_LIMIT_SECONDS)
    return await world.updates.fetch(params.integer("offset"), limit, timeout)


async def set_webhook(world: World, params: Params) -> bool:
    """Pushes updates to an address from now on; plain HTTP is taken too, unlike by Telegram's own servers."""
    url = params.text("url")
    if not url:
        return await delete_webhook(world, params)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(params.json("allowed_updates", "allowed_updates"))
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    await stop_webhook(world)
    world.updates.end_poll("terminated by setWebhook request")
    world.updates.webhook_active = True
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    world.webhook = Webhook(world.updates, world.bell, url, secret, connections)
    world.webhook.start()
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """Back to getUpdates."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    await stop_webhook(world)
    return True


async def stop_webhook(world: World) -> None:
    """Ends the pushing of updates, if any."""
    webhook, world.webhook = world.webhook, None
    world.updates.webhook_active = False
    if webhook is not None:
        await webhook.stop()


def get_webhook_info(world: World, _: Params) -> Json:
    """WebhookInfo with the last delivery's error."""
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}
    if world.webhook is not None:
        info |= world.webhook.info()
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
