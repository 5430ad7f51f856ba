import {
  type Candidate,
  type Column,
  FATE_ORDER,
  FATES,
  type Fate,
  type Filter,
  type Search,
  select,
} from "../view/fold.ts";
import { h } from "./dom.ts";

/** Rows that are drawn; the filter finds the rest. */
const MOST_ROWS = 400;

export interface TableState {
  readonly filter: Filter;
  readonly sort: { readonly column: Column; readonly descending: boolean };
  readonly selected: number | null;
}

const COLUMNS: readonly { readonly column: Column; readonly title: string }[] = [
  { column: "at", title: "Time" },
  { column: "proposer", title: "Proposer" },
  { column: "fate", title: "Verdict" },
  { column: "text", title: "Candidate" },
];

/** Buttons that choose verdicts, a list of proposers, and a field for text. */
export function filters(search: Search, state: TableState, change: (filter: Filter) => void): HTMLElement {
  const { filter } = state;
  const counts = new Map<Fate, number>();
  for (const { fate } of search.candidates) counts.set(FATES[fate], (counts.get(FATES[fate]) ?? 0) + 1);
  const chips = FATE_ORDER.filter((fate) => counts.has(fate)).map((fate) =>
    h(
      "button",
      {
        type: "button",
        class: `chip ${fate.replaceAll(" ", "-")}`,
        "aria-pressed": String(filter.fates.has(fate)),
        title: filter.fates.has(fate) ? `show the others as well` : `show only ${fate}`,
        onclick: () => {
          const fates = new Set(filter.fates);
          if (!fates.delete(fate)) fates.add(fate);
          change({ ...filter, fates });
        },
      },
      `${fate} ${counts.get(fate)}`,
    ),
  );
  const proposers = h(
    "select",
    {
      "aria-label": "Proposer",
      onchange: (event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        change({ ...filter, proposer: value === "" ? null : value });
      },
    },
    h("option", { value: "" }, "all proposers"),
    ...search.proposers.map((name) => h("option", { value: name, selected: filter.proposer === name }, name)),
  );
  return h("div", { class: "filters", role: "toolbar", "aria-label": "Filter" }, ...chips, proposers);
}

/** The candidates as a table: sorted by its headings, walked with the arrow keys. */
export function table(
  search: Search,
  state: TableState,
  act: {
    sort(sort: TableState["sort"]): void;
    choose(candidate: Candidate): void;
    open(candidate: Candidate): void;
  },
): HTMLElement {
  const { filter, sort, selected } = state;
  const rows = select(search.candidates, filter, sort);
  const shown = rows.slice(0, MOST_ROWS);
  const first = shown.some(({ id }) => id === selected) ? selected : (shown[0]?.id ?? null);
  const move = (event: KeyboardEvent, index: number) => {
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act.open(shown[index]!);
    } else if (target !== undefined && shown[target]) {
      event.preventDefault();
      act.choose(shown[target]!);
    }
  };
  const body = shown.map((one, index) => {
    const fate = FATES[one.fate];
    return h(
      "tr",
      {
        tabindex: one.id === first ? 0 : -1,
        "data-id": one.id,
        "aria-selected": String(one.id === selected),
        onclick: () => act.choose(one),
        ondblclick: () => act.open(one),
        onkeydown: (event: KeyboardEvent) => move(event, index),
      },
      h("td", { class: "time" }, `${(one.at / 1000).toFixed(2)} s`),
      h("td", {}, one.proposer),
      h("td", {}, h("span", { class: `fate ${fate.replaceAll(" ", "-")}` }, one.fate)),
      h("td", { class: "text" }, h("code", {}, one.text)),
      h("td", { class: "reason" }, one.reason ?? ""),
    );
  });
  const more = rows.length - shown.length + search.more;
  return h(
    "div",
    { class: "scroll candidates" },
    h(
      "table",
      { "aria-label": `Candidates: ${rows.length} of ${search.candidates.length}` },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...COLUMNS.map(({ column, title }) => heading(column, title, sort, act.sort)),
          h("th", { scope: "col" }, "Why"),
        ),
      ),
      h("tbody", {}, ...body),
    ),
    rows.length === 0 ? h("p", { class: "quiet" }, empty(search)) : null,
    more > 0 ? h("p", { class: "quiet" }, `${more} more: filter to see them`) : null,
  );
}

function heading(
  column: Column,
  title: string,
  sort: TableState["sort"],
  change: (sort: TableState["sort"]) => void,
): HTMLElement {
  const active = sort.column === column;
  const direction = !active ? "none" : sort.descending ? "descending" : "ascending";
  return h(
    "th",
    { scope: "col", "aria-sort": direction },
    h(
      "button",
      { type: "button", onclick: () => change({ column, descending: active && !sort.descending }) },
      title,
      active ? h("span", { "aria-hidden": "true" }, sort.descending ? " ↓" : " ↑") : null,
    ),
  );
}

function empty(search: Search): string {
  if (search.candidates.length > 0) return "No candidate passes the filter.";
  return search.outcome === null ? "No candidates yet." : "This search needed no candidates.";
}
