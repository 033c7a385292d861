"""Figures, one file each: plain records in, a plotly figure out. Knows nothing of pages, runs or tensors.

Contract: `TITLE`, `HELP` (one plain sentence that says how to read it) and `figure(...) -> plotly.graph_objects.Figure`.
Figures take no side between light and dark: the background is transparent and fonts are left to the page's theme;
`dark` only chooses between the two shades of a task's colour. `palette` holds the colours and is no figure.
"""
