"""Cross checks, one family a module; each takes the draft catalogue and reports what it finds."""
