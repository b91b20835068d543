"""Figures to findings: plain Polars frames in, plain Polars frames out.

Nothing here knows a file, a page or a database. Every percentage, limit, rate, test and likelihood
that Frankpledge shows is made in this package and nowhere else.
"""
