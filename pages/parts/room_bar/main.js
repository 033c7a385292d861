// The component: one line at the top of every page while one is in a room. It hears of the room by itself, has the page look again when
// something in it has changed, and keeps closed what is locked.

import { browserEnv } from "../live/browser.js";
import { createClosing } from "./closing.js";
import { createNews, peopleText, roomAddress } from "./news.js";
import { createPresses } from "./presses.js";

const instances = new WeakMap();
const LOOK_AGAIN = 3000; // ms until the page is asked again to look, where it has not

export default function ({ data, parentElement, setTriggerValue }) {
  const shown = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, shown);
  shown.trigger = setTriggerValue;
  shown.show(data);
  return () => {
    shown.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".bar"), env = browserEnv();
  const [code, who, says, acts] = ["code", "who", "says", "acts"].map((name) => root.querySelector(`.${name}`));
  const closing = createClosing(document.body);
  const presses = createPresses((all) => shown.trigger("acts", all));
  const shown = { trigger: null, show, unmount };
  let data = null, room = null, stop = () => {}, people = null, wanted = null, kept = "", made = "";

  const write = (element, text) => element.textContent === text || (element.textContent = text);

  function show(told) {
    data = told;
    presses.heard(data.heard);
    root.hidden = data.quiet;
    if (data.sign === wanted) wanted = null;
    if (data.room !== room) {
      stop();
      [room, people, wanted] = [data.room, null, null];
      enter(room);
    }
    closing.set(data.closed, data.why);
    draw();
  }

  /** Listens to a room, once its presenter's key has become a cookie that scripts cannot read: a refresh, and other tabs, have it then. */
  async function enter(code) {
    let left = false;
    stop = () => (left = true);
    if (data.key && kept !== data.key) {
      kept = data.key;
      await env.post(roomAddress(env.root(), code, "desk"), { key: kept }).catch(() => (kept = ""));
    }
    if (!left) stop = createNews(roomAddress(env.root(), code, "news"), env, hear);
  }

  function hear(news) {
    people = news.people ?? people;
    draw();
    if (news.sign !== data.sign && news.sign !== wanted) look(news.sign);
  }

  /** Has the page look again, until it shows the room as it is. */
  function look(sign) {
    wanted = sign;
    shown.trigger("news", sign);
    env.later(() => data && wanted === sign && look(sign), LOOK_AGAIN);
  }

  function draw() {
    write(code, data.code);
    write(who, [data.who, data.counts && people !== null ? peopleText(people) : ""].filter(Boolean).join(" · "));
    write(says, data.says);
    says.title = data.says;
    who.title = who.textContent;
    const key = JSON.stringify(data.acts);
    if (key === made) return;
    made = key;
    const focus = root.getRootNode().activeElement?.dataset?.act;
    acts.replaceChildren(...data.acts.map(button));
    if (focus) acts.querySelector(`[data-act="${focus}"]`)?.focus();
  }

  function button({ name, label, help, on, main, off }) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, title: help, disabled: Boolean(off) });
    made.dataset.act = name;
    if (main) made.className = "main";
    if (on !== undefined) made.setAttribute("aria-pressed", `${on}`);
    made.onclick = () => presses.put(name);
    return made;
  }

  function unmount() {
    data = null;
    stop();
    presses.stop();
    closing.stop();
  }

  return shown;
}
