import { describe, expect, it } from "vitest";
import { openRetrieval, symbolsOf } from "../../../server/search/retrieval.ts";

const premise = (name: string, statement: string) => ({ name, statement, proof: null });
const PREMISES = [
  premise("app_nil_r", "forall l, l ++ [] = l"),
  premise("rev_involutive", "forall l, rev (rev l) = l"),
  premise("rev_app_distr", "forall x y, rev (x ++ y) = rev y ++ rev x"),
  premise("add_comm", "forall n m, n + m = m + n"),
  premise("length_rev'", "forall l, length (rev l) = length l"),
];

function names(conclusion: string): string[] {
  const retrieval = openRetrieval(PREMISES);
  const found = retrieval.relevant({ name: null, hypotheses: [], conclusion }, 3).map(({ name }) => name);
  retrieval.close();
  return found;
}

describe("retrieval", () => {
  it("ranks by the rare symbols that a premise shares with the goal", () => {
    expect(names("length (rev (a :: l)) = S (length l)")[0]).toBe("length_rev'");
    expect(names("rev (x ++ y) = z")[0]).toBe("rev_app_distr");
  });

  it("finds operators as well as words", () => expect(names("a + b = c")[0]).toBe("add_comm"));

  it("finds nothing where nothing is shared, and survives any text", () => {
    expect(names("qux")).toEqual([]);
    expect(names('"; DROP TABLE premises; -- ∀ é \u0000')).toEqual([]);
  });

  it("takes names apart", () => expect(symbolsOf("rev_app x")).toEqual(["rev_app", "x", "rev", "app"]));
});
