"""Runs that are killed, starved of disk, doubled and cut off, and what is left of their homes."""
