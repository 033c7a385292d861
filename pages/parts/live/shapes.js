// The mark of a task besides its colour: a shape of its own, for points on canvases and chips beside names.

// Corners in a circle of radius 1, y downwards, sized to look alike; null is the circle itself.
const star = Array.from({ length: 10 }, (_, at) => [at % 2 ? 0.55 : 1.25, (at * Math.PI) / 5 - Math.PI / 2]);
const plus = [[-0.4, -1.15], [0.4, -1.15], [0.4, -0.4], [1.15, -0.4], [1.15, 0.4], [0.4, 0.4], [0.4, 1.15], [-0.4, 1.15], [-0.4, 0.4], [-1.15, 0.4], [-1.15, -0.4], [-0.4, -0.4]];
const SHAPES = [
  null,
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
  [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  [[0, 1.2], [-1.15, -0.85], [1.15, -0.85]],
  plus,
  star.map(([reach, angle]) => [reach * Math.cos(angle), reach * Math.sin(angle)]),
  plus.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]),
];

/** The corners of a task's shape, by its number; null for a circle. Shapes come again after eight, beside other colours. */
export function shapeOf(number) {
  return SHAPES[(number + Math.floor(number / SHAPES.length)) % SHAPES.length];
}

/** Adds the outline of a shape to the path. */
export function traceShape(ctx, shape, x, y, radius) {
  if (!shape) {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  shape.forEach(([across, down], at) => (at ? ctx.lineTo(x + across * radius, y + down * radius) : ctx.moveTo(x + radius * across, y + radius * down)));
  ctx.closePath();
}

/** One point: filled, or hollow with `paper` showing through. */
export function drawShape(ctx, shape, x, y, radius, color, filled, paper) {
  ctx.beginPath();
  traceShape(ctx, shape, x, y, radius);
  if (filled || paper) {
    ctx.fillStyle = filled ? color : paper;
    ctx.fill();
  }
  if (filled) return;
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.25;
  ctx.stroke();
}

/** The shape as CSS, to cut a chip out of a square. */
export function shapeClip(shape) {
  const percent = (part) => `${(50 + 38 * part).toFixed(1)}%`;
  return shape ? `polygon(${shape.map((corner) => corner.map(percent).join(" ")).join(", ")})` : "circle(40%)";
}
