// The track at the foot of the transport bar: over the epochs of the run, to look at an earlier moment. It believes a hand at once.

import { make } from "./surface.js";

const BELIEF = 60_000; // ms until the server must have shown what was asked for: a long way may have to be trained again
const AWAITED = 700; // ms after which it is said that this takes a while

/** How far the run has come, in epochs; of one that blew up, to the last step before that. */
export function newestOf(frame, perEpoch) {
  return frame?.status === "failed" && frame.failure ? Math.max(0, frame.step - 1) / perEpoch : frame?.epoch ?? 0;
}

/** What to ask for when the track stands at an epoch: [command, value?]. Beyond the newest there is only the newest. */
export function askedAt(epoch, newest, perEpoch) {
  return epoch >= newest ? ["newest"] : ["look", { step: Math.round(epoch * perEpoch) }];
}

/** What is said of a moment. */
export function momentText(epoch, epochs) {
  return `Epoch ${Number(epoch.toPrecision(4))} of ${epochs.toLocaleString("en")}: press Play to go on from here.`;
}

/** What is said while a moment is not there yet. */
export function waitText(epoch) {
  return `Epoch ${Number(epoch.toPrecision(4)).toLocaleString("en")} is being trained again, to the last bit …`;
}

/** The changes nearest to an epoch, as far as half an epoch away, in words. */
export function changesAt(marks, epoch) {
  return (marks ?? []).filter((mark) => Math.abs(mark.epoch - epoch) <= 0.5).map(({ text }) => text).join("; ");
}

/** Wires the track in `root`; `ask(command, value)` sends, and resolves to whether it was heard. */
export function createScrub(root, ask) {
  const [range, ticks, newestButton, track] = [".moment", ".ticks", ".newest", ".track"].map((name) => root.querySelector(name));
  let belief = null; // {epoch, step}: what a hand has asked for; step null: the newest; late: it is long in coming
  let timer = null;
  let [perEpoch, newest, epochs, marks, ticked] = [1, 0, 1, [], ""];
  let latest = () => {};

  const scrub = { looking: false, update, leave, stop: () => clearTimeout(timer) };

  function leave() {
    belief = null;
    clearTimeout(timer);
  }

  function believe(epoch, step) {
    belief = { epoch, step, late: false };
    clearTimeout(timer);
    timer = setTimeout(() => {
      belief.late = true;
      timer = setTimeout(() => {
        belief = null;
        latest();
      }, BELIEF);
      latest();
    }, AWAITED);
  }

  range.oninput = async () => {
    const epoch = Math.min(Number(range.value), newest);
    const [command, value] = askedAt(epoch, newest, perEpoch);
    believe(epoch, value?.step ?? null);
    if (!(await ask(command, value))) leave();
    latest();
  };
  range.onpointermove = ({ offsetX }) => {
    const at = Math.max(0, Math.min(epochs, Math.round(((offsetX - 6) / Math.max(1, range.clientWidth - 12)) * epochs)));
    const changes = changesAt(marks, at);
    range.title = `Epoch ${at}${changes && `: ${changes}`}`;
  };

  function drawTicks() {
    const sign = `${epochs} ${marks.map(({ epoch }) => epoch).join()}`;
    if (sign === ticked) return;
    ticked = sign;
    ticks.replaceChildren(...marks.map(({ epoch }) => {
      const tick = make("i");
      tick.style.left = `${(100 * Math.min(1, epoch / epochs)).toFixed(3)}%`;
      return tick;
    }));
  }

  /** Brings the track up to the newest frame; says where one looks: {looking, epoch, step, sentence}. */
  function update(channel, playing, asleep) {
    const { scene, frame } = channel;
    latest = () => update(channel, playing, asleep);
    perEpoch = scene?.steps_per_epoch ?? 1;
    [epochs, newest, marks] = [Math.max(1, frame?.epochs ?? scene?.epochs ?? 1), newestOf(frame, perEpoch), frame?.marks ?? []];
    if (belief && frame && (frame.looking?.step ?? null) === belief.step) leave();
    const shown = belief ? (belief.step === null ? null : belief) : frame?.looking ?? null;
    const looking = scrub.looking = Boolean(shown) && !playing;
    const { epoch, step } = looking ? shown : { epoch: frame?.epoch ?? 0, step: frame?.step ?? 0 };
    range.max = String(epochs);
    const value = String(looking ? Math.round(epoch) : Math.min(epochs, Math.ceil(newest - 1e-9)));
    if (range.value !== value) range.value = value;
    range.disabled = asleep || newest <= 0;
    const changes = looking ? changesAt(marks, epoch) : "";
    range.setAttribute("aria-valuetext", `epoch ${Number(epoch.toPrecision(4))} of ${epochs}${changes && `, ${changes}`}`);
    track.style.setProperty("--at", String(Math.min(1, epoch / epochs)));
    root.classList.toggle("looking", looking);
    newestButton.hidden = !looking;
    drawTicks();
    const sentence = belief?.late ? waitText(epoch) : momentText(epoch, epochs);
    return { looking, epoch, step, sentence: looking ? sentence : "" };
  }

  return scrub;
}
