"""Control limits: which values of a series are out of line, by a rule-set that has a name.

`fixed_year` draws them from the previous financial year, `xmr` from the mean moving range,
`expected` from a level and a season fitted to the series. `rule_sets` says exactly how,
`baselines` which months count, `signals` what a crossing means.
"""
