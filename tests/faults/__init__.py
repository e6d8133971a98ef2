"""The bot under faults: processes killed, servers restarted, Telegram misbehaving; and what must hold all the same."""
