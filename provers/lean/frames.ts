import type { Readable } from "node:stream";
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
} from "vscode-jsonrpc";

const HEADER = Buffer.from("Content-Length: ");

/** Longest message that is read; a server that announces more is not understood. */
const LARGEST = 64 << 20;

/**
 * Reads framed messages from a stream in which anything else may stand between them: the embedded Lean writes `[DEBUG:…]` lines
 * to its output. What does not parse as JSON in its frame is passed over up to the next header.
 */
export class NoisyMessageReader extends AbstractMessageReader implements MessageReader {
  readonly #stream: Readable;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    super();
    this.#stream = stream;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (piece: Buffer) => {
      this.#bytes = this.#bytes.length === 0 ? piece : Buffer.concat([this.#bytes, piece]);
      for (let message = this.#next(); message !== null; message = this.#next()) callback(message);
    };
    const onClose = () => this.fireClose();
    this.#stream.on("data", onData);
    this.#stream.on("close", onClose);
    return {
      dispose: () => {
        this.#stream.off("data", onData);
        this.#stream.off("close", onClose);
      },
    };
  }

  #next(): Message | null {
    for (;;) {
      const start = this.#bytes.indexOf(HEADER);
      if (start < 0) {
        // A header may be cut off at the end of a piece.
        this.#bytes = this.#bytes.subarray(Math.max(0, this.#bytes.length - HEADER.length));
        return null;
      }
      const body = this.#bytes.indexOf("\r\n\r\n", start);
      if (body < 0) return null;
      const length = Number(
        /^\d+/.exec(this.#bytes.toString("latin1", start + HEADER.length, body))?.[0] ?? "NaN",
      );
      if (!(length <= LARGEST)) {
        this.#bytes = this.#bytes.subarray(start + HEADER.length);
        continue;
      }
      const end = body + 4 + length;
      if (this.#bytes.length < end) return null;
      const text = this.#bytes.toString("utf8", body + 4, end);
      try {
        const message = JSON.parse(text) as Message;
        this.#bytes = this.#bytes.subarray(end);
        return message;
      } catch {
        this.#bytes = this.#bytes.subarray(start + HEADER.length);
      }
    }
  }
}
