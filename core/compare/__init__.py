"""Does sharing help? The same document trained with some of its tasks only, and what the difference is worth.

Knows nothing of processes or pages: `core.runs.comparisons` has it done in the background.
"""
