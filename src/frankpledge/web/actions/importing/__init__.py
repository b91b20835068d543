"""Bringing lists of actions from files: looked at first, then taken whole or not at all.

formats        which columns there are, and which kind of plan a table is        (pure)
reading        a table and its columns into rows, headings and rows that go on   (pure)
understanding  what the texts of a row mean: owners, dues, ratings, updates      (pure)
matching       what there already is: actions, commitments, forums, ratings
previewing     what each row would become, and everything that is wrong
sharing        whether owners could see the actions they would own
bringing       one row done, by the acts of the ledger
acts           handing in, choosing, committing, discarding
"""
