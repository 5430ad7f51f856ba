/** Limits of a signed type of so many bits and of its unsigned counterpart, under the names of a header. */
function limits(least: string, most: string, mostUnsigned: string, bits: bigint, suffix: string): Macro[] {
  const high = 2n ** (bits - 1n) - 1n;
  return [
    // As <limits.h> writes it: the number itself does not fit the type without its sign.
    [least, `(-${high}${suffix} - 1${suffix})`],
    [most, `${high}${suffix}`],
    [mostUnsigned, `${2n ** bits - 1n}${bits > 16n ? "U" : ""}${suffix}`],
  ];
}

/** A name and what stands for it. */
export type Macro = readonly [name: string, body: string];

const WIDTHS = [8n, 16n, 32n, 64n] as const;

const HEADERS: Readonly<Record<string, readonly Macro[]>> = {
  "stdbool.h": [
    ["bool", "_Bool"],
    ["true", "1"],
    ["false", "0"],
  ],
  "limits.h": [
    ["CHAR_BIT", "8"],
    ["CHAR_MIN", "(-128)"],
    ["CHAR_MAX", "127"],
    ...limits("SCHAR_MIN", "SCHAR_MAX", "UCHAR_MAX", 8n, ""),
    ...limits("SHRT_MIN", "SHRT_MAX", "USHRT_MAX", 16n, ""),
    ...limits("INT_MIN", "INT_MAX", "UINT_MAX", 32n, ""),
    ...limits("LONG_MIN", "LONG_MAX", "ULONG_MAX", 64n, "L"),
    ...limits("LLONG_MIN", "LLONG_MAX", "ULLONG_MAX", 64n, "LL"),
  ],
  "stdint.h": [
    ...WIDTHS.flatMap((bits) =>
      limits(`INT${bits}_MIN`, `INT${bits}_MAX`, `UINT${bits}_MAX`, bits, bits === 64n ? "L" : ""),
    ),
    ["SIZE_MAX", "18446744073709551615UL"],
  ],
};

/** The macros of a standard header that are known without reading it, on the LP64 data model. */
export function standardMacros(header: string): readonly Macro[] {
  return HEADERS[header] ?? [];
}

/** Headers whose macros are known, and what the names of those look like that are not among them. */
const SMALL: Readonly<Record<string, RegExp>> = {
  "assert.h": /^(?:_|assert$|static_assert$)/,
  "stdbool.h": /^(?:_|bool$|true$|false$)/,
  "stddef.h": /^(?:_|NULL$|offsetof$)/,
  "limits.h": /^_|_(?:MIN|MAX|BIT|WIDTH)$|^NGROUPS|^NZERO|^IOV|^NL_|^ARG/,
  "stdint.h": /^_|_(?:MIN|MAX|C|WIDTH)$/,
};

/** Whether a header that is not read may define a macro of this name. */
export function mayDefine(headers: readonly string[], name: string): boolean {
  return headers.some((header) => (Object.hasOwn(SMALL, header) ? SMALL[header]!.test(name) : true));
}
