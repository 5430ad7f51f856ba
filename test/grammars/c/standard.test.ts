import { describe, expect, it } from "vitest";
import { standardMacros } from "../../../grammars/c/standard.ts";
import { lower, problems } from "../../server/program/lower/listing.ts";

describe("limits of the standard headers", () => {
  const returns = (name: string) => `/*@ ensures \\result <= ${name}; */ int f(void) { return 0; }`;

  it("are known where the header is included, in code and annotations", () => {
    expect(() => lower(`#include <limits.h>\n${returns("INT_MAX")}`)).not.toThrow();
    expect(() => lower(`#include <stdint.h>\n${returns("UINT32_MAX")}`)).not.toThrow();
    expect(problems(returns("INT_MAX"))[0]).toContain("`INT_MAX` is not declared here");
  });

  it("are those of the LP64 data model", () => {
    const value = (header: string, name: string) => new Map(standardMacros(header)).get(name);
    expect(value("limits.h", "INT_MIN")).toBe("(-2147483647 - 1)");
    expect(value("limits.h", "UINT_MAX")).toBe("4294967295U");
    expect(value("limits.h", "LONG_MAX")).toBe("9223372036854775807L");
    expect(value("stdint.h", "INT16_MIN")).toBe("(-32767 - 1)");
    expect(value("stdint.h", "UINT64_MAX")).toBe("18446744073709551615UL");
  });
});
