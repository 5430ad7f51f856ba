import type { Result } from "./invariants.ts";

/** One row of the table: counts, and seconds over the problems that were decided and over all. */
export function row(
  title: string,
  results: readonly Result[],
  disagreements: number | null,
  megabytes: number | null,
): string[] {
  const count = (kind: Result["kind"]) => String(results.filter((one) => one.kind === kind).length);
  const all = results.map((one) => one.ms / 1000).sort((a, b) => a - b);
  const mean = all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length);
  const at = (part: number) => all[Math.min(all.length - 1, Math.floor(part * all.length))] ?? 0;
  const seconds = [mean, at(0.5), at(0.95), all.at(-1) ?? 0].map((value) => value.toFixed(2));
  return [
    title,
    count("proved"),
    count("refuted"),
    count("unknown"),
    count("error"),
    disagreements === null ? "–" : String(disagreements),
    ...seconds,
    megabytes === null ? "–" : megabytes.toFixed(0),
  ];
}

export const HEADINGS = [
  "",
  "proved",
  "refuted",
  "unknown",
  "error",
  "disagree",
  "mean s",
  "median s",
  "p95 s",
  "max s",
  "peak MB",
];

/** A Markdown table, columns aligned. */
export function markdown(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...rows.map((one) => one[i]!.length), 3),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? `${"-".repeat(width + 2)}` : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(headings), rule, ...rows.map(line)].join("\n");
}

/** What each proposer cost over all problems, and what came of it. */
export function proposerRows(results: readonly Result[]): string[][] {
  const total = new Map<string, { ms: number; pooled: number; proofs: number }>();
  for (const { proposers } of results) {
    for (const [name, share] of proposers ?? []) {
      const sum = total.get(name) ?? { ms: 0, pooled: 0, proofs: 0 };
      total.set(name, {
        ms: sum.ms + share.ms,
        pooled: sum.pooled + share.pooled,
        proofs: sum.proofs + share.proofs,
      });
    }
  }
  const all = [...total.values()].reduce((sum, { ms }) => sum + ms, 0);
  return [...total]
    .sort(([, a], [, b]) => b.ms - a.ms)
    .map(([name, { ms, pooled, proofs }]) => [
      name,
      (ms / 1000).toFixed(1),
      `${((100 * ms) / Math.max(1, all)).toFixed(0)} %`,
      String(pooled),
      String(proofs),
    ]);
}

export const PROPOSER_HEADINGS = ["proposer", "seconds", "share", "atoms in the pool", "proofs"];
