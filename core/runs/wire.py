"""What a browser is told about a run: a *scene* once per start, then a *frame* per finished slice.

Knows nothing of HTTP. Both are JSON-able dicts. Over a replica axis a number becomes a *band*
`[mean, low, high]`; without replicas all three are equal. Task order is the document's.

scene = {
  "start": int                  counts starts of this run: a new value means "forget all records",
  "title": str, "hint": str     the table's name; one sentence: what to do or look at first,
  "epochs": int, "steps_per_epoch": int, "replicas": int,
  "tasks": [{"name": str, "kind": "binary" | "multiclass" | "regression", "classes": [str], "unit": str,
             "loss": str (title), "metrics": [{"name": str, "title": str, "better": "higher" | "lower"}],
             "primary": str (the metric shown large), "color": [light, dark], "dash": [px, px] or []}],
  "view": {"kind": "curve", "input": {"name", "unit"}, "x": [grid], "points": per task {"x", "y", "part"}}
        | {"kind": "map", "inputs": [{"name", "unit"} x 2], "bounds": [x0, x1, y0, y1], "n": int,
           "points": per task {"x", "y", "value", "part"}}
        | {"kind": "table", "tasks": per task: regression {"true": [..]}; else {"true": [class number ..]}}
             (rows are validation rows, at most 300; "part" is 0 training, 1 validation; test is never sent)
}
frame = {
  "start": int, "status": "ready" | "playing" | "paused" | "finished" | "failed",
  "message": "" | str           why it failed, or what it waits for,
  "epoch": float, "step": int, "speed": float | null (steps per second asked for; null: as fast as it can),
  "rate": float (steps per second reached), "left": float | null (seconds to go at this rate),
  "from": int                   the number of the first of `records` in the run's history,
  "records": [{"epoch": int, "objective": band, "weights": [band per task], "learning_rate": float,
               "train": [per task {"loss": band, metric: band ...}], "validation": the same}],
  "marks": [{"epoch": float, "text": str}]   changes made while it ran, all of them each time,
  "baseline": null | per task {metric: {"naive": number, "linear": number}} (validation rows),
  "view": {"kind": "curve", "tasks": per task [{"label": str, "mean": [..], "low": [..], "high": [..]}]}
             (regression one line; binary one line, the probability of yes; multiclass one line a class)
        | {"kind": "map", "tasks": per task {"bytes": base64 of n*n uint8, row by row from y0, "low", "high"}}
             (regression: low..high over 0..255; binary: probability 0..1; multiclass: class number * 32 + confidence * 31)
        | {"kind": "table", "tasks": per task: regression {"predicted": [..]}; binary {"yes": [probability ..]};
             multiclass {"confusion": [[count]] true by predicted}}
}
Metrics are in the column's units where they have one; `loss` is the raw task loss in standardised units and
`loss_units` the same in the column's units (regression only).
"""
