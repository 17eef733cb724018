// The query page: an editor that knows the words of the store, the question library beside it, and answers as tables.
import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { sparql } from "codemirror-lang-sparql";
import { tags } from "@lezer/highlight";

interface Term { name: string; iri: string; kind: "class" | "property" | "concept"; count: number; zh?: string; en?: string }
interface Question { name: string; zh: string; en: string; sparql: string }
interface Known { prefixes: Record<string, string>; base: string; terms: Term[]; questions: Question[] }
interface Cell { type: string; value: string; datatype?: string; "xml:lang"?: string }
interface Rows { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Record<string, Cell>[] } }
type Language = "zh" | "en";

const MOST_SHOWN = 500;
const KEYWORDS = ("SELECT DISTINCT REDUCED WHERE OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH GROUP BY HAVING ORDER BY ASC DESC LIMIT OFFSET " +
  "CONSTRUCT DESCRIBE ASK FROM NAMED PREFIX BASE NOT EXISTS COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT AS IN STR LANG LANGMATCHES DATATYPE BOUND " +
  "IF COALESCE REGEX CONTAINS STRSTARTS STRENDS STRLEN SUBSTR REPLACE CONCAT YEAR MONTH DAY ABS ROUND CEIL FLOOR UNDEF").split(" ");
const WORD_TYPES: Record<Term["kind"], string> = { class: "class", property: "property", concept: "enum" };

const desk = element("desk"), form = element("form") as HTMLFormElement, area = element("query") as HTMLTextAreaElement;
const run = element("run") as HTMLButtonElement, format = element("format") as HTMLSelectElement, answer = element("answer");
const language = desk.dataset.language as Language;
const words = JSON.parse(desk.dataset.words ?? "{}") as Record<string, string>;
let known: Known = { prefixes: {}, base: "", terms: [], questions: [] };

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, text = "", className = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function say(key: string, gaps: Record<string, string | number> = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(gaps[name] ?? ""));
}

function complete(context: CompletionContext): CompletionResult | null {
  const variable = context.matchBefore(/[?$]\w*/);
  if (variable) {
    const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
    names.delete(variable.text);
    return { from: variable.from, options: [...names].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
  }
  const word = context.matchBefore(/[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*/u);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const filterByLabel = !word.text.includes(":") && word.text.length > 0;
  const options: Completion[] = known.terms.map((term) => ({
    label: term.name,
    displayLabel: term.name,
    detail: [term[language] ?? term.en ?? term.zh, term.count ? term.count.toLocaleString("en") : ""].filter(Boolean).join("  "),
    type: WORD_TYPES[term.kind],
    boost: term.kind === "concept" ? -20 : Math.min(20, Math.log2(term.count + 1)),
  }));
  if (filterByLabel) {
    // A label in either language leads to the term: 牵头 gives resp:leadDepartment.
    for (const term of known.terms) {
      for (const label of [term.zh, term.en]) {
        if (label && label !== term.name) options.push({ label, detail: term.name, apply: term.name, type: WORD_TYPES[term.kind], boost: -30 });
      }
    }
    options.push(...KEYWORDS.map((label) => ({ label, type: "keyword", boost: 10 })));
    options.push(...Object.keys(known.prefixes).map((name) => ({ label: `${name}:`, detail: known.prefixes[name], type: "namespace", boost: 5 })));
  }
  return { from: word.from, options, validFor: /^[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*$/u };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.url, tags.link], color: "var(--iri)" },
  { tag: [tags.variableName, tags.definition(tags.variableName)], color: "var(--variable)" },
  { tag: [tags.number, tags.bool], color: "var(--number)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--comment)", fontStyle: "italic" },
  { tag: [tags.namespace, tags.propertyName, tags.typeName], color: "var(--iri)" },
]);
const look = EditorView.theme({
  ".cm-gutters": { backgroundColor: "var(--code)", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--mark) 45%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 28%, transparent) !important" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "4px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--card)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-matchingBracket": { backgroundColor: "var(--mark) !important" },
});
const view = new EditorView({
  doc: area.value,
  parent: element("editor"),
  extensions: [
    EditorView.cspNonce.of(desk.dataset.nonce ?? ""),
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { void ask(); return true; } }])),
    basicSetup,
    sparql(),
    autocompletion({ override: [complete], maxRenderedOptions: 60, icons: false }),
    Prec.high(syntaxHighlighting(colours)),
    look,
    EditorView.updateListener.of((update) => {
      if (update.transactions.some((change) => change.isUserEvent("input") || change.isUserEvent("delete"))) element("chosen").hidden = true;
    }),
    keymap.of([indentWithTab]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "SPARQL", autocapitalize: "off", spellcheck: "false" }),
  ],
});
area.hidden = true;
(document.querySelector(".hint") as HTMLElement).textContent = `${say("run_keys")} · ${say("no_prefix_needed")}`;

