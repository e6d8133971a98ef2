"""Reads and checks `intents/` and `knowledge/`: the only package that knows YAML."""
