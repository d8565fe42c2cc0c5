"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const scroll = document.querySelector(".scroll");
  for (const tools of all(".tools")) tools.hidden = false;
  const press = (button, group) => {
    for (const one of group) one.setAttribute("aria-pressed", String(one === button));
  };
  const zooms = all("[data-zoom]");
  for (const button of zooms) {
    button.addEventListener("click", () => {
      press(button, zooms);
      scroll.classList.toggle("full", button.dataset.zoom === "full");
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
  // A click on a card of the poster leads to its verdict; the list below is the way for the keyboard.
  for (const group of all("svg [data-ref]")) {
    const target = document.getElementById("verdict-" + group.dataset.ref);
    if (!target) continue;
    group.setAttribute("data-linked", "");
    group.addEventListener("click", () => {
      if (filters[0]) filters[0].click();
      target.scrollIntoView({ block: "center" });
      target.focus();
    });
  }
})();
