"""One pydantic model a kind of file; each turns itself into the domain's frozen values."""
