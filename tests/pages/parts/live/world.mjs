// A browser's means under the hands of a test: streams, posts, timers and animation frames.

import { createHub } from "../../../../pages/parts/live/hub.js";

export function world() {
  const state = { now: 0, hidden: false, sources: [], posts: [], timers: [], frames: [], answer: () => ({ ok: true }), visibility: null, click: null };
  state.env = {
    root: () => "http://host/base/",
    connect(url) {
      const source = { url: new URL(url), open: true, on: {}, addEventListener: (name, action) => (source.on[name] = action), close: () => (source.open = false) };
      state.sources.push(source);
      return source;
    },
    post: async (url, body) => (state.posts.push(body), state.answer(body)),
    ask: async () => "gone",
    now: () => state.now,
    later: (action, wait) => (state.timers.push({ action, wait }), state.timers.length),
    cancel: (timer) => (state.timers[timer - 1].action = () => {}),
    hidden: () => state.hidden,
    onVisibility: (action) => (state.visibility = action),
    onClick: (action) => (state.click = action),
    nextFrame: (action) => state.frames.push(action),
    still: () => false,
  };
  state.elapse = () => state.timers.splice(0).forEach(({ action }) => action());
  state.open = () => state.sources.filter((source) => source.open);
  state.send = (name, value) => state.open()[0].on[name]({ data: typeof value === "string" ? value : JSON.stringify(value) });
  state.hub = createHub(state.env);
  return state;
}

export const frame = (from, count, more = {}) => ({ start: 1, from, records: Array.from({ length: count }, (_, at) => ({ epoch: from + at })), ...more });
