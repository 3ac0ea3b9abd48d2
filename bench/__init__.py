"""Benchmarks: how well Citebot answers beside simpler matchers, and how fast, at today's size and far beyond it."""
