import { describe, expect, it } from "vitest";
import { Bandit } from "../../../server/engine/bandit.ts";

const NAMES = ["templates", "clauses", "model"];

describe("which source of ideas goes first", () => {
  it("is the order given, until each was tried", () => {
    const bandit = new Bandit();
    for (const name of NAMES) {
      expect(bandit.choose(NAMES)).toBe(name);
      bandit.credit(name, 0, 10);
    }
  });

  it("is who brought most for what it cost", () => {
    const bandit = new Bandit();
    bandit.credit("templates", 10, 1000);
    bandit.credit("clauses", 100, 100);
    bandit.credit("model", 100, 5000);
    expect(bandit.choose(NAMES)).toBe("clauses");
    expect(bandit.choose(["templates", "model"])).toBe("model");
  });

  it("comes back to who was not asked for long", () => {
    const bandit = new Bandit();
    bandit.credit("templates", 0, 100);
    bandit.credit("model", 0, 100);
    const chosen = new Set<string>();
    bandit.credit("clauses", 100, 100);
    for (let i = 0; i < 60; i++) {
      const name = bandit.choose(NAMES);
      chosen.add(name);
      bandit.credit(name, name === "clauses" ? 100 : 0, 100);
    }
    expect([...chosen].sort()).toEqual([...NAMES].sort());
  });

  it("is the same for the same history, and never nobody where nothing was earned", () => {
    const play = () => {
      const bandit = new Bandit();
      return Array.from({ length: 30 }, (_, i) => {
        const name = bandit.choose(NAMES);
        bandit.credit(name, 0, i);
        return name;
      });
    };
    expect(play()).toEqual(play());
    expect(new Set(play()).size).toBe(NAMES.length);
  });
});
