import { LANGUAGES } from "../../grammars/proofs/languages.ts";
import type { Claim, Failure } from "../../grammars/proofs/prove.ts";
import type { Proved, Tried } from "./grammar-check.ts";
import { diagramSvg } from "./grammar-diagram.ts";

const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #111 }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3em .8em .3em 0; border-bottom: 1px solid #ddd; vertical-align: top }
.yes { color: #176d2f } .no { color: #b3261e; font-weight: 600 } code { background: #f3f3f3; padding: .1em .3em } mark { background: #ffd7d3 } .dim { color: #666 }
details { margin: 1em 0; overflow-x: auto }`;

/** The results as a page that stands alone: what was claimed, how large it was, diagrams, and the text of each failure. */
export function grammarHtml(
  all: readonly Proved[],
  faults: readonly Tried[],
  { seconds, megabytes }: { readonly seconds: string; readonly megabytes: number },
): string {
  const failed = all.flatMap(({ claims }) => claims).filter(({ holds }) => !holds).length;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Touchstone: proofs of the grammars</title><style>${STYLE}</style></head><body>
<h1>Proofs of the grammars</h1>
<p class="${failed === 0 ? "yes" : "no"}">${failed === 0 ? "All proved" : `${failed} not proved`}: ${seconds} s of processor time, ${megabytes} MB at most.</p>
${overview(all)}
${all.map(section).join("\n")}
${faults.length === 0 ? "" : faultTable(faults)}
</body></html>
`;
}

/** A line a language, so that one sees at once what failed and where the time went. */
function overview(all: readonly Proved[]): string {
  const rows = all.map(({ name, claims, ms }) => {
    const failed = claims.filter(({ holds }) => !holds).length;
    const verdict = failed === 0 ? "all hold" : `${failed} of ${claims.length} fail`;
    return `<tr><td><a href="#${escapeHtml(name)}">${escapeHtml(name)}</a></td><td class="${failed === 0 ? "yes" : "no"}">${verdict}</td><td>${claims.length}</td><td>${ms}</td></tr>`;
  });
  return `<table><tr><th>Language</th><th></th><th>Claims</th><th>ms</th></tr>${rows.join("")}</table>`;
}

function section({ name, claims, ms }: Proved): string {
  const make = LANGUAGES[name];
  const diagram =
    make === undefined
      ? ""
      : `<details><summary>Syntax diagrams</summary>${diagramSvg(make().definition)}</details>`;
  return `<h2 id="${escapeHtml(name)}">${escapeHtml(name)} <span class="dim">${ms} ms</span></h2>
<table><tr><th></th><th>Claim</th><th>Explored</th><th>ms</th></tr>${claims.map(row).join("")}</table>${diagram}`;
}

function row({ claim, holds, sizes, ms, failures }: Claim): string {
  const counts = Object.entries(sizes)
    .map(([what, count]) => `${count} ${what}`)
    .join(", ");
  return `<tr><td class="${holds ? "yes" : "no"}">${holds ? "holds" : "fails"}</td><td>${escapeHtml(claim)}${failures.map(failure).join("")}</td><td>${escapeHtml(counts)}</td><td>${ms}</td></tr>`;
}

function faultTable(faults: readonly Tried[]): string {
  const caught = faults.filter((fault) => fault.caught !== null).length;
  const rows = faults.map(
    ({ where, what, caught: by }) =>
      `<tr><td>${where}</td><td>${escapeHtml(what)}</td><td class="${by === null ? "no" : "yes"}">${escapeHtml(by ?? "not noticed")}</td></tr>`,
  );
  return `<h2>Seeded faults: ${caught} of ${faults.length} caught</h2>
<table><tr><th>In</th><th>What was put wrong</th><th>What failed because of it</th></tr>${rows.join("")}</table>`;
}

function failure({ message, text, at, rule, line }: Failure): string {
  const where = rule === undefined ? "" : ` (rule ${rule}, line ${line} of the decoder's grammar)`;
  const shown =
    text === undefined
      ? ""
      : ` <code>${escapeHtml(text.slice(0, at ?? 0))}<mark>${escapeHtml(text.slice(at ?? 0)) || "(the end)"}</mark></code>`;
  return `<p class="no">${escapeHtml(message + where)}${shown}</p>`;
}

function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/[^\x20-\x7e]/g, (unit) => `&#x${unit.codePointAt(0)!.toString(16)};`);
}
