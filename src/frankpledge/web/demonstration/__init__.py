"""The demonstration: two forces with their offices and panels, one of them in full, as of 22 July 2022.

Every module tells what happens as entries of a diary, each on its own day; `laying_out.py` does them in
the order of their days, by the acts that the pages use. The words stand in `demo/office`.
"""
