// Matrices as the server tells them, and those made from them. Each has {rows, cols, at(row, col)}; of a bank also {copies, copy(i)}.
// Knows nothing of steps or of the page.

/** A walk's matrices by key: `get(key)` is null where there is none; `missing` says that only its shape was told. */
export function readMatrices(told) {
  const known = new Map();
  return {
    has: (key) => key in told,
    get(key) {
      if (!(key in told)) return null;
      if (!known.has(key)) known.set(key, matrixOf(told[key]));
      return known.get(key);
    },
  };
}

/** {shape, kind: "f4" | "f8", bytes: base64 or absent} as a matrix. */
export function matrixOf({ shape, kind, bytes }) {
  const [rows, cols] = shape.slice(-2), copies = shape.length > 2 ? shape[0] : 1;
  const values = bytes === undefined ? null : numbersOf(bytes, kind);
  const part = (which) => ({
    rows, cols, copies: 1, missing: values === null,
    at: (row, col) => (values === null ? NaN : values[(which * rows + row) * cols + col]),
    copy: () => part(which),
  });
  return { ...part(0), copies, copy: (which) => part(Math.min(which, copies - 1)) };
}

function numbersOf(bytes, kind) {
  const text = atob(bytes), raw = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) raw[at] = text.charCodeAt(at);
  return kind === "f4" ? new Float32Array(raw.buffer) : new Float64Array(raw.buffer);
}

/** A matrix whose numbers are worked out when they are looked at. */
export function madeMatrix(rows, cols, at, missing = false) {
  const made = { rows, cols, copies: 1, missing, at };
  made.copy = () => made;
  return made;
}

/** The first rows alone. */
export function topOf(matrix, rows) {
  return madeMatrix(Math.min(rows, matrix.rows), matrix.cols, matrix.at, matrix.missing);
}

export function transposed(matrix) {
  return madeMatrix(matrix.cols, matrix.rows, (row, col) => matrix.at(col, row), matrix.missing);
}

/** a times b, each number as a sum when it is looked at. */
export function timesMatrix(a, b) {
  return madeMatrix(a.rows, b.cols, (row, col) => termsOf(a, b, row, col).reduce((sum, term) => sum + term.value, 0), a.missing || b.missing);
}

/** The products that a number of a times b is the sum of, in the order of what they run over. */
export function termsOf(a, b, row, col) {
  return Array.from({ length: a.cols }, (_, at) => ({ a: a.at(row, at), b: b.at(at, col), value: a.at(row, at) * b.at(at, col), place: at }));
}

/** The largest size of a number, at least something. */
export function largestOf(matrix) {
  let most = 0;
  for (let row = 0; row < matrix.rows; row++) for (let col = 0; col < matrix.cols; col++) most = Math.max(most, Math.abs(matrix.at(row, col)) || 0);
  return most || 1;
}

/** How strong each column is: the sum of the sizes of its numbers. */
export function strengthsOf(matrix) {
  return Array.from({ length: matrix.cols }, (_, col) => {
    let sum = 0;
    for (let row = 0; row < matrix.rows; row++) sum += Math.abs(matrix.at(row, col)) || 0;
    return sum;
  });
}

/** How two matrices of one shape lie to each other: 1 the same way, -1 against each other, null where one is 0. */
export function cosineOf(a, b) {
  let [along, one, other] = [0, 0, 0];
  for (let copy = 0; copy < a.copies; copy++) {
    const [x, y] = [a.copy(copy), b.copy(copy)];
    for (let row = 0; row < a.rows; row++) {
      for (let col = 0; col < a.cols; col++) {
        along += x.at(row, col) * y.at(row, col);
        one += x.at(row, col) ** 2;
        other += y.at(row, col) ** 2;
      }
    }
  }
  return one && other ? along / Math.sqrt(one * other) : null;
}
