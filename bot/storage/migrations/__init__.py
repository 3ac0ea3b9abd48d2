"""Alembic revisions, run from ``bot.storage.schema``.

A new one is a module in ``versions``, named after the one before it. Write it by hand: a test says what is missing.
"""
