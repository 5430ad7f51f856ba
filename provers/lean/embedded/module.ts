/**
 * Rewrites `lean.wasm` so that a thread starts in a fraction of a second. As shipped, the module exports 201,110 symbols, and each
 * thread's JavaScript wraps every one of them, adds it to the function table and makes a global for it. Here the functions
 * stand in the table already (one more element segment), a hash table in `lean.symbols` tells where, and only what JavaScript
 * itself calls is exported. Sections: WebAssembly Core Specification 2.0, 5.5.
 */
export interface RewrittenModule {
  readonly module: Buffer;
  /** Little-endian 32-bit words: the number of buckets (a power of two); then for each bucket the byte offset of its entry or 0.
   * An entry: what `dlsym` answers (a function's table index, or a datum's address), length of the name in bytes, the name, padding to a multiple of four. FNV-1a, linear probing. */
  readonly symbols: Buffer;
}

const SECTION = { import: 2, table: 4, global: 6, export: 7, element: 9, code: 10 } as const;
const FUNCTION = 0;
const MEMORY = 2;
const GLOBAL = 3;

/** Lean's `IO.sleep`, and the most milliseconds that it may sleep from now on. */
const SLEEP = { name: "lean_dbg_sleep", milliseconds: 5 };

/**
 * The server's refresh tasks sleep for 0.5 and 2 s after every edit, each on a thread of the task pool, and so the answers to the
 * next edits wait for them: some edits a second are too many. Here they sleep for milliseconds. Keeps the exports for which `keep` is true, and those
 * that the module itself imports as `GOT.func`. Throws on what it does not know.
 */
export function rewriteModule(wasm: Buffer, keep: (name: string) => boolean): RewrittenModule {
  const sections = sectionsOf(wasm);
  const body = (id: number) =>
    sections.find((section) => section.id === id)?.body ?? unknown(`no section ${id}`);
  const imports = importsOf(body(SECTION.import));
  const wanted = new Set(imports.pointers);
  const data = addressesOf(body(SECTION.global));
  const exports = exportsOf(body(SECTION.export));
  const sleep = exports.find(({ name, kind }) => name === SLEEP.name && kind === FUNCTION);
  const table = readTable(body(SECTION.table));
  const first = table.size;
  const functions = exports.filter(({ kind }) => kind === FUNCTION);
  const replaced = new Map<number, Buffer>([
    [SECTION.table, Buffer.concat([Buffer.from([1, 0x70, 0]), leb(first + functions.length)])],
    [SECTION.export, exportSection(exports.filter(({ name }) => keep(name) || wanted.has(name)))],
    [SECTION.element, withElements(body(SECTION.element), first, functions)],
  ]);
  if (sleep !== undefined)
    replaced.set(SECTION.code, withShortSleep(body(SECTION.code), sleep.index - imports.functions));
  const parts = [wasm.subarray(0, 8)];
  for (const section of sections) {
    const content = replaced.get(section.id) ?? section.body;
    parts.push(Buffer.from([section.id]), leb(content.length), content);
  }
  const addresses = exports
    .filter(({ kind }) => kind === GLOBAL)
    .map(({ name, index }) => ({ name, value: data[index - imports.globals] ?? unknown(`global ${name}`) }));
  const symbols = symbolTable([
    ...functions.map(({ name }, i) => ({ name, value: first + i })),
    ...addresses,
  ]);
  return { module: Buffer.concat(parts), symbols };
}

interface Section {
  readonly id: number;
  readonly body: Buffer;
}

interface Export {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

function sectionsOf(wasm: Buffer): Section[] {
  if (wasm.readUInt32LE(0) !== 0x6d736100) unknown("not a WebAssembly module");
  const reader = new Reader(wasm, 8);
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.byte();
    sections.push({ id, body: reader.bytes(reader.leb()) });
  }
  return sections;
}

/** The names under `GOT.func` (functions whose addresses the C++ code takes), and how many functions and globals are imported. */
function importsOf(body: Buffer): { pointers: string[]; functions: number; globals: number } {
  const reader = new Reader(body);
  const pointers: string[] = [];
  let functions = 0;
  let globals = 0;
  for (let left = reader.leb(); left > 0; left--) {
    const module = reader.name();
    const name = reader.name();
    if (module === "GOT.func") pointers.push(name);
    const kind = reader.byte();
    if (kind === FUNCTION) functions++;
    else if (kind === GLOBAL) globals++;
    skipImport(reader, kind);
  }
  return { pointers, functions, globals };
}

function skipImport(reader: Reader, kind: number): void {
  if (kind === FUNCTION) reader.leb();
  else if (kind === GLOBAL) reader.bytes(2);
  else if (kind === MEMORY) reader.limits();
  else unknown("an import of another kind");
}

