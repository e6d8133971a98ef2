"""The desk: tickets and their states, who gets them, how long they wait. No Telegram, no SQL."""
