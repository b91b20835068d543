"""Findings on the web: made from a force's figures when they change, kept, and read by pages."""

from frankpledge.web.measures.findings.refreshing import ask_for_findings as refresh

__all__ = ["refresh"]
