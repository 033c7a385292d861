// Specs for the tests, as Python makes them.

const limits = { width: 1024, layers: 12, dropout: 0.9, first: 16 };

export function layer(width, fields = {}) {
  return { width, activation: "relu", title: "ReLU", batch_norm: false, dropout: 0, matrix: `? × ${width}`, batch: `32 × ${width}`, parameters: 1, ...fields };
}

export function spec(trunk, towers, fields = {}) {
  return {
    inputs: { width: 12, names: [], batch: "32 × 12" },
    trunk: { where: "trunk", parameters: 2528, layers: trunk.map((width) => layer(width, fields)) },
    tasks: towers.map((widths, i) => ({
      where: `task ${i}`, title: `task ${i}`, kind: "yes or no", color: ["#114488", "#88bbff"], parameters: 100,
      layers: widths.map((width) => layer(width, fields)), output: { ...layer(1) },
    })),
    nonlinear: true, total: 5000, activations: [["relu", "ReLU"], ["tanh", "Tanh"]], limits,
  };
}

export const heart = spec([32, 64], [[32], [16]]);
