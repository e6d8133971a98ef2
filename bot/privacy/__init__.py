"""Keeping residents' data small: masking before storage, retention, export, deletion."""