function localPath(iri: string): string | null {
  if (known.base && iri.startsWith(known.base)) return `/id/${encodeURI(iri.slice(known.base.length))}?format=html&lang=${language}`;
  const home = (known.prefixes.resp ?? "").replace(/ontology#$/, "");
  if (!home || !iri.startsWith(home)) return null;
  const [path = "", fragment = ""] = iri.slice(home.length).split("#");
  return `/${encodeURI(path)}?format=html&lang=${language}${fragment ? `#${encodeURIComponent(fragment)}` : ""}`;
}

function short(iri: string): string {
  let best = "";
  for (const [prefix, space] of Object.entries(known.prefixes)) {
    if (iri.startsWith(space) && iri !== space && space.length > (known.prefixes[best] ?? "").length) best = prefix;
  }
  return best ? `${best}:${iri.slice(known.prefixes[best].length)}` : iri;
}

function cell(found: Cell | undefined): HTMLTableCellElement {
  const made = make("td");
  if (!found) return made;
  if (found.type === "uri") {
    const path = localPath(found.value);
    const text = short(found.value);
    if (path) {
      const link = make("a", text);
      link.href = path;
      link.title = found.value;
      made.append(link);
    } else {
      made.append(make("span", text));
      made.title = found.value;
    }
    return made;
  }
  made.textContent = typeof found.value === "string" ? found.value : JSON.stringify(found.value);
  if (/#(integer|decimal|double|float|int|long)$/.test(found.datatype ?? "")) made.className = "number";
  const note = found["xml:lang"] ?? (found.datatype ? short(found.datatype) : "");
  if (note) made.title = note;
  return made;
}

async function post(accept: string, form = ""): Promise<Response> {
  const body = new URLSearchParams({ query: view.state.doc.toString() });
  if (form) body.set("format", form);
  return fetch("/sparql", { method: "POST", headers: { Accept: accept }, body });
}

async function ask(): Promise<void> {
  if (run.disabled) return;
  run.disabled = true;
  answer.replaceChildren(make("p", say("running"), "soft"));
  const started = performance.now();
  try {
    const chosen = format.value;
    const response = await post("application/sparql-results+json, text/turtle;q=0.9", chosen);
    const text = await response.text();
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    if (!response.ok) fail(text);
    else if (!chosen && response.headers.get("content-type")?.startsWith("application/sparql-results+json")) show(JSON.parse(text) as Rows, seconds);
    else showText(text, seconds);
  } catch {
    fail(say("unreachable"));
  } finally {
    run.disabled = false;
  }
}

function fail(text: string): void {
  const box = make("div", "", "failed");
  box.setAttribute("role", "alert");
  box.append(make("strong", say("failed")), make("p", text.trim()));
  answer.replaceChildren(box);
  const place = /line (\d+), column (\d+)/.exec(text);
  if (place) {
    const line = view.state.doc.line(Math.min(Number(place[1]), view.state.doc.lines));
    view.dispatch({ selection: { anchor: Math.min(line.from + Number(place[2]) - 1, line.to) }, scrollIntoView: true });
    view.focus();
  }
}

function show(rows: Rows, seconds: string): void {
  if (rows.boolean !== undefined) {
    answer.replaceChildren(make("p", say(rows.boolean ? "true" : "false"), "boolean"));
    return;
  }
  const names = rows.head.vars ?? [], bindings = rows.results?.bindings ?? [];
  const summary = make("div", "", "summary");
  summary.append(make("span", say("rows", { count: bindings.length.toLocaleString("en"), seconds })));
  if (bindings.length > MOST_SHOWN) summary.append(make("span", say("shown_rows", { shown: MOST_SHOWN })));
  summary.append(downloads(["csv", "tsv", "json", "xml"]));
  if (!bindings.length) {
    answer.replaceChildren(make("p", say("no_rows")));
    return;
  }
  const table = make("table"), head = make("tr"), body = make("tbody");
  head.append(...names.map((name) => Object.assign(make("th", name), { scope: "col" })));
  const top = make("thead");
  top.append(head);
  for (const row of bindings.slice(0, MOST_SHOWN)) {
    const line = make("tr");
    line.append(...names.map((name) => cell(row[name])));
    body.append(line);
  }
  table.append(top, body);
  const wide = make("div", "", "wide");
  wide.tabIndex = 0;
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", say("answer"));
  wide.append(table);
  answer.replaceChildren(summary, wide);
}

function showText(text: string, seconds: string): void {
  const summary = make("div", "", "summary");
  summary.append(make("span", `${seconds} s`));
  if (!format.value) summary.append(downloads(["turtle", "jsonld", "ntriples", "rdfxml"]));
  answer.replaceChildren(summary, make("pre", text));
}

function downloads(forms: string[]): HTMLElement {
  const made = make("span", `${say("download")} `, "downloads");
  for (const form of forms) {
    const button = make("button", form.toUpperCase());
    button.type = "button";
    button.addEventListener("click", () => { void download(form); });
    made.append(button);
  }
  return made;
}

async function download(form: string): Promise<void> {
  const response = await post("*/*", form);
  if (!response.ok) {
    fail(await response.text());
    return;
  }
  const endings: Record<string, string> = { turtle: "ttl", ntriples: "nt", rdfxml: "rdf" };
  const link = make("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `answer.${endings[form] ?? form}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function listQuestions(): void {
  const find = element("find") as HTMLInputElement, list = element("question-list");
  const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = known.questions.filter((q) => wanted.every((word) => `${q.name} ${q.zh} ${q.en}`.toLowerCase().includes(word)));
  element("question-count").textContent = String(fitting.length);
  list.replaceChildren(...fitting.map((question) => {
    const item = make("li"), button = make("button", question[language] || question.en);
    button.type = "button";
    button.append(make("small", question.name));
    button.addEventListener("click", () => {
      for (const other of list.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: question.sparql }, scrollIntoView: true, selection: { anchor: 0 } });
      const chosen = element("chosen");
      chosen.textContent = question[language] || question.en;
      chosen.hidden = false;
      element("form").scrollIntoView({ block: "nearest" });
      void ask();
    });
    item.append(button);
    return item;
  }));
  if (!fitting.length) list.append(make("li", say("no_question"), "none"));
}

async function learn(tries: number): Promise<void> {
  const response = await fetch("/completion.json").catch(() => null);
  if (response?.ok) {
    known = (await response.json()) as Known;
    element("questions").hidden = false;
    element("find").addEventListener("input", listQuestions);
    listQuestions();
  } else if (tries > 0) {
    window.setTimeout(() => { void learn(tries - 1); }, 5000);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void ask();
});
void learn(60);
