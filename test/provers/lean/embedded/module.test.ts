import { describe, expect, it } from "vitest";
import { rewriteModule } from "../../../../provers/lean/embedded/module.ts";

/** `(module (global (;0;) i32 (i32.const -2)) (table 1 funcref) (func (;0;) i32.const 7) (func (;1;) i32.const 8))` and exports. */
function tinyModule(): Buffer {
  const section = (id: number, ...body: number[]) => [id, body.length, ...body];
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  return Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 1, 0x7f),
    ...section(2, 0),
    ...section(3, 2, 0, 0),
    ...section(4, 1, 0x70, 0, 1),
    ...section(6, 1, 0x7f, 0, 0x41, 0x7e, 0x0b),
    ...section(
      7,
      4,
      ...name("table"),
      1,
      0,
      ...name("seven"),
      0,
      0,
      ...name("eight"),
      0,
      1,
      ...name("datum"),
      3,
      0,
    ),
    ...section(9, 1, 0, 0x41, 0, 0x0b, 1, 1),
    ...section(10, 2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 8, 0x0b),
  ]);
}

/** Looks a name up as the patched lean.js does: buckets, then entries. */
function find(symbols: Buffer, name: string): number | null {
  const bytes = Buffer.from(name);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const mask = symbols.readUInt32LE(0) - 1;
  for (let bucket = hash & mask; ; bucket = (bucket + 1) & mask) {
    const at = symbols.readUInt32LE(4 + bucket * 4);
    if (at === 0) return null;
    const length = symbols.readUInt32LE(at + 4);
    if (symbols.subarray(at + 8, at + 8 + length).equals(bytes)) return symbols.readInt32LE(at);
  }
}

// Not among Node's types.
type Constructor = new (argument: unknown) => { readonly exports: Record<string, unknown> };
interface Table {
  get(index: number): () => number;
}
const { Module, Instance } = (
  globalThis as unknown as { WebAssembly: { Module: Constructor; Instance: Constructor } }
).WebAssembly;

describe("the rewritten module", () => {
  const { module, symbols } = rewriteModule(tinyModule(), (name) => name === "table");
  const instance = new Instance(new Module(new Uint8Array(module)));
  const table = instance.exports.table as Table;

  it("exports what is kept, and nothing else", () => {
    expect(Object.keys(instance.exports)).toEqual(["table"]);
  });

  it("has every exported function in its table, where the symbols say", () => {
    expect(table.get(find(symbols, "seven")!)()).toBe(7);
    expect(table.get(find(symbols, "eight")!)()).toBe(8);
    // What stood in the table before still does.
    expect(table.get(0)()).toBe(8);
  });

  it("knows the addresses of data, and no other name", () => {
    expect(find(symbols, "datum")).toBe(-2);
    expect(find(symbols, "nine")).toBeNull();
  });

  it("refuses what is no module, or cut off", () => {
    expect(() => rewriteModule(Buffer.from("not a module"), () => true)).toThrow("not as expected");
    expect(() => rewriteModule(tinyModule().subarray(0, 60), () => true)).toThrow("cut off");
  });
});
