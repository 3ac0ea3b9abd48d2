"""YAML to a checked, immutable fact base. No I/O but reading the files of one folder."""
