"""The frame of every page: GOV.UK components, forms and their errors, statuses, dates in words.

It knows nothing of what the pages say, and stands below every app that draws one.
"""
