"""Definitions, open to all: what each measure counts and what each rule asks, with examples."""
