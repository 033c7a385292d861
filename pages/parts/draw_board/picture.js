// The board as a picture on a canvas, and the way from its pixels to places. Knows nothing of strokes.

import { FLOOR } from "./stroke.js";
import { heightOf, LETTERS } from "./board.js";
import { answerColor, css, mixed, trace } from "./looks.js";

const LEFT = 34, TOP = 8, RIGHT = 10, BOTTOM = 26, STRIP = 24;
const TICKS = [-1, -0.5, 0, 0.5, 1];

/** Where the board lies in a box of `width` x `height`, and the ways between its places and pixels. */
export function frameOf(width, height, inputs) {
  const floor = inputs === 1 ? STRIP : 0;
  const [wide, high] = [width - LEFT - RIGHT, height - TOP - BOTTOM - floor];
  const [right, bottom] = [LEFT + wide, TOP + high];
  return {
    left: LEFT, top: TOP, right, bottom, wide, high, floor,
    px: (x) => LEFT + ((x + 1) / 2) * wide,
    py: (y) => TOP + ((1 - y) / 2) * high,
    x: (px) => Math.max(-1, Math.min(1, (2 * (px - LEFT)) / wide - 1)),
    y: (py) => Math.min(1, 1 - (2 * (py - TOP)) / high),
    units: (length) => (2 * length) / wide,
    /** Whether a pixel lies on the board, or as near as a hand may miss it. */
    holds: (px, py, slack = 8) => px >= LEFT - slack && px <= right + slack && py >= TOP - slack && py <= bottom + floor + slack,
  };
}

export function pointSize(count) {
  return count > 1000 ? 2.8 : count > 400 ? 3.4 : 4.2;
}

/** scene: {board, task, look, pointer: {x, y, radius, tool} or null, cursor: {x, y} or null}. */
export function drawBoard(ctx, width, height, { board, task, look, pointer, cursor }) {
  const frame = frameOf(width, height, board.inputs), shown = board.tasks[task];
  ctx.clearRect(0, 0, width, height);
  drawGround(ctx, frame, board, shown, look);
  const size = pointSize(board.drawn.length), radius = size + 0.2, rim = look.dark ? "rgba(255, 255, 255, 0.6)" : "rgba(20, 24, 32, 0.65)";
  const hollow = new Path2D();
  for (const point of board.drawn) {
    if (point[2 + task] !== null) continue;
    const y = heightOf(board, task, point);
    trace(hollow, 0, frame.px(point[0]), y === null ? frame.bottom + frame.floor / 2 : frame.py(y), radius - 0.6);
  }
  ctx.lineWidth = 1.3;
  ctx.strokeStyle = css(mixed(look.paper, look.ink, 0.6));
  ctx.stroke(hollow);
  ctx.lineWidth = 0.9;
  ctx.strokeStyle = rim;
  for (const point of board.drawn) {
    const answer = point[2 + task];
    if (answer === null) continue;
    ctx.beginPath();
    trace(ctx, shown.kind === "value" ? 0 : answer, frame.px(point[0]), frame.py(heightOf(board, task, point)), radius);
    ctx.fillStyle = css(answerColor(shown, answer, look.dark));
    ctx.fill();
    ctx.stroke();
  }
  if (pointer) {
    ctx.beginPath();
    ctx.arc(frame.px(pointer.x), frame.py(pointer.y), pointer.radius, 0, 2 * Math.PI);
    ctx.lineWidth = 1.2;
    ctx.setLineDash(pointer.tool === "eraser" ? [4, 3] : []);
    ctx.strokeStyle = css(look.ink, 0.55);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  if (cursor) drawCursor(ctx, frame, cursor, look);
}

function drawGround(ctx, frame, board, shown, look) {
  const { left, top, right, bottom, floor } = frame, lanes = board.inputs === 1 && shown.kind === "classes" ? shown.classes : 0;
  const soft = css(mixed(look.paper, look.ink, 0.66)), grid = css(mixed(look.paper, look.ink, look.dark ? 0.14 : 0.1));
  ctx.lineWidth = 1;
  ctx.strokeStyle = grid;
  ctx.beginPath();
  for (const tick of TICKS) line(ctx, frame.px(tick), top, frame.px(tick), bottom + floor);
  if (lanes) for (let lane = 1; lane < lanes; lane += 1) line(ctx, left, frame.py(1 - (2 * lane) / lanes), right, frame.py(1 - (2 * lane) / lanes));
  else for (const tick of TICKS) line(ctx, left, frame.py(tick), right, frame.py(tick));
  ctx.stroke();
  ctx.strokeStyle = css(mixed(look.paper, look.ink, 0.4));
  ctx.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom + floor - top - 1);
  if (floor) {
    ctx.beginPath();
    line(ctx, left, frame.py(FLOOR), right, frame.py(FLOOR));
    ctx.stroke();
  }
  ctx.font = `12px ${look.font}`;
  ctx.fillStyle = soft;
  ctx.textBaseline = "middle";
  ctx.textAlign = "right";
  if (lanes) for (let lane = 0; lane < lanes; lane += 1) ctx.fillText(LETTERS[lane], left - 7, frame.py(1 - (2 * lane + 1) / lanes));
  else for (const tick of [-1, 0, 1]) ctx.fillText(String(tick).replace("-", "−"), left - 6, frame.py(tick) + (tick === 1 ? 5 : tick === -1 ? -5 : 0));
  if (floor) ctx.fillText("?", left - 8, bottom + floor / 2);
  ctx.textBaseline = "top";
  ctx.textAlign = "center";
  for (const tick of [-1, 0, 1]) ctx.fillText(String(tick).replace("-", "−"), frame.px(tick) + (tick === 1 ? -4 : tick === -1 ? 4 : 0), bottom + floor + 5);
  ctx.font = `italic 600 13px ${look.font}`;
  ctx.fillText("x", frame.px(0.5), bottom + floor + 4);
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  if (board.inputs === 2) ctx.fillText("y", left - 8, frame.py(0.5));
}

function drawCursor(ctx, frame, { x, y }, look) {
  const [px, py] = [frame.px(x), frame.py(y)];
  for (const [width, color] of [[3.5, css(look.paper)], [1.6, css(look.touch)]]) {
    ctx.lineWidth = width;
    ctx.strokeStyle = color;
    ctx.beginPath();
    for (const [across, down] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) line(ctx, px + 4 * across, py + 4 * down, px + 14 * across, py + 14 * down);
    ctx.stroke();
  }
}

function line(ctx, fromX, fromY, toX, toY) {
  const crisp = (value) => Math.round(value) + 0.5;
  ctx.moveTo(crisp(fromX), crisp(fromY));
  ctx.lineTo(crisp(toX), crisp(toY));
}
