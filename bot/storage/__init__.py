"""Durable storage on SQLite or PostgreSQL: tables, stores and migrations. Import from the modules themselves."""
