"""Neuvoja: first-line guidance for residents of Helsinki, Espoo, Vantaa and Kauniainen."""

__version__ = "0.1.0"
