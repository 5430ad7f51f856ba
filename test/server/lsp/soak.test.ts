import { afterEach, expect, test } from "vitest";
import { randomFrom } from "../../../server/program/random.ts";
import { Client } from "./client.ts";
import { descendants, residentMegabytes, solvers } from "./descendants.ts";
import { ENDLESS, example } from "./examples.ts";

/** Half an hour on demand (`npm run test:nightly`), two minutes in CI, a few seconds beside other work. */
const SECONDS = process.env.TOUCHSTONE_NIGHTLY ? 1_800 : process.env.CI ? 120 : 8;
const URI = "file:///project/a.c";
let client: Client;

afterEach(async () => {
  await client.stop();
});

test(
  `${SECONDS} s of edits, runs and cancels leave no process, no run and no memory behind`,
  async () => {
    client = await Client.start({
      initializationOptions: { events: true, settings: { model: "none", timeout: 20 } },
    });
    const random = randomFrom(7);
    const texts = [example("sum.c"), example("remainder.c"), example("off_by_one.c"), ENDLESS, "int f() {"];
    client.open(URI, texts[0]!);
    const running = new Set<Promise<unknown>>();
    const memory: number[] = [];
    const end = performance.now() + SECONDS * 1000;
    for (let step = 0; performance.now() < end; step++) {
      const what = random.unit();
      if (what < 0.35) client.change(URI, random.pick(texts));
      else if (what < 0.6) {
        const position = client.documents
          .get(URI)!
          .positionAt(Math.floor(random.unit() * client.text(URI).length));
        const request = {
          task: random.pick(["suggest", "verify"]),
          uri: URI,
          position: random.pick([null, position]),
        };
        const run: Promise<unknown> = client.connection
          .sendRequest("touchstone/run", request)
          .finally(() => running.delete(run));
        running.add(run);
      } else if (what < 0.75) await client.connection.sendNotification("touchstone/stop");
      else if (what < 0.9) await client.lenses(URI);
      else
        await client.connection.sendRequest("textDocument/hover", {
          textDocument: { uri: URI },
          position: { line: 5, character: 5 },
        });
      await new Promise((resolve) => setTimeout(resolve, random.unit() * 60));
      if (step % 20 === 0) memory.push(residentMegabytes(client.process.pid!));
      client.notifications.length = 0;
      client.progress.length = 0;
      client.log.length = 0;
    }
    await client.connection.sendNotification("touchstone/stop");
    await Promise.all(running);
    await client.until(() => solvers(client.process.pid!).length <= 2);
    expect(descendants(client.process.pid!).length).toBeLessThanOrEqual(4);
    expect(await client.actions(URI, client.text(URI).slice(0, 1))).toBeInstanceOf(Array);
    // The heap grows to its working size first; after that it stays.
    const settled = memory.slice(Math.floor(memory.length / 3));
    expect(Math.max(...settled), `megabytes: ${memory.map(Math.round).join(" ")}`).toBeLessThan(
      Math.min(...settled) + 60,
    );
  },
  SECONDS * 1000 + 60_000,
);
