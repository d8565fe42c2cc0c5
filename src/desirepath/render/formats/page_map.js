"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const make = (tag, text = "", look = "") => {
    const one = document.createElement(tag);
    one.textContent = text;
    if (look) one.className = look;
    return one;
  };
  const isRtl = document.documentElement.dir === "rtl";

  // What a reader chose stands behind the # as group=…&step=…; any other # is an anchor.
  const chosen = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const remember = (name, value) => {
    if (value) chosen.set(name, value);
    else chosen.delete(name);
    const text = chosen.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  };

  // Numbers of a group: each is looked up in its row of the tables below; nothing is computed.
  const group = byId("group");
  const WORDS = ["confirmed", "refuted", "mixed", "unknown", "stale", "untestable"];
  const cellOf = (row, column) => {
    const cells = byId(row) ? byId(row).querySelectorAll("td") : [];
    return cells[column] || null;
  };
  const pick = (one, column) => {
    if (one.dataset.all === undefined) one.dataset.all = one.textContent;
    const cell = cellOf(one.dataset.row, column);
    const only = group.dataset.only;
    one.textContent = column === 0 ? one.dataset.all : cell && cell.textContent ? cell.textContent : only;
    const mark = one.closest(".mark");
    if (!mark) return;
    if (mark.dataset.look === undefined) mark.dataset.look = mark.className;
    mark.className = mark.dataset.look;
    if (column === 0) return;
    mark.classList.remove(...WORDS);
    const word = WORDS.find((name) => cell && cell.classList.contains(name));
    if (word) mark.classList.add(word);
  };
  const draw = (column) => {
    for (const bar of all("[data-bar]")) {
      const cell = cellOf(bar.dataset.bar, column);
      const high = cell && cell.dataset.value ? 24 * Number(cell.dataset.value) : 0;
      bar.setAttribute("height", high);
      bar.setAttribute("y", 24 - high);
    }
    for (const dot of all("[data-dot]")) {
      const cell = cellOf(dot.dataset.dot, column);
      const has = Boolean(cell && cell.dataset.value);
      dot.classList.toggle("absent", !has);
      if (has) dot.setAttribute("cx", 50 + 22 * Number(cell.dataset.value));
      const interval = dot.parentNode.querySelector(".interval");
      if (interval) interval.classList.toggle("absent", column !== 0);
    }
  };
  const choose = () => {
    const option = group.selectedOptions[0];
    const column = Number(option.dataset.column);
    for (const one of all("[data-row]")) pick(one, column);
    draw(column);
    const persona = group.value.startsWith("persona=") ? group.value.slice(8) : "";
    for (const one of all("[data-persona]")) one.hidden = persona !== "" && one.dataset.persona !== persona;
    for (const lane of all(".lanes > div")) lane.hidden = !lane.querySelector("li:not([hidden])");
    const status = byId("chosen");
    status.textContent = column === 0 ? "" : status.dataset.text.replace("{group}", option.textContent);
    remember("group", group.value);
  };

  // Evidence of one element in a window: its verdicts, its numbers by group, the words of its step.
  const panel = byId("panel");
  const partsOf = (ref) => {
    const items = all(".verdicts > li").filter(
      (one) => one.dataset.subject === ref || (ref.startsWith("step:") && one.dataset.place === ref && !one.dataset.subject.startsWith("statement:")),
    );
    const rows = all("tr[data-subject]").filter((one) => one.dataset.subject === ref);
    const place = items[0] ? items[0].dataset.place : ref;
    const story = place.startsWith("step:") ? byId("story-" + place.slice(5)) : null;
    return { items, rows, story };
  };
  const tableOf = (row) => {
    const names = all("thead th", row.closest("table")).slice(1);
    const cells = all("td", row);
    const table = make("table", "", "groups");
    const caption = make("caption", row.querySelector("th").textContent);
    table.append(caption);
    names.forEach((name, number) => {
      const cell = cells[number];
      if (!cell || !cell.textContent) return;
      const line = make("tr");
      const head = make("th", name.textContent);
      head.scope = "row";
      line.append(head, make("td", cell.textContent, cell.className));
      if (group && number === group.selectedIndex) line.className = "now";
      table.append(line);
    });
    return table;
  };
  const titleOf = (ref, items, story) => {
    const strong = items.length === 1 ? items[0].querySelector("strong") : null;
    if (ref.startsWith("statement:") && strong) return strong.textContent;
    return story ? story.querySelector("h3").textContent : strong ? strong.textContent : document.title;
  };
  const show = (ref) => {
    const { items, rows, story } = partsOf(ref);
    if (!items.length && !rows.length && !(story && story.querySelector(".said"))) return false;
    byId("panel-title").textContent = titleOf(ref, items, story);
    const body = byId("panel-body");
    body.replaceChildren();
    const list = make("ul", "", "verdicts");
    for (const item of items) {
      const copy = item.cloneNode(true);
      copy.removeAttribute("id");
      copy.hidden = false;
      for (const link of all(".to-numbers", copy)) link.remove();
      list.append(copy);
    }
    if (items.length) body.append(list);
    if (rows.length) {
      const details = make("details");
      details.open = rows.length < 3;
      details.append(make("summary", body.dataset.numbers), ...rows.map(tableOf));
      body.append(details);
    }
    const said = story && story.querySelector(".said");
    if (said) body.append(said.cloneNode(true));
    panel.showModal();
    panel.scrollTop = 0;
    return true;
  };
  byId("panel-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  // Cards of the poster open it; Tab stops once, arrow keys go from card to card.
  const poster = document.querySelector("#poster svg");
  const known = new Set(all(".verdicts > li").map((one) => one.dataset.subject));
  for (const row of all("tr[data-subject]")) known.add(row.dataset.subject);
  // Much at the head of the poster speaks of the whole map; its first part, the title, opens that.
  const heads = all('[data-ref="map"]', poster);
  const cards = all("[data-ref]", poster).filter((one) => known.has(one.dataset.ref) && !heads.slice(1).includes(one));
  if (heads.length) heads[0].setAttribute("aria-label", heads[0].textContent.trim().replace(/\s+/g, " "));
  if (cards.length) poster.setAttribute("role", "group");
  let current = cards[0];
  cards.forEach((card, number) => {
    card.setAttribute("data-linked", "");
    card.setAttribute("role", "button");
    card.setAttribute("tabindex", number ? "-1" : "0");
    card.addEventListener("focus", () => {
      current.setAttribute("tabindex", "-1");
      card.setAttribute("tabindex", "0");
      current = card;
    });
    card.addEventListener("click", () => show(card.dataset.ref));
    card.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 };
      if (event.key === "Enter" || event.key === " ") show(card.dataset.ref);
      else if (event.key in steps) {
        cards[(number + steps[event.key] + cards.length) % cards.length].focus();
      } else return;
      event.preventDefault();
    });
  });
  let walkTo = () => false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = link.getAttribute("href").slice(1);
    const target = byId(id);
    if (id.startsWith("verdict-") && show(id.slice(8))) event.preventDefault();
    else if (id.startsWith("story-") && walkTo(id)) event.preventDefault();
    else if (target && target.matches("details")) target.open = true;
  });

  // The story: one step a screen, in a window of its own.
  const walk = byId("walk");
  const story = document.querySelector("ol.story");
  const start = byId("walk-start");
  if (story && start) {
    const home = story.parentNode;
    const after = story.nextSibling;
    const stops = [...story.children];
    let at = 0;
    const stop = (number) => {
      at = Math.max(0, Math.min(stops.length - 1, number));
      stops.forEach((one, index) => (one.hidden = index !== at));
      const text = byId("walk-at").dataset.text;
      byId("walk-at").textContent = text.replace("{number}", at + 1).replace("{count}", stops.length);
      byId("walk-progress").max = stops.length;
      byId("walk-progress").value = at + 1;
      byId("walk-back").disabled = at === 0;
      byId("walk-on").disabled = at === stops.length - 1;
      walk.scrollTop = 0;
      stops[at].focus({ preventScroll: true });
      remember("step", stops[at].id.slice(6));
    };
    const choice = document.querySelector(".choice");
    const choiceAfter = choice && choice.nextSibling;
    const open = (number) => {
      if (choice) walk.append(choice);
      walk.append(story);
      walk.showModal();
      stop(number);
    };
    start.addEventListener("click", () => open(0));
    walkTo = (id) => {
      const number = stops.findIndex((one) => one.id === id);
      if (number >= 0 && !walk.open) open(number);
      return number >= 0;
    };
    byId("walk-back").addEventListener("click", () => stop(at - 1));
    byId("walk-on").addEventListener("click", () => stop(at + 1));
    byId("walk-close").addEventListener("click", () => walk.close());
    walk.addEventListener("close", () => {
      for (const one of stops) one.hidden = false;
      home.insertBefore(story, after);
      if (choice) choiceAfter.parentNode.insertBefore(choice, choiceAfter);
      remember("step", "");
      start.focus();
    });
    walk.addEventListener("keydown", (event) => {
      if (event.target.closest("summary, select") || event.ctrlKey || event.altKey || event.metaKey) return;
      const turn = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1, PageDown: 1, PageUp: -1 };
      if (event.key in turn) stop(at + turn[event.key]);
      else if (event.key === "Home") stop(0);
      else if (event.key === "End") stop(stops.length - 1);
      else return;
      event.preventDefault();
    });
    const wanted = stops.findIndex((one) => one.id === "story-" + chosen.get("step"));
    if (wanted >= 0) open(wanted);
  }
  if (group) {
    group.addEventListener("change", choose);
    if (chosen.get("group")) {
      group.value = chosen.get("group");
      if (group.selectedIndex < 0) group.selectedIndex = 0;
      choose();
    }
  }
})();
