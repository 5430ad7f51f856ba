import { addEvents, type Candidate, type Filter, type Search } from "../view/fold.ts";
import type { FromPage, ToPage } from "../view/messages.ts";
import { filters, type TableState, table } from "./candidates.ts";
import { details } from "./details.ts";
import { h } from "./dom.ts";
import { timeline } from "./timeline.ts";
import { tree } from "./tree.ts";
import { numbers, standing } from "./words.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

/** A search with the run that it belongs to: what a click asks the server about. */
interface Shown {
  readonly run: number;
  readonly uri: string;
  readonly search: Search;
}

const editor = acquireVsCodeApi();
const root = document.getElementById("search")!;
const searches = new Map<string, Shown>();
const folds = new Map<number, Search[]>();
let price = 0;
let replay: string | null = null;
/** The search that is looked at; null follows the newest. */
let pinned: string | null = null;
let state: TableState = {
  filter: { fates: new Set(), proposer: null, text: "" },
  sort: { column: "at", descending: true },
  selected: null,
};
let drawn = 0;
let waiting = false;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "show") {
    searches.clear();
    folds.clear();
    pinned = null;
    price = data.price;
    replay = data.replay;
    state = { ...state, selected: null };
    for (const section of data.sections) add(section.run, section.uri, section.events);
  } else add(data.run, data.uri, data.events);
  soon();
});
window.addEventListener("resize", soon);
editor.postMessage({ type: "ready" });
draw();

function add(run: number, uri: string, events: Parameters<typeof addEvents>[1]): void {
  const fold = addEvents(folds.get(run) ?? [], events);
  folds.set(run, fold);
  fold.forEach((search, index) => {
    const key = `${run}.${index}`;
    if (!searches.has(key) && pinned === null) state = { ...state, selected: null };
    searches.set(key, { run, uri, search });
  });
}

/** Draws at most ten times a second: a search tells more often than anyone can look. */
function soon(): void {
  if (waiting) return;
  waiting = true;
  setTimeout(
    () => {
      waiting = false;
      draw();
    },
    Math.max(0, 100 - (performance.now() - drawn)),
  );
}

function update(change: Partial<TableState>): void {
  state = { ...state, ...change };
  draw();
}

function draw(): void {
  drawn = performance.now();
  const key = pinned ?? [...searches.keys()].at(-1) ?? null;
  const shown = key === null ? null : searches.get(key)!;
  const focus = focused();
  const scrolled = root.querySelector(".candidates")?.scrollTop ?? 0;
  root.replaceChildren(...(shown === null ? nothing() : view(key!, shown)));
  const list = root.querySelector(".candidates");
  if (list) list.scrollTop = scrolled;
  refocus(focus);
}

function nothing(): HTMLElement[] {
  return [
    h(
      "section",
      { class: "welcome" },
      h("h1", {}, "No search yet"),
      h(
        "p",
        {},
        "Put the cursor into a loop of a C file and ask for an invariant: every candidate shows up here, with who proposed it, what became of it, and why.",
      ),
      h(
        "p",
        { class: "buttons" },
        h("button", { type: "button", onclick: command("suggest") }, "Suggest loop invariant"),
        h(
          "button",
          { type: "button", class: "second", onclick: command("replay") },
          "Replay a recorded search…",
        ),
      ),
    ),
  ];
}

function view(key: string, { run, uri, search }: Shown): HTMLElement[] {
  const candidate = search.candidates.find(({ id }) => id === state.selected) ?? null;
  const live = replay === null;
  const ask = {
    live,
    preview: () => editor.postMessage({ type: "preview", run, group: search.group }),
    open: (line: number) => editor.postMessage({ type: "open", uri, line }),
  };
  const choose = (one: Candidate) => {
    update({ selected: one.id });
    root.querySelector<HTMLElement>(`tr[data-id="${one.id}"]`)?.focus();
  };
  const open = (one: Candidate) => {
    choose(one);
    if (one.fate === "judged" && live) ask.preview();
  };
  const width = Math.max(320, root.clientWidth - 24);
  return [
    header(key, search),
    h("div", { class: "plot" }, timeline(search, width, state.selected)),
    ...(search.candidates.length + search.steps.length === 0 && search.outcome !== null
      ? // A run that breaks an assertion needs no candidate: it is all there is to show.
        [h("div", { class: "columns alone" }, details(search, null, ask))]
      : [
          h(
            "div",
            { class: "bar" },
            filters(search, state, (filter: Filter) => update({ filter })),
            searchField(),
          ),
          h(
            "div",
            { class: "columns" },
            search.candidates.length === 0 && search.steps.length > 0
              ? tree(search)
              : table(search, state, { sort: (sort) => update({ sort }), choose, open }),
            details(search, candidate, ask),
          ),
        ]),
  ];
}

function header(key: string, search: Search): HTMLElement {
  const { word, kind } = standing(search);
  const choices = [...searches].map(([id, { search: one }]) =>
    h("option", { value: id, selected: id === key }, `${one.group || one.file}: ${standing(one).word}`),
  );
  return h(
    "header",
    {},
    h("h1", {}, search.group || search.file),
    h("span", { class: "quiet file" }, search.file),
    h("span", { class: `standing ${kind}`, role: "status", "aria-live": "polite" }, word),
    search.outcome === null ? h("span", { class: "quiet" }, search.doing) : null,
    h("span", { class: "numbers" }, numbers(search, price).join(" · ")),
    h("span", { class: "space" }),
    replay === null ? null : h("span", { class: "quiet replay" }, `replay of ${replay}`),
    replay === null
      ? null
      : h("button", { type: "button", class: "second", onclick: command("live") }, "Back to now"),
    searches.size > 1
      ? h(
          "select",
          {
            "aria-label": "Search",
            onchange: (event: Event) => {
              pinned = (event.target as HTMLSelectElement).value;
              if (pinned === [...searches.keys()].at(-1)) pinned = null;
              update({ selected: null });
            },
          },
          ...choices,
        )
      : null,
    search.outcome === null && replay === null
      ? h("button", { type: "button", onclick: command("stop") }, "Stop")
      : null,
  );
}

function searchField(): HTMLElement {
  return h("input", {
    type: "search",
    id: "filter",
    placeholder: "Filter by text",
    "aria-label": "Filter by text",
    value: state.filter.text,
    oninput: (event: Event) =>
      update({ filter: { ...state.filter, text: (event.target as HTMLInputElement).value } }),
  });
}

function command(name: Extract<FromPage, { type: "command" }>["command"]): () => void {
  return () => editor.postMessage({ type: "command", command: name });
}

/** What has the focus, in words that survive a new drawing. */
function focused(): { selector: string; caret: number | null } | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || !root.contains(element)) return null;
  if (element.id === "filter")
    return { selector: "#filter", caret: (element as HTMLInputElement).selectionStart };
  if (element.dataset.id !== undefined)
    return { selector: `tr[data-id="${element.dataset.id}"]`, caret: null };
  const all = [...root.querySelectorAll(element.tagName)];
  const path = all.indexOf(element);
  return { selector: `${element.tagName}#${path}`, caret: null };
}

function refocus(focus: ReturnType<typeof focused>): void {
  if (focus === null) return;
  const place = /^([A-Z0-9]+)#(\d+)$/i.exec(focus.selector);
  const element = place
    ? [...root.querySelectorAll<HTMLElement>(place[1]!)][Number(place[2])]
    : root.querySelector<HTMLElement>(focus.selector);
  element?.focus({ preventScroll: true });
  if (focus.caret !== null && element instanceof HTMLInputElement)
    element.setSelectionRange(focus.caret, focus.caret);
}
