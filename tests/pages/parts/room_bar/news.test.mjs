import assert from "node:assert/strict";
import test from "node:test";
import { createNews, peopleText, roomAddress } from "../../../../pages/parts/room_bar/news.js";

function world() {
  const made = { opened: [], closed: 0, later: [], hidden: false, clock: 0 };
  const env = {
    now: () => made.clock,
    hidden: () => made.hidden,
    onVisibility: (action) => (made.turn = action),
    later: (action, wait) => made.later.push({ action, wait }),
    cancel: () => {},
    connect: (url) => {
      const heard = {};
      made.opened.push({ url, heard });
      return { addEventListener: (name, action) => (heard[name] = action), close: () => (made.closed += 1) };
    },
  };
  return { made, env };
}

test("addresses hold the code and nothing that leaves its place", () => {
  assert.equal(roomAddress("https://h/base/", "BCDFGH", "news"), "https://h/base/room/BCDFGH/news");
  assert.equal(roomAddress("https://h/", "../x", "wall"), "https://h/room/..%2Fx/wall");
});

test("news are heard, a stream that has lasted is opened again soon, one that is refused later", () => {
  const { made, env } = world(), heard = [];
  createNews("u", env, (news) => heard.push(news));
  made.opened[0].heard.news({ data: '{"sign": "a", "people": 3}' });
  assert.deepEqual(heard, [{ sign: "a", people: 3 }]);
  made.clock = 25_000;
  made.opened[0].heard.error();
  assert.ok(made.later[0].wait < 1000);
  made.later[0].action();
  made.opened[1].heard.error();
  assert.ok(made.later[1].wait > 5000);
});

test("a hidden page hears nothing, one that is left nothing more", () => {
  const { made, env } = world();
  const stop = createNews("u", env, () => {});
  made.hidden = true;
  made.turn();
  assert.equal(made.closed, 1);
  made.hidden = false;
  made.turn();
  assert.equal(made.opened.length, 2);
  stop();
  made.turn();
  assert.equal(made.opened.length, 2);
});

test("people are counted in words", () => {
  assert.deepEqual([0, 1, 30].map(peopleText), ["nobody is here yet", "1 person is here", "30 people are here"]);
});
