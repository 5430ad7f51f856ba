import { createRequire } from "node:module";
import { type Definition, tokenOf } from "../../grammars/definition/definition.ts";
import { bodyOf, type Ebnf } from "../../grammars/definition/ebnf.ts";
import { fixedText } from "../../grammars/definition/pattern.ts";

/** The parts of @prantlf/railroad-diagrams that are used; it has no types. */
interface Railroad {
  readonly Diagram: new (...items: readonly unknown[]) => { toString(): string };
  readonly Sequence: new (...items: readonly unknown[]) => unknown;
  readonly Choice: new (normal: number, ...items: readonly unknown[]) => unknown;
  readonly Optional: new (item: unknown) => unknown;
  readonly ZeroOrMore: new (item: unknown) => unknown;
  readonly OneOrMore: new (item: unknown) => unknown;
  readonly Terminal: new (text: string) => unknown;
  readonly NonTerminal: new (text: string) => unknown;
}

const railroad = createRequire(import.meta.url)("@prantlf/railroad-diagrams") as Railroad;

const STYLE = `svg { background: #fff } path { stroke-width: 2; stroke: #333; fill: none }
text { font: 13px ui-monospace, monospace; text-anchor: middle; fill: #111 }
text.title { font: bold 14px system-ui, sans-serif; text-anchor: start }
rect { stroke-width: 1.5; stroke: #333; fill: #eef6e8 } .non-terminal rect { fill: #e8eef8 }`;

/** The syntax diagram of each rule, one below the other, as one SVG file that stands alone. */
export function diagramSvg(definition: Definition): string {
  const rules = definition.rules.map((rule) => {
    const svg = new railroad.Diagram(item(definition, bodyOf(rule))).toString();
    const [, width = "0", height = "0"] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    return { name: rule.name, svg, width: Number(width), height: Number(height) };
  });
  let top = 10;
  const parts = rules.map(({ name, svg, height }) => {
    const part = `<text class="title" x="20" y="${top + 14}">${escapeXml(name)}</text>\n${svg.replace("<svg", `<svg x="0" y="${top + 18}"`)}`;
    top += height + 30;
    return part;
  });
  const width = Math.max(...rules.map((rule) => rule.width)) + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}">
<title>${escapeXml(definition.name)}</title>
<style>${STYLE}</style>
${parts.join("\n")}
</svg>
`;
}

function item(definition: Definition, body: Ebnf): unknown {
  switch (body.kind) {
    case "gap":
      return new railroad.Sequence();
    case "token": {
      const text =
        tokenOf(definition, body.token).canonical ?? fixedText(tokenOf(definition, body.token).pattern);
      return new railroad.Terminal(text === null ? body.token : text.trim() || body.token);
    }
    case "rule":
      return new railroad.NonTerminal(body.rule);
    case "sequence":
      return new railroad.Sequence(...visible(body.items).map((one) => item(definition, one)));
    case "choice":
      return new railroad.Choice(0, ...body.items.map((one) => item(definition, one)));
    case "optional":
      return new railroad.Optional(item(definition, body.item));
    case "repeat":
      return body.min === 0
        ? new railroad.ZeroOrMore(item(definition, body.item))
        : new railroad.OneOrMore(item(definition, body.item));
  }
}

function visible(items: readonly Ebnf[]): readonly Ebnf[] {
  return items.filter((one) => one.kind !== "gap");
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
