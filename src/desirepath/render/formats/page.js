"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  for (const tools of all(".tools")) tools.hidden = false;
  const press = (button, group) => {
    for (const one of group) one.setAttribute("aria-pressed", String(one === button));
  };
  for (const button of all("[data-zoom]")) {
    const section = button.closest("section");
    button.addEventListener("click", () => {
      press(button, all("[data-zoom]", section));
      for (const one of all(".scroll", section)) one.classList.toggle("full", button.dataset.zoom === "full");
    });
  }
  const filters = all("[data-filter]");
  const items = all(".verdicts > li");
  const shown = document.getElementById("shown");
  for (const button of filters) {
    button.addEventListener("click", () => {
      press(button, filters);
      const wanted = button.dataset.filter;
      for (const item of items) item.hidden = wanted !== "" && item.dataset.verdict !== wanted;
      const count = items.filter((item) => !item.hidden).length;
      shown.textContent = shown.dataset.text.replace("{count}", count);
    });
  }
  const level = document.getElementById("level");
  if (level) {
    const names = level.dataset.names.split("|");
    const output = document.querySelector("output[for=level]");
    level.addEventListener("input", () => {
      for (const one of all("[data-level]")) one.hidden = one.dataset.level !== level.value;
      output.textContent = names[level.value];
      level.setAttribute("aria-valuetext", names[level.value]);
    });
  }
  // A card of a flow in focus or under the pointer keeps its lines; the others fade.
  for (const svg of all(".flow svg")) {
    const moves = all("[data-ref^='move:']", svg);
    const fade = (number) => {
      for (const move of moves) {
        const ends = move.dataset.ref.slice(5).split(/[-,]/);
        move.classList.toggle("faded", number !== null && !ends.includes(number));
      }
    };
    for (const stop of all("[data-ref^='stop:']", svg)) {
      const number = stop.dataset.ref.slice(5);
      for (const kind of ["focus", "mouseenter"]) stop.addEventListener(kind, () => fade(number));
      for (const kind of ["blur", "mouseleave"]) stop.addEventListener(kind, () => fade(null));
    }
  }
})();
