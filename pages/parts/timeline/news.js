// What a timeline takes from a run's news. Knows nothing of the DOM.

/** {epoch, stopped, batches}: where the run is, and which tasks have stopped and had batches, as its latest record has it. */
export function newsOf({ frame, history }) {
  const record = history.records.at(-1);
  return { epoch: frame.epoch, stopped: record?.stopped, batches: record?.batches };
}
