"""Measures: what each is, what good looks like, its figures with revisions, and what they say."""
