// Ties the text to the records: one fact is chosen at a time, and both sides show it.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (name, gaps = {}) => data.words[`review_say_${name}`].replace(/{(\w+)}/g, (_, gap) => gaps[gap]);

  const text = one("#text");
  const segments = all("#text [data-s]").map((element) => {
    const start = Number(element.dataset.s);
    return { element, start, end: start + element.textContent.length, carried: Boolean(element.closest(".carried")) };
  });
  const own = segments.filter((segment) => !segment.carried).sort((a, b) => a.start - b.start);
  const facts = new Map(data.facts.map((fact) => [fact.key, fact]));
  const buttons = new Map(all("#records [data-key]").map((button) => [button.dataset.key, button]));
  const unread = data.facts.filter((fact) => fact.kind === "unread").map((fact) => fact.key);
  const off = new Set();
  let chosen = null;
  let lit = [];

  // The segments that a stretch of the text touches; they are in order, so the first is found by halving.
  function within([start, end]) {
    let low = 0;
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (own[middle].end <= start) low = middle + 1; else high = middle;
    }
    const found = [];
    for (let at = low; at < own.length && own[at].start < end; at += 1) found.push(own[at]);
    return found;
  }

  function element(tag, className, content) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  }

  async function copy(words, button) {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const field = element("textarea");
      field.value = words;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = say("copied");
    setTimeout(() => { button.textContent = before; }, 900);
  }

  function copier(words, label) {
    const button = element("button", "", label);
    button.type = "button";
    button.dataset.copy = words;
    button.addEventListener("click", () => copy(words, button));
    return button;
  }

  // A stretch of the text as a records file writes it: quoted, where YAML would take the words for something else.
  function evidence(start, end) {
    const quote = within([start, end]).map((s) => s.element.textContent.slice(Math.max(0, start - s.start), end - s.start)).join("");
    const whole = quote.length === end - start ? `, quote: ${JSON.stringify(quote)}` : "";
    return `evidence: {start: ${start}, end: ${end}${whole}}`;
  }

  function card(fact) {
    const top = element("div", "top");
    const mark = element("i", `sign ${fact.kind}`, one(`.kind input[value="${fact.kind}"]`).closest(".kind").querySelector(".sign").textContent);
    top.append(mark);
    if (fact.id) top.append(element("span", "id", fact.id), copier(fact.id, say("copy")));
    if (fact.evidence) {
      const [start, end] = fact.evidence;
      top.append(element("span", "count", say("place", { start, end })), copier(evidence(start, end), say("evidence")));
    }
    if (!fact.evidence && fact.kind !== "metadata") top.append(element("b", "flaw", say("lost")));
    if (fact.moved) top.append(element("b", "flaw", say("moved")));
    const list = element("dl");
    for (const [name, value] of fact.details) list.append(element("dt", "", name), element("dd", "", value));
    one("#card").replaceChildren(top, list);
  }

  function scrollTo(target, pane) {
    const place = target.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (place.top < frame.top + 40 || place.bottom > frame.bottom - 60) {
      pane.scrollTop += place.top - frame.top - frame.height * 0.3;
    }
  }

  function choose(key) {
    for (const each of lit) each.classList.remove("chosen", "around");
    buttons.get(chosen)?.classList.remove("on");
    lit = [];
    chosen = key;
    const fact = facts.get(key);
    if (!fact) return;
    const around = fact.evidence ? within(fact.evidence).map((s) => s.element) : [];
    const middle = fact.mark ? within(fact.mark).filter((s) => fact.mark[1] > fact.mark[0]).map((s) => s.element) : [];
    for (const each of around) each.classList.add("around");
    for (const each of middle) each.classList.add("chosen");
    lit = [...around, ...middle];
    const target = middle[0] ?? around[0];
    if (target) scrollTo(target, text);
    const button = buttons.get(key);
    if (button) {
      button.closest("[hidden]")?.removeAttribute("hidden");
      button.classList.add("on");
      scrollTo(button, one(".scroll"));
    }
    if (fact.kind === "unread") one("#at").textContent = say("found", { at: unread.indexOf(key) + 1, count: unread.length });
    card(fact);
  }

  // The facts that a character belongs to: those whose mark holds it first, the shortest of them before the others.
  function holding(at) {
    const holds = (place) => place && place[0] <= at && at < place[1];
    const size = (fact) => (holds(fact.mark) ? fact.mark[1] - fact.mark[0] : 1e6 + fact.evidence[1] - fact.evidence[0]);
    return data.facts
      .filter((fact) => !off.has(fact.kind) && (holds(fact.mark) || holds(fact.evidence)))
      .sort((a, b) => size(a) - size(b)).map((fact) => fact.key);
  }

  text.addEventListener("click", (event) => {
    if (String(getSelection())) return;
    const tag = event.target.closest("[data-go]");
    if (tag) { choose(tag.dataset.go); return; }
    const segment = event.target.closest("[data-s]");
    if (!segment) return;
    const keys = holding(Number(segment.dataset.s));
    if (keys.length) choose(keys[(keys.indexOf(chosen) + 1) % keys.length]);
  });

  for (const [key, button] of buttons) button.addEventListener("click", () => choose(key));

  // Selected words can be taken as the evidence of a fact that was missed.
  const take = one("#take");
  function placeIn(node, offset) {
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-s]") : null;
    return holder ? Number(holder.dataset.s) + offset : null;
  }
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    take.hidden = true;
    if (selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const start = placeIn(range.startContainer, range.startOffset);
    const end = placeIn(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    const place = range.getBoundingClientRect();
    take.hidden = false;
    take.textContent = say("selection");
    take.dataset.copy = evidence(start, end);
    take.style.left = `${Math.min(place.left, innerWidth - 220)}px`;
    take.style.top = `${Math.min(place.bottom + 6, innerHeight - 34)}px`;
  });
  take.addEventListener("mousedown", (event) => event.preventDefault());
  take.addEventListener("click", () => copy(take.dataset.copy, take));

  // Search: the records that hold the words stay, the places in the text are lit.
  const entries = all(".entry").map((entry) => ({
    entry, kinds: [...entry.querySelectorAll("[data-kind]")].map((button) => button.dataset.kind), text: entry.textContent.toLowerCase(),
  }));
  const lights = "highlights" in CSS;
  let hits = [];
  let hit = -1;

  function findAll(words) {
    const found = [];
    if (!words) return found;
    for (const block of all("#text p, #text td:not(.carried)")) {
      const nodes = [];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      let whole = "";
      while (walker.nextNode()) { nodes.push([walker.currentNode, whole.length]); whole += walker.currentNode.data; }
      whole = whole.toLowerCase();
      for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + words.length)) {
        const place = (offset, last) => nodes.findLast(([, begin]) => (last ? begin < offset : begin <= offset));
        const range = document.createRange();
        const [first, from] = place(at, false);
        const [final, to] = place(at + words.length, true);
        range.setStart(first, at - from);
        range.setEnd(final, at + words.length - to);
        found.push(range);
      }
    }
    return found;
  }

  function showHit(step) {
    if (!hits.length) return;
    hit = (hit + step + hits.length) % hits.length;
    if (lights) CSS.highlights.set("hit", new Highlight(hits[hit]));
    scrollTo(hits[hit], text);
    one("#hits").textContent = say("found", { at: hit + 1, count: hits.length });
  }

  function filter() {
    const words = one("#search").value.trim().toLowerCase();
    for (const { entry, kinds, text: held } of entries) {
      entry.hidden = (words && !words.split(/\s+/).every((word) => held.includes(word))) || kinds.every((kind) => off.has(kind));
    }
    for (const group of all(".group")) group.hidden = !group.querySelector(".entry:not([hidden])");
    hits = findAll(words);
    hit = -1;
    if (lights) {
      CSS.highlights.delete("hit");
      CSS.highlights.set("hits", new Highlight(...hits));
    }
    one("#hits").textContent = words ? say("hits", { count: hits.length }) : "";
  }

  function sift() {
    off.clear();
    for (const box of all("input[name=kind]")) if (!box.checked) off.add(box.value);
    for (const segment of all("#text .m, #text [data-kinds]")) {
      const kinds = segment.dataset.kinds.split(" ").filter((kind) => !off.has(kind));
      const kept = ["chosen", "around"].filter((name) => segment.classList.contains(name));
      segment.className = [...(kinds.length ? ["m", ...kinds] : []), ...kept].join(" ");
    }
    for (const chip of all(".chip")) chip.hidden = off.has(chip.dataset.kind);
    filter();
  }
  one("#search").addEventListener("input", filter);
  one(".filters fieldset").addEventListener("change", sift);
  one(".filters").addEventListener("submit", (event) => event.preventDefault());

  function walk(keys, step) {
    if (!keys.length) return;
    const at = keys.indexOf(chosen);
    choose(keys[at < 0 ? (step > 0 ? 0 : keys.length - 1) : (at + step + keys.length) % keys.length]);
  }
  const visible = () => [...buttons].filter(([, button]) => !button.closest("[hidden]")).map(([key]) => key);
  one("#next")?.addEventListener("click", () => walk(unread, 1));
  one("#previous")?.addEventListener("click", () => walk(unread, -1));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches?.("input[type=search]");
    if (event.key === "Escape") {
      if (typing) { one("#search").value = ""; one("#search").blur(); filter(); }
      choose(null);
    } else if (typing) {
      if (event.key === "Enter") showHit(event.shiftKey ? -1 : 1);
    } else if (event.key === "/") {
      one("#search").focus();
      event.preventDefault();
    } else {
      const act = { n: () => walk(unread, 1), p: () => walk(unread, -1), j: () => walk(visible(), 1), k: () => walk(visible(), -1) }[event.key];
      if (act) act();
    }
  });
  // page.html#ID opens at a record.
  function follow() {
    const asked = decodeURIComponent(location.hash.slice(1));
    const fact = asked && data.facts.find(({ key, id }) => asked === id || asked === key);
    if (fact) choose(fact.key);
  }
  addEventListener("hashchange", follow);
  follow();
  document.documentElement.dataset.ready = "true";
})();
