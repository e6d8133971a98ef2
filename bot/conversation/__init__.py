"""The conversation with one resident: what was heard -> what to say and what to remember. No input or output."""
