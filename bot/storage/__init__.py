"""SQL lives here only: tables, migrations, and one repository a noun, used inside a unit of work."""
