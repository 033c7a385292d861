// One sentence a step, for someone who has never seen a matrix product. Knows nothing of the numbers themselves.

const rowsOfText = (count) => (count === 1 ? "1 row" : `${count} rows`);
const numbersOfText = (count) => (count === 1 ? "one number" : `${count} numbers`);

const FORWARD = {
  inputs: ({ x }) => `${rowsOfText(x.rows)} of the table ${x.rows === 1 ? "goes in" : "go in together"}, each as ${numbersOfText(x.cols)}: columns of numbers are brought to a common scale, a category becomes 0s and a 1.`,
  product: ({ z, x, step }) => `${z.cols === 1 ? "The one output" : `Each of the ${z.cols} ${step.output ? "outputs" : "units"}`} takes ${x.cols === 1 ? "the one number of a row times a weight of its own, and adds its bias" : `all ${x.cols} numbers of a row, each times a weight of its own, and adds them and its bias up`}.`,
  norm: () => "Batch norm: each unit's numbers lose their mean and are divided by their spread, both remembered from training; then they get a learned scale and shift.",
  bend: ({ step }) => (step.acts
    ? `The activation, ${step.label}, bends every number by itself: without it, all layers together could only make one straight line.`
    : "Activations are switched off here: every number stays as it is, so that all layers together are one matrix."),
  softmax: () => "Softmax makes shares of the numbers: each is raised to a power and divided by their sum, so that all are positive and add up to 1.",
  sigmoid: () => "The sigmoid squeezes every number between 0 and 1: how much of a unit is let through.",
  stop: () => "This is what another task has said. It is heard here, but no gradient goes back through it.",
  mixture: () => "What the experts say, each times its share from the gate, added up.",
  stitch: () => "The tasks' copies of the layer are mixed: each gets something of every other, as much as a learned matrix says.",
  part: () => "From here the task goes on with its own copy.",
  blend: () => "The task takes a bit of each of its layers, as much as learned weights say.",
  join: () => "Numbers are put side by side.",
  masked: () => "Each number of the shared layer is multiplied with the task's mask: what is near 0 there, the task does not see.",
  selection: () => "Selectors choose experts: each has shares over them, and their mean, weighed by how much each selector counts, is the gate.",
  columns: () => "The numbers of the table wait here until the text has been read.",
  words: () => "Each word is looked up: the network has learned some numbers for every word that it knows.",
  mean: () => "The numbers of a row's words are averaged, whatever their order.",
  reader: ({ step }) => `The ${step.reader} reads word by word and keeps a memory; this is what it remembers after the last word.`,
  answer: ({ step }) => ({
    binary: `The sigmoid makes a probability of yes of each number; from ${step.threshold} on the answer is “${step.classes?.[1]}”.`,
    multiclass: "Softmax makes probabilities of the numbers; the answer is the class with the largest.",
    regression: "The number is turned back into the column's units: times its standard deviation, plus its mean.",
  })[step.task_kind],
  loss: ({ step }) => `The loss (${step.label}) says how wrong each answer is; the loss of these rows is the mean.`,
  total: ({ walk }) => (walk.tasks.length > 1
    ? "The tasks' losses, each times its weight, add up to what training makes small."
    : "This is what training makes small."),
};

const BACK = {
  total: ({ walk }) => (walk.tasks.length > 1 ? "The way back begins here: each task's loss counts as much as its weight says." : "The way back begins here."),
  loss: ({ step }) => (step.rows.every((row) => row === null) ? "No answer to this task is known for these rows: there is no loss, and no gradient goes back." : "The gradient: how fast the loss would rise if an output rose a little. Blue outputs should fall, orange ones should rise."),
  product: ({ step }) => `Back through the weights: ${step.firstOne ? "each weight's gradient is what went in times its unit's gradient, added up over the rows." : "what went in gets the units' gradients times the weights that lead there; a weight's own gradient is what went in times its unit's gradient."}`,
  norm: () => "Batch norm passes the gradient on, times its scale over its spread.",
  bend: ({ step }) => (step.acts ? "The gradient is multiplied with the slope of the activation: where that is flat, little or nothing goes further back." : "No activation, so the gradient goes back as it is."),
  meeting: () => "Here the tasks' gradients meet: what all share is moved by their sum, each times its task's weight. Where colours differ, they pull apart.",
  mixture: () => "Each expert gets the gradient times its share; each share gets the gradient times what its expert says, added up over the units.",
  softmax: () => "Shares add up to 1: one rises only where others fall. So each gradient loses their mean, weighed by the shares, and is multiplied with its own share.",
  sigmoid: () => "The gradient is multiplied with the slope of the sigmoid: near 0 and near 1 it is flat, and little goes further back.",
  masked: () => "The shared layer gets the gradient times the mask; the mask gets it times the shared layer.",
  stitch: () => "Back through the stitch: each copy gets the gradients of all, as much as went from it to them.",
  blend: () => "Each layer gets the gradient times how much of it was taken.",
  join: () => "Each part gets the gradients of its own numbers.",
  part: () => "The gradient goes back to the task's own copy.",
};
const BACK_OTHER = "The gradient by what comes out, and what it becomes by what went in, added up over all that take it.";

/** The sentence of a step. facts: {step, walk, x, z}. */
export function sentenceOf(facts) {
  const { step } = facts;
  if (step.back) return (BACK[step.kind] ?? (() => BACK_OTHER))(facts);
  const dropped = step.dropout ? ` While it trains, each number is left out with a probability of ${step.dropout} (dropout); now, none is.` : "";
  return FORWARD[step.kind](facts) + dropped;
}
