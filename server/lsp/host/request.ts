import type { Event } from "../../engine/event.ts";
import type { GroupResult } from "./messages.ts";

/** A request that cannot be served as it was made; the message says what to do. */
export class WrongRequest extends Error {
  override name = "WrongRequest";
}

/** Where a run's steps and results go. */
export interface Listener {
  event(event: Event | Event<"proofHole">): void;
  result(result: GroupResult): void;
}
