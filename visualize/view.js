// Ties the graph to the table: one search, one set of roles and one focus decide what both of them show.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const graph = one("#graph");
  const network = new vis.Network(graph, { nodes, edges }, data.options);
  graph.network = network;

  const kinds = new Map(data.nodes.map((node) => [node.id, node.kind]));
  const names = new Map(data.nodes.map((node) => [node.id, node.title.split("\n")[0]]));
  const near = new Map(data.nodes.map((node) => [node.id, new Set()]));
  for (const edge of data.edges) {
    near.get(edge.from).add(edge.to);
    near.get(edge.to).add(edge.from);
  }

  const leadsToTasks = ["body", "deadline", "member"];
  const rows = all("#tasks tr.task").map((row) => {
    const more = row.nextElementSibling;
    return {
      row, more, key: row.dataset.key, button: row.querySelector("button"),
      roles: row.dataset.roles.split(" ").filter(Boolean),
      text: (row.textContent + more.textContent).toLowerCase(),
    };
  });
  const state = { words: [], roles: new Set(), every: true, focus: null };

  const fits = (entry) =>
    (state.every || entry.roles.some((role) => state.roles.has(role))) && state.words.every((word) => entry.text.includes(word));

  // The tasks to which the focused node leads, drawn or not; null where the focus does not narrow the table.
  function narrowed() {
    const kind = kinds.get(state.focus);
    return leadsToTasks.includes(kind) ? new Set(data.tasks[state.focus]) : null;
  }

  function showRows() {
    const only = narrowed();
    let shown = 0;
    for (const entry of rows) {
      const visible = fits(entry) && (!only || only.has(entry.key));
      entry.row.hidden = !visible;
      entry.more.hidden = !visible || entry.button.getAttribute("aria-expanded") !== "true";
      shown += visible;
    }
    one("#shown").textContent = data.words.shown.replace("{shown}", shown).replace("{total}", rows.length);
    one("#none").hidden = shown > 0;
    one("#clear").hidden = !only;
    one("#focus").textContent = only ? data.words.focus.replace("{name}", names.get(state.focus)) : "";
  }

  // Hides what the filters leave out, and the bodies, deadlines and members that then lead to no task; dims what is off focus.
  function showGraph() {
    const out = new Set(rows.filter((entry) => !fits(entry)).map((entry) => entry.key));
    const dropped = (edge) => out.has(edge.from) || out.has(edge.to)
      || (data.byBodies && edge.role && !state.every && !state.roles.has(edge.role));
    const tasks = (edge) => [edge.from, edge.to].some((id) => kinds.get(id) === "task");
    const tied = new Set(data.edges.filter((edge) => tasks(edge) && !dropped(edge)).flatMap((edge) => [edge.from, edge.to]));
    const lit = state.focus && state.focus !== "center" ? new Set([state.focus, ...near.get(state.focus)]) : null;
    const touched = (edge) => edge.from === state.focus || edge.to === state.focus;
    nodes.update(data.nodes.map((node) => {
      const idle = leadsToTasks.includes(node.kind) && !tied.has(node.id);
      const dim = lit && !lit.has(node.id) && node.kind !== "center";
      const { color, font } = dim ? data.dim : data.options.groups[node.group];
      return { id: node.id, hidden: out.has(node.id) || idle, color, font };
    }));
    edges.update(data.edges.map((edge) => ({
      id: edge.id,
      hidden: Boolean(dropped(edge)) || (edge.quiet && !touched(edge)),
      color: { ...edge.color, opacity: lit ? (touched(edge) ? 1 : 0.1) : edge.opacity },
    })));
  }

  function show() {
    showRows();
    showGraph();
  }

  function focusOn(id) {
    state.focus = id;
    network.selectNodes(id ? [id] : [], false);
    for (const row of all("tr.chosen")) row.classList.remove("chosen");
    const row = id && one(`tr[data-key="${id}"]`);
    if (row) row.classList.add("chosen");
    show();
    return row;
  }

  function open(entry, expanded) {
    entry.button.setAttribute("aria-expanded", String(expanded));
    entry.more.hidden = !expanded;
  }

  network.on("click", (event) => {
    const row = focusOn(event.nodes[0] ?? null);
    const entry = rows.find((candidate) => candidate.row === row);
    if (entry) open(entry, true);
    if (row) row.scrollIntoView({ block: "nearest" });
    if (entry) entry.more.scrollIntoView({ block: "nearest" });
  });

  for (const entry of rows) {
    entry.button.addEventListener("click", () => {
      const expanded = entry.button.getAttribute("aria-expanded") !== "true";
      open(entry, expanded);
      if (narrowed()) return;
      focusOn(expanded && kinds.has(entry.key) ? entry.key : null);
    });
  }

  // Arrow keys go from task to task, as in a list.
  one("#tasks").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = rows.filter((entry) => !entry.row.hidden).map((entry) => entry.button);
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    if (next) { next.focus(); event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") focusOn(null); });
  one("#clear").addEventListener("click", () => { focusOn(null); one("#search").focus(); });

  function readFilters() {
    const boxes = all("input[name=role]");
    state.roles = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    state.every = boxes.every((box) => box.checked);
    state.words = one("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    show();
  }
  one(".filters").addEventListener("input", readFilters);
  one(".filters").addEventListener("submit", (event) => event.preventDefault());

  // vis-network's own fit leaves a tenth of the pane empty, which costs a tenth of the size of every letter.
  function fit() {
    const margin = 16;
    const boxes = network.body.nodeIndices.map((id) => network.getBoundingBox(id));
    const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
    const scale = Math.min((graph.clientWidth - 2 * margin) / (right - left), (graph.clientHeight - 2 * margin) / (bottom - top), 1.2);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  }
  for (const button of all("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "fit") return fit();
      return network.moveTo({ scale: network.getScale() * Number(button.dataset.zoom) });
    });
  }
  network.once("afterDrawing", () => { fit(); document.documentElement.dataset.ready = "true"; });
  window.addEventListener("resize", fit);
  readFilters();
})();
