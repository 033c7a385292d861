"""Sample datasets, one file each. A sample knows how to make or read its table, and its story.

Contract: `TITLE`, `HELP` (one line), `STORY` (two or three sentences: what it is, what to look for), `LICENCE`, `Params`,
`INPUTS` (column -> kind) or `inputs(params)`, `TASKS` (column -> task kind) or `tasks(params)`, `UNITS` (column -> unit, where there is one),
`MADE_UP` (bool: the rows are generated, and the pages say so) and
`table(params) -> pandas.DataFrame`: the same rows for the same params, missing values as NaN, no global random state.
"""

from core.registry import Registry

SAMPLES = Registry("core.data.samples", "sample", ("STORY", "LICENCE", "UNITS", "MADE_UP", "table"))
