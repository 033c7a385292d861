// What the matrices take from a run's news. Knows nothing of the DOM.

/** {step, state}: `state` is another text when the network that is shown is another, also where a person has changed a weight. */
export function newsOf({ frame }) {
  const step = frame.looking?.step ?? frame.step, losses = frame.now?.train?.map((task) => task.loss);
  return { step, state: JSON.stringify([step, frame.start, frame.version, losses]) };
}
