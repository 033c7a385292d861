"""Side-by-side timings and a load test, each with the bound it must keep: `python -m benchmarks`, or one: `... heart`.

Every module named in `benchmarks.__main__` has `figures() -> list[Figure]`. Times are ratios within one run, or medians of
interleaved repeats, since machines differ and are busy with other things. Knows nothing that the app needs.
"""
