import { describe, expect, test } from "vitest";
import { chooseNode } from "../../extension/node.ts";

const nothing = async () => null;
const host = (node: string, electron?: string) => ({ execPath: "/editor/bin", versions: { node, electron } });

describe("the Node for the server", () => {
  test("is the editor's own where that is recent enough", async () => {
    expect(await chooseNode("", host("22.15.0"), nothing)).toMatchObject({
      kind: "found",
      path: "/editor/bin",
      environment: {},
    });
  });

  test("is a desktop editor run as Node", async () => {
    expect(await chooseNode("", host("24.1.0", "40.0.0"), nothing)).toMatchObject({
      path: "/editor/bin",
      environment: { ELECTRON_RUN_AS_NODE: "1" },
    });
  });

  test("is the one on PATH where the editor's is too old", async () => {
    expect(await chooseNode("", host("20.9.0"), async () => "24.0.0")).toMatchObject({
      path: "node",
      version: "24.0.0",
    });
  });

  test("is the one of the setting, before all others", async () => {
    expect(await chooseNode("/my/node", host("24.0.0"), async () => "23.0.0")).toMatchObject({
      path: "/my/node",
    });
  });

  test.each([
    ["", "20.9.0", null, "there is none on PATH"],
    ["", "20.9.0", "18.1.0", "the one on PATH is 18.1.0"],
    ["/my/node", "24.0.0", null, "which is no Node"],
    ["/my/node", "24.0.0", "20.0.0", "needs 22 or newer"],
  ])("is missing with a line that says what to do (%s %s %s)", async (setting, own, other, words) => {
    const choice = await chooseNode(setting, host(own), async () => other);
    expect(choice).toMatchObject({ kind: "missing", message: expect.stringContaining(words) });
  });
});
