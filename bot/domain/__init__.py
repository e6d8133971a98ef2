"""What the bot talks about: frozen values without input or output. Imports nothing of the bot."""