/** The values of the module's own constants: addresses, since the main module is not relocated. */
function addressesOf(body: Buffer): (number | undefined)[] {
  const reader = new Reader(body);
  const values: (number | undefined)[] = [];
  for (let left = reader.leb(); left > 0; left--) {
    reader.byte();
    reader.byte();
    const isConstant = reader.byte() === 0x41;
    const value = reader.signedLeb();
    values.push(isConstant ? value : undefined);
    if (reader.byte() !== 0x0b) unknown("a global with a longer initial value");
  }
  return values;
}

function exportsOf(body: Buffer): Export[] {
  const reader = new Reader(body);
  const exports: Export[] = [];
  for (let left = reader.leb(); left > 0; left--) {
    exports.push({ name: reader.name(), kind: reader.byte(), index: reader.leb() });
  }
  return exports;
}

function exportSection(exports: readonly Export[]): Buffer {
  const parts = [leb(exports.length)];
  for (const { name, kind, index } of exports) {
    const text = Buffer.from(name);
    parts.push(leb(text.length), text, Buffer.from([kind]), leb(index));
  }
  return Buffer.concat(parts);
}

function readTable(body: Buffer): { size: number } {
  const reader = new Reader(body);
  if (reader.leb() !== 1 || reader.byte() !== 0x70 || reader.byte() !== 0) unknown("another function table");
  return { size: reader.leb() };
}

/** The element section with one more active segment: the exported functions, from `first` on. */
function withElements(body: Buffer, first: number, functions: readonly Export[]): Buffer {
  const reader = new Reader(body);
  const count = reader.leb();
  const segment = [Buffer.from([0, 0x41]), signedLeb(first), Buffer.from([0x0b]), leb(functions.length)];
  for (const { index } of functions) segment.push(leb(index));
  return Buffer.concat([leb(count + 1), body.subarray(reader.at), ...segment]);
}

/** The code section in which one function begins by taking the smaller of its first argument and the limit for that argument. */
function withShortSleep(body: Buffer, index: number): Buffer {
  const reader = new Reader(body);
  const count = reader.leb();
  for (let left = index; left > 0; left--) reader.bytes(reader.leb());
  const before = body.subarray(0, reader.at);
  const code = new Reader(reader.bytes(reader.leb()));
  for (let left = code.leb(); left > 0; left--) {
    code.leb();
    code.byte();
  }
  const limit = [0x41, ...signedLeb(SLEEP.milliseconds)];
  const clamp = Buffer.from([0x20, 0, ...limit, 0x20, 0, ...limit, 0x49, 0x1b, 0x21, 0]);
  const content = Buffer.concat([code.before, clamp, code.after]);
  if (index >= count) unknown(`function ${index}`);
  return Buffer.concat([before, leb(content.length), content, body.subarray(reader.at)]);
}

function symbolTable(symbols: readonly { readonly name: string; readonly value: number }[]): Buffer {
  let buckets = 1;
  while (buckets < symbols.length * 2) buckets *= 2;
  const names = symbols.map(({ name }) => Buffer.from(name));
  const sizes = names.map((name) => 8 + Math.ceil(name.length / 4) * 4);
  const table = Buffer.alloc(4 + buckets * 4 + sizes.reduce((sum, size) => sum + size, 0));
  table.writeUInt32LE(buckets, 0);
  let at = 4 + buckets * 4;
  symbols.forEach(({ value }, i) => {
    const name = names[i]!;
    let bucket = fnv1a(name) & (buckets - 1);
    while (table.readUInt32LE(4 + bucket * 4) !== 0) bucket = (bucket + 1) & (buckets - 1);
    table.writeUInt32LE(at, 4 + bucket * 4);
    table.writeUInt32LE(value, at);
    table.writeUInt32LE(name.length, at + 4);
    name.copy(table, at + 8);
    at += sizes[i]!;
  });
  return table;
}

function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

class Reader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  get before(): Buffer {
    return this.#bytes.subarray(0, this.at);
  }

  get after(): Buffer {
    return this.#bytes.subarray(this.at);
  }

  byte(): number {
    return this.#bytes[this.at++] ?? unknown("the module is cut off");
  }

  leb(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** At most 32 bits. */
  signedLeb(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte >= 128) continue;
      return (byte & 64 && shift + 7 < 32 ? value | (-1 << (shift + 7)) : value) >>> 0;
    }
  }

  bytes(length: number): Buffer {
    this.at += length;
    if (this.at > this.#bytes.length) unknown("the module is cut off");
    return this.#bytes.subarray(this.at - length, this.at);
  }

  name(): string {
    return this.bytes(this.leb()).toString("utf8");
  }

  limits(): void {
    const bounded = this.byte() & 1;
    this.leb();
    if (bounded) this.leb();
  }
}

function leb(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}

/** For numbers that are not negative: the sign bit of the last byte stays clear. */
function signedLeb(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 63; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

function unknown(what: string): never {
  throw new Error(`lean.wasm is not as expected: ${what}`);
}
