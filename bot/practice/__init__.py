"""The practice room: the local Bot API server, the real bot and one page, in one process on loopback."""
