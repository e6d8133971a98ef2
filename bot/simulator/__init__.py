"""A local Telegram Bot API server: tests and the practice room drive the real bot against it over HTTP."""

from bot.simulator.calls import Call
from bot.simulator.faults import Fault
from bot.simulator.people import Press
from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Message, Person, Topic

__all__ = ["Call", "Chat", "Fault", "Message", "Person", "Press", "TelegramServer", "Topic"]
