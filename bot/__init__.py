"""Citebot: answers about a report, only from checked facts, each with the words that prove it."""
