"""Citebot on Telegram: the only package that knows it."""
