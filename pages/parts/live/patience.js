// Acts on something only when it has lasted for a while without a break.

/** Returns `told(whether)`: once it has been told true for `wait` ms, and never false in between, `action` is called. */
export function createPatience(wait, action) {
  let timer;
  return (whether) => {
    if (!whether) timer = clearTimeout(timer);
    else {
      timer ??= setTimeout(() => {
        timer = undefined;
        action();
      }, wait);
    }
  };
}
