// The small buttons below the picture: undo, redo, save as SVG or PNG. Knows nothing of what they do.

const SIGNS = { undo: "M6.5 3 3 6.5 6.5 10 M3.5 6.5 H10 a3.5 3.5 0 0 1 0 7 H7", redo: "M9.5 3 13 6.5 9.5 10 M12.5 6.5 H6 a3.5 3.5 0 0 0 0 7 H9" };
const SAVES = { svg: "Save the picture as SVG, to edit or print at any size", png: "Save the picture as PNG, twice as fine as the screen" };

/** Puts the buttons into `host`; `act(name)` is told which was pressed. The function it gives shows what undo and redo would do. */
export function tools(host, act) {
  const made = new Map();
  for (const name of ["undo", "redo", "svg", "png"]) {
    const element = Object.assign(document.createElement("button"), { type: "button", className: `tool ${name}` });
    element.append(SIGNS[name] ? sign(SIGNS[name]) : name.toUpperCase());
    if (SAVES[name]) named(element, SAVES[name], false);
    element.onclick = () => element.getAttribute("aria-disabled") !== "true" && act(name);
    made.set(name, element);
  }
  host.replaceChildren(...made.values());
  return (steps) => {
    named(made.get("undo"), steps?.undo ? `Undo (Ctrl Z); back to: ${steps.undo}` : "Undo: nothing was changed yet", !steps?.undo);
    named(made.get("redo"), steps?.redo ? `Redo (Ctrl Y): ${steps.redo}` : "Redo: nothing was undone", !steps?.redo);
  };
}

function named(element, label, off) {
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-disabled", String(off));
  element.title = label;
}

function sign(path) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg"), line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  made.setAttribute("viewBox", "0 0 16 16");
  made.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  made.append(line);
  return made;
}
