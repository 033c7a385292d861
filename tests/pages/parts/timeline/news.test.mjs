import assert from "node:assert/strict";
import test from "node:test";
import { newsOf } from "../../../../pages/parts/timeline/news.js";

test("a timeline hears where the run is and what its latest record says", () => {
  const records = [{ stopped: [[0]], batches: [[1]] }, { stopped: [[1]], batches: [[4]] }];
  assert.deepEqual(newsOf({ frame: { epoch: 2.5 }, history: { records } }), { epoch: 2.5, stopped: [[1]], batches: [[4]] });
  assert.deepEqual(newsOf({ frame: { epoch: 0 }, history: { records: [] } }), { epoch: 0, stopped: undefined, batches: undefined });
});
