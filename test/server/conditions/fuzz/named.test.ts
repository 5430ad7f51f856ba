import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseZ3 } from "../../../../provers/z3/choose.ts";
import type { SmtSession } from "../../../../server/engine/solver.ts";
import { MEMORY } from "./memory.ts";
import { NAMED } from "./named.ts";
import { ROOT, verdictOf } from "./seeded.ts";
import { loadSubject, type Subject } from "./subject.ts";

describe("the conditions of a function", () => {
  let subject: Subject;
  let session: SmtSession;
  const { signal } = new AbortController();
  beforeAll(async () => {
    subject = await loadSubject(ROOT);
    session = await (await chooseZ3("auto")).open(signal);
  });
  afterAll(() => session.close());

  it.each([...NAMED, ...MEMORY])("$name: $verdict", async (named) => {
    expect(await verdictOf(subject, named, session, signal)).toBe(named.verdict);
  });
});
