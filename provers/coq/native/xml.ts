import { SaxesParser } from "saxes";

/** An element of the protocol: its children are elements and text in order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** Reads a stream of elements without a root, in pieces as they arrive. Throws nothing: `failed` is called once instead. */
export function elementReader(
  received: (element: Element) => void,
  failed: (message: string) => void,
): (piece: string) => void {
  const parser = new SaxesParser({ fragment: true, position: false });
  const open: { name: string; attributes: Record<string, string>; children: (Element | string)[] }[] = [];
  let broken = false;
  // Coq prints every blank inside formatted text as a no-break space; a real one in a string is lost, which only merges states.
  parser.ENTITIES.nbsp = " ";
  parser.on("opentag", ({ name, attributes }) => {
    open.push({ name, attributes: attributes as Record<string, string>, children: [] });
  });
  parser.on("text", (text) => {
    open.at(-1)?.children.push(text);
  });
  parser.on("closetag", () => {
    const element = open.pop()!;
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else received(element);
  });
  parser.on("error", ({ message }) => {
    if (!broken) failed(message);
    broken = true;
  });
  return (piece) => {
    if (!broken) parser.write(piece);
  };
}

/** All text inside, in order. */
export function textOf(node: Element | string): string {
  return typeof node === "string" ? node : node.children.map(textOf).join("");
}

/** The child elements, text left out. */
export function elementsOf(element: Element): Element[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** The first element of that name, inside or the element itself; null when there is none. */
export function find(element: Element, name: string): Element | null {
  if (element.name === name) return element;
  for (const child of elementsOf(element)) {
    const found = find(child, name);
    if (found !== null) return found;
  }
  return null;
}

/** Text made fit for the inside of an element. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
