import { constantOf } from "../../../grammars/c/parser/constants.ts";
import type { Span } from "../../../grammars/c/span.ts";
import type { CFile, CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { type IntegerReading, type IntegerType, integerType } from "../integer.ts";
import type { ArrayShape, Variable } from "../program.ts";
import type { Term } from "../term.ts";

/**
 * A block of memory that the function can name: a declared array or structure, or what a pointer parameter points into. Two
 * regions never overlap; where the source does not ensure that, it is a listed assumption (soundness.md 4). A region of
 * structures is one array for each integer member, so that members never alias.
 */
export interface Region {
  /** How the source names a pointer to its first element, or the object when `single`: `a`, `s`. */
  readonly name: string;
  /** The type of its elements; of the object itself when `single`. */
  readonly element: CType;
  /** One object that is not indexed: a structure variable, a variable whose address is taken. */
  readonly single: boolean;
  /** Declared number of elements; null for what a pointer parameter points into. */
  readonly size: bigint | null;
  readonly origin: "parameter" | "global" | "local";
  /** The variables for its integer parts, by path: `""`, `.x`, `.data`. */
  readonly leaves: ReadonlyMap<string, Leaf>;
  /** Extent of a pointer parameter's block. */
  readonly bounds: Bounds | null;
  /** Declared `const`: it may be read only. */
  readonly constant?: true;
  /** Set for what an axiom's pointer points into: it may be any memory, so nothing is known of its extent or of what it meets. */
  readonly abstract?: true;
  /** How many scopes are around its declaration: a pointer that lives longer cannot point into it. */
  readonly depth: number;
  readonly span: Span;
}

export interface Bounds {
  readonly low: Variable;
  readonly high: Variable;
  readonly writable: Variable;
}

/** One integer part of a region's elements. */
export interface Leaf {
  readonly variable: Variable;
  /** Sizes of the arrays inside the element, outermost first. */
  readonly inner: readonly bigint[];
  /** A flag, or an array of flags, that is 1 where a local object has been given a value; null where all of it has. */
  readonly written: Variable | null;
}

/** One integer part of a type, or a part that is not supported. */
export interface Part {
  readonly path: string;
  readonly type: IntegerType;
  readonly inner: readonly bigint[];
}

/**
 * The integer parts of a type, members of structures in their order; what has another type is left out: using it is reported.
 * `depth` guards against a structure that contains itself, which C does not allow.
 */
export function partsOf(type: CType, file: CFile, reading: IntegerReading, depth = 0): Part[] {
  if (depth > 8) return [];
  switch (type.kind) {
    case "integer": {
      const integer = integerType(type.name, reading);
      return integer === null ? [] : [{ path: "", type: integer, inner: [] }];
    }
    case "array": {
      const size = sizeOfArray(type, file);
      if (size === null) return [];
      return partsOf(type.of, file, reading, depth + 1).map((part) => ({
        ...part,
        inner: [size, ...part.inner],
      }));
    }
    case "structure":
      return (file.structures.get(type.tag) ?? []).flatMap((member) =>
        partsOf(member.type, file, reading, depth + 1).map((part) => ({
          ...part,
          path: `.${member.name}${part.path}`,
        })),
      );
    default:
      return [];
  }
}

/** The number in an array type's brackets, when it is a positive constant. */
export function sizeOfArray(type: CType & { kind: "array" }, file: CFile): bigint | null {
  const size = type.size === null ? null : constantOf(type.size, file.enumerators);
  return size !== null && size > 0n ? size : null;
}

/** Whether two types are one: arrays of as many elements, too. */
export function isSameType(one: CType, other: CType, file: CFile): boolean {
  if (one.kind === "array" && other.kind === "array")
    return sizeOfArray(one, file) === sizeOfArray(other, file) && isSameType(one.of, other.of, file);
  if (one.kind === "pointer" && other.kind === "pointer") return isSameType(one.to, other.to, file);
  return typeText(one) === typeText(other);
}

/** Bytes of a type on the LP64 data model, padding included; null where it is not known. */
export function bytesOf(type: CType, file: CFile, reading: IntegerReading): bigint | null {
  return layoutOf(type, file, reading)?.size ?? null;
}

function layoutOf(
  type: CType,
  file: CFile,
  reading: IntegerReading,
): { readonly size: bigint; readonly align: bigint } | null {
  switch (type.kind) {
    case "integer": {
      const integer = integerType(type.name, reading);
      const size = integer === null ? null : BigInt(Math.max(1, integer.bits / 8));
      return size === null ? null : { size, align: size };
    }
    case "pointer":
      return { size: 8n, align: 8n };
    case "array": {
      const [count, of] = [sizeOfArray(type, file), layoutOf(type.of, file, reading)];
      return count === null || of === null ? null : { size: count * of.size, align: of.align };
    }
    case "structure": {
      const members = file.structures.get(type.tag);
      const usual = file.usualLayout && !file.oddStructures.has(type.tag);
      if (members === undefined || members.length === 0 || !usual) return null;
      let [size, align] = [0n, 1n];
      for (const member of members) {
        const layout = layoutOf(member.type, file, reading);
        if (layout === null) return null;
        size = roundUp(size, layout.align) + layout.size;
        if (layout.align > align) align = layout.align;
      }
      return { size: roundUp(size, align), align };
    }
    default:
      return null;
  }
}

function roundUp(value: bigint, to: bigint): bigint {
  return ((value + to - 1n) / to) * to;
}

/** How an array variable for a leaf is indexed: the region's own dimension first, where it has one. */
export function shapeOf(
  region: Pick<Region, "single" | "size" | "bounds">,
  inner: readonly bigint[],
): ArrayShape | null {
  const sizes = region.single ? inner : [region.size, ...inner];
  if (sizes.length === 0) return null;
  const { bounds } = region;
  return {
    sizes,
    bounds: bounds && {
      low: bounds.low.name,
      high: bounds.high.name,
      writable: bounds.writable.name,
    },
  };
}

/** What a C lvalue denotes: a variable, or part of an element of a region. */
export interface Place {
  readonly region: Region;
  /** Which element; null when the region is one object. */
  readonly offset: Term | null;
  readonly path: string;
  /** Indices into arrays inside the element. */
  readonly inner: readonly Term[];
  readonly type: CType;
}

/** Where a pointer points: an element of a region, counted from its first. */
export interface Pointer {
  readonly region: Region;
  readonly offset: Term;
  readonly to: CType;
}
