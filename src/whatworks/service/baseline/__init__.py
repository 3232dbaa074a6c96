"""Baseline: where a council stands now, each of its measures beside published figures."""
