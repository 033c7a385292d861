"""When Python's collector of garbage may hold everybody up. Knows nothing of what there is to collect.

What refers to nothing in a circle goes by itself; the collector looks for circles, and while it looks nothing else runs.
"""

import gc

SELDOM = 10_000, 20, 50
"""Objects made until the youngest are looked through, and how often each age is until the next older one is.

With Python's own 700, 10 and 10 everything was looked through every five seconds while thirty people trained, for a fifth of
a second each time.
"""


def settle() -> None:
    """For a server that has loaded all that it needs: that is never looked through again, and what comes from now on seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
