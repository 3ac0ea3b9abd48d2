"""Telling those who want to know: what there is to tell, to whom, when, and at which pace."""
