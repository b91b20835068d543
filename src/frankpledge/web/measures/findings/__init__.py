"""Findings on the web: made from a force's figures when they change, kept, and read by pages."""
