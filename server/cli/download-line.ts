import { showSize } from "./size.ts";

/** Bytes done of bytes to come; `total` is null where nobody knows. */
export interface Downloaded {
  readonly done: number;
  readonly total: number | null;
}

const CLEAR = "\r\u001B[2K";
const WIDTH = 24;

/** `[######      ] 24 MB of 98 MB`. */
export function showDownload({ done, total }: Downloaded): string {
  if (total === null || total <= 0) return showSize(done);
  const share = Math.min(1, done / total);
  const bar = "#".repeat(Math.round(share * WIDTH)).padEnd(WIDTH);
  return `[${bar}] ${showSize(done)} of ${showSize(total)}`;
}

/** A progress bar on a terminal; elsewhere nothing. */
export function downloadLine(
  stream: NodeJS.WriteStream,
  what: string,
): { update(state: Downloaded): void; clear(): void } {
  let shown = 0;
  return {
    update(state) {
      if (!stream.isTTY || performance.now() - shown < 100) return;
      shown = performance.now();
      stream.write(`${CLEAR}${what} ${showDownload(state)}`);
    },
    clear() {
      if (shown > 0) stream.write(CLEAR);
      shown = 0;
    },
  };
}
