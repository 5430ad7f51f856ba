import { FATES, type Search } from "../view/fold.ts";
import { s } from "./dom.ts";

const LEFT = 96;
const RIGHT = 30;
const LANE = 16;
const TOP = 6;
const AXIS = 20;

/**
 * Who proposed what when, and what became of it: a lane a proposer, a mark a candidate. Marks of one kind that would cover each
 * other are drawn once, so that a search of thousands stays quick.
 */
export function timeline(search: Search, width: number, selected: number | null): SVGSVGElement {
  const { proposers, candidates, steps } = search;
  const shown = proposers.filter(
    (name) => candidates.some((one) => one.proposer === name) || steps.some((one) => one.proposer === name),
  );
  const lanes = shown.length > 0 ? shown : proposers.slice(0, 1);
  const height = TOP + lanes.length * LANE + AXIS;
  const end = niceEnd(search.outcome === null ? search.at * 1.1 : search.at);
  const x = (at: number) => LEFT + ((width - LEFT - RIGHT) * at) / end;
  const marks: SVGElement[] = [];
  const taken = new Set<string>();
  const mark = (at: number, proposer: string, kind: string, id: number | null, title: string) => {
    const lane = lanes.indexOf(proposer);
    if (lane < 0) return;
    const place = `${Math.round(x(at) / 2)}:${lane}:${kind}`;
    if (taken.has(place) && id !== selected) return;
    taken.add(place);
    const isSelected = id !== null && id === selected;
    const cx = x(at);
    const cy = TOP + lane * LANE + LANE / 2;
    const shape =
      kind === "proved"
        ? s("path", { d: star(cx, cy, 6), class: `mark ${kind}` })
        : s("circle", {
            cx,
            cy,
            r: isSelected ? 5 : 3,
            class: `mark ${kind.replaceAll(" ", "-")}${isSelected ? " selected" : ""}`,
          });
    shape.append(s("title", {}, title));
    marks.push(shape);
  };
  for (const one of candidates)
    mark(one.at, one.proposer, FATES[one.fate], one.id, `${one.fate}: ${one.text}`);
  for (const one of steps)
    mark(
      one.at,
      one.proposer,
      one.result === "done" ? "proved" : one.node === null ? "wrong" : "pooled",
      null,
      one.tactic,
    );
  const ticks = [0, 1, 2, 3, 4].map((i) => (end * i) / 4);
  const label = `Timeline: ${candidates.length + steps.length} candidates by ${lanes.length} proposers in ${(search.at / 1000).toFixed(1)} seconds`;
  return s(
    "svg",
    { class: "timeline", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    ...lanes.flatMap((name, i) => {
      const y = TOP + i * LANE + LANE / 2;
      return [
        s("line", { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, class: "lane" }),
        s("text", { x: LEFT - 10, y: y + 4, class: "label", "text-anchor": "end" }, name),
      ];
    }),
    ...ticks.flatMap((at) => [
      s("line", { x1: x(at), x2: x(at), y1: TOP, y2: height - AXIS + 3, class: "grid" }),
      s("text", { x: x(at), y: height - 4, class: "label", "text-anchor": "middle" }, seconds(at, end)),
    ]),
    ...marks,
    search.outcome === null
      ? s("line", { x1: x(search.at), x2: x(search.at), y1: TOP, y2: height - AXIS, class: "now" })
      : null,
  );
}

/** A round number of milliseconds that is not smaller. */
function niceEnd(at: number): number {
  const least = Math.max(at, 100);
  const scale = 10 ** Math.floor(Math.log10(least));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((each) => each * scale).find((each) => each >= least)!;
}

function seconds(at: number, end: number): string {
  if (at === 0) return "0";
  return end < 2_000 ? `${Math.round(at)} ms` : `${(at / 1000).toFixed(end < 20_000 ? 1 : 0)} s`;
}

function star(x: number, y: number, size: number): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? size : size / 2.4;
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    return `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}
