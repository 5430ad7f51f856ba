import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../grammars/proofs/languages.ts";
import { diagramSvg } from "../../../server/cli/grammar-diagram.ts";
import { grammarHtml } from "../../../server/cli/grammar-html.ts";

const claim = { claim: "what the decoder emits is accepted", holds: true, sizes: { summaries: 12 }, ms: 34 };

describe("the page with the proofs of grammars", () => {
  it("says of each language how large its automata were and how long it took", () => {
    const page = grammarHtml([{ name: "smt-term", claims: [{ ...claim, failures: [] }], ms: 56 }], [], {
      seconds: "0.1",
      megabytes: 78,
    });
    expect(page).toContain("All proved: 0.1 s of processor time, 78 MB at most.");
    expect(page).toContain('<a href="#smt-term">smt-term</a></td><td class="yes">all hold</td>');
    expect(page).toContain("<td>12 summaries</td><td>34</td>");
    expect(page).toContain("<summary>Syntax diagrams</summary><svg ");
  });

  it.each([
    [
      "the rest of a text from where it cannot be read",
      "(f;<x>)",
      2,
      "<code>(f<mark>;&#60;x&#62;)</mark></code>",
    ],
    ["where a text ends too early", "(f x", 4, "<code>(f x<mark>(the end)</mark></code>"],
  ])("highlights %s, with the rule and its line", (_, text, at, shown) => {
    const failures = [{ message: "it cannot stand here", text, at, rule: "apply-term-1", line: 3 }];
    const page = grammarHtml(
      [{ name: "smt-term", claims: [{ ...claim, holds: false, failures }], ms: 5 }],
      [],
      {
        seconds: "0.1",
        megabytes: 7,
      },
    );
    expect(page).toContain('<p class="no">1 not proved');
    expect(page).toContain("1 of 1 fail");
    expect(page).toContain(
      `it cannot stand here (rule apply-term-1, line 3 of the decoder's grammar) ${shown}`,
    );
  });

  it("lists the faults, and shows one that was missed", () => {
    const faults = [
      { where: "lexer", what: "a flag", caught: "token Identifier: a flag" },
      { where: "schema", what: "an open object", caught: null },
    ];
    const page = grammarHtml([], faults, { seconds: "0", megabytes: 1 });
    expect(page).toContain("Seeded faults: 1 of 2 caught");
    expect(page).toContain('<td class="no">not noticed</td>');
  });
});

describe("the syntax diagrams in docs", () => {
  const folder = new URL("../../../docs/diagrams/", import.meta.url);
  it.each(readdirSync(folder))("are those of today's definitions: %s", (file) => {
    const { definition } = LANGUAGES[file.replace(/\.svg$/, "")]!();
    expect(
      readFileSync(new URL(file, folder), "utf8").trimEnd(),
      `npm run touchstone -- grammar show ${definition.name} --as diagram > docs/diagrams/${file}`,
    ).toBe(diagramSvg(definition).trimEnd());
  });
});
