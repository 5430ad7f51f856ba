import type { Counterexample } from "../../server/engine/verdict.ts";
import { type Candidate, counterexampleOf, type Search } from "../view/fold.ts";
import { h } from "./dom.ts";
import { reason, standing } from "./words.ts";

/** What a click on a candidate shows: its text, its verdict, and the states or the edit behind it. */
export function details(
  search: Search,
  candidate: Candidate | null,
  ask: { preview(): void; open(line: number): void; live: boolean },
): HTMLElement {
  const counterexample = counterexampleOf(search, candidate);
  const judged =
    search.outcome?.kind === "proved" &&
    search.outcome.verified.edit.insertions.length > 0 &&
    (candidate === null || candidate.fate === "judged" || candidate.fate === "proved");
  const parts: (Node | null)[] = candidate
    ? [
        h("h2", {}, `Candidate ${candidate.id + 1}`),
        h("p", { class: "quiet" }, `${candidate.proposer}, after ${(candidate.at / 1000).toFixed(2)} s`),
        h(
          "pre",
          { class: "candidate", tabindex: 0 },
          candidate.text.replaceAll(" && ", "\n&& ").replaceAll("; line ", "\nline "),
        ),
        h("p", {}, h("strong", {}, candidate.fate), candidate.reason ? `: ${candidate.reason}` : ""),
      ]
    : [
        h("h2", {}, search.group || search.file),
        h("p", {}, h("strong", {}, standing(search).word), search.outcome ? `: ${reason(search)}` : ""),
        ...search.notes.map((note) => h("p", { class: "quiet" }, note)),
        evidence(search),
        nearest(search),
      ];
  if (judged && ask.live)
    parts.splice(
      2,
      0,
      h("p", {}, h("button", { type: "button", onclick: () => ask.preview() }, "Show the edit as a diff")),
    );
  if (counterexample) parts.push(...counterexampleParts(counterexample, ask.live ? ask.open : null));
  return h("aside", { class: "details", "aria-label": "Details" }, ...parts);
}

function evidence({ outcome }: Search): HTMLElement | null {
  if (outcome?.kind !== "proved") return null;
  const { answers, verified } = outcome;
  const clauses = answers.flatMap((answer) =>
    "texts" in answer
      ? answer.texts
      : [
          ...answer.invariants.map((text) => `line ${answer.line}: loop invariant ${text}`),
          ...(answer.variant === null ? [] : [`line ${answer.line}: loop variant ${answer.variant}`]),
        ],
  );
  const { assumptions } = verified.evidence;
  return h(
    "div",
    {},
    clauses.length > 0 ? h("pre", { class: "candidate", tabindex: 0 }, clauses.join("\n")) : null,
    assumptions.length > 0 ? h("p", { class: "quiet" }, `assuming ${assumptions.join("; ")}`) : null,
  );
}

function nearest({ outcome }: Search): HTMLElement | null {
  if (outcome?.kind !== "unknown" || !outcome.nearest) return null;
  if ("texts" in outcome.nearest) {
    const { texts, open } = outcome.nearest;
    return h(
      "div",
      {},
      h("p", {}, `As far as it came; ${open.length} goal${open.length === 1 ? " is" : "s are"} left open:`),
      h("pre", { class: "candidate", tabindex: 0 }, texts.join("\n")),
      h("pre", { class: "candidate", tabindex: 0 }, open.join("\n")),
    );
  }
  const { invariants, proposer, verdict } = outcome.nearest;
  const text = invariants.flat().join("\n&& ");
  return h(
    "div",
    {},
    h("p", {}, `The nearest try, from ${proposer}:`),
    text === "" ? null : h("pre", { class: "candidate", tabindex: 0 }, text),
    verdict.kind === "refuted" ? h("p", { class: "quiet" }, verdict.obligation.text) : null,
    ...(verdict.kind === "refuted" ? counterexampleParts(verdict.counterexample, null) : []),
  );
}

function counterexampleParts(
  { states, inputs, replayed, violated }: Counterexample,
  open: ((line: number) => void) | null,
): HTMLElement[] {
  const names = [...new Set(states.flatMap(({ values }) => Object.keys(values)))];
  const rows = states.map((state, i) => {
    const before = states[i - 1]?.values;
    const where = open
      ? h("button", { type: "button", class: "link", onclick: () => open(state.line) }, state.where)
      : state.where;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, where),
      ...names.map((name) => {
        const value = state.values[name] ?? "";
        const changed = before?.[name] !== undefined && before[name] !== value;
        return h("td", { class: changed ? "changed" : "" }, value);
      }),
    );
  });
  const said = replayed
    ? `This run was replayed and breaks ${violated}:`
    : "States that show it; whether they can be reached is not known:";
  return [
    h("p", {}, said),
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { class: "states" },
        h("thead", {}, h("tr", {}, h("th", {}), ...names.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...rows),
      ),
    ),
    ...(inputs.length > 0
      ? [
          h(
            "p",
            { class: "quiet" },
            `with ${inputs.map(({ what, value }) => `${what} = ${value}`).join(", ")}`,
          ),
        ]
      : []),
  ];
}
