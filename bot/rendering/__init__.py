"""Guidance as words on a phone: Telegram HTML and keyboards as plain values, without Telegram itself."""
