"""Lists of actions written out: in the columns of their own kind of plan, or with everything.

facts      what of an action leaves, as plain values
layouts    the columns of each kind of plan, and how each cell is written  (pure)
extracts   the columns of an extract for the panel  (pure)
reads      the actions that a reader may see, as facts
views      the files
"""
