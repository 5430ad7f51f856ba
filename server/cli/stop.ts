import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** What a stopped command still has for cleaning up; Ctrl-C promises a second. */
const GRACE_MS = 800;
/** A terminal and a launcher may both pass on one Ctrl-C. */
const ECHO_MS = 150;

/** A command's way to be stopped from outside. */
export interface Stop {
  /** Aborts on Ctrl-C, SIGTERM, SIGHUP, and when nobody reads standard output any more. */
  readonly signal: AbortSignal;
  /** 130 after Ctrl-C, 143, 129, 141 for a closed pipe; null while nothing stopped it. */
  status(): number | null;
  /** Ends the listening. */
  dispose(): void;
}

/**
 * Listens for what stops a command. The first signal aborts and lets it print what was found; `lastWords` are printed and the
 * process ends when it takes longer than the grace, and at once on a second signal.
 */
export function listenForStop(lastWords: () => void): Stop {
  const controller = new AbortController();
  let status: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    lastWords();
    process.exit(status ?? 1);
  };
  let since = 0;
  const stop = (code: number) => {
    if (status !== null) {
      if (performance.now() - since > ECHO_MS) end();
      return;
    }
    status = code;
    since = performance.now();
    controller.abort(new DOMException("It was stopped.", "AbortError"));
    timer = setTimeout(end, GRACE_MS);
  };
  const handlers = SIGNALS.map((name) => ({ name, handler: () => stop(128 + constants.signals[name]) }));
  for (const { name, handler } of handlers) process.on(name, handler);
  const broken = (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    if (status === null) stop(128 + constants.signals.SIGPIPE);
  };
  process.stdout.on("error", broken);
  process.stderr.on("error", broken);
  return {
    signal: controller.signal,
    status: () => status,
    dispose: () => {
      clearTimeout(timer);
      for (const { name, handler } of handlers) process.off(name, handler);
    },
  };
}
