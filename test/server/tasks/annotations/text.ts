import type { AnnotationsTask } from "../../../../server/engine/task.ts";
import { locateBeyond } from "../../../../server/tasks/annotations/locate.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";

/** The only function of a text that our own front end does not read. */
export function textTask(text: string): AnnotationsTask {
  const document = { file: "a.c", text, version: 0 };
  const tasks = locateBeyond(document, locateInvariants(document, "32")).flatMap((one) =>
    one.kind === "task" && one.task.kind === "annotations" ? [one.task] : [],
  );
  if (tasks.length !== 1) throw new Error(`${tasks.length} tasks`);
  return tasks[0]!;
}
