import { type Progress, ProgressLocation, window } from "vscode";
import type {
  ProgressToken,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from "vscode-languageclient";

type Step = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

interface Shown {
  readonly end: () => void;
  readonly progress: Promise<Progress<{ message?: string; increment?: number }>>;
  reported: number;
}

/**
 * The server's progress as a notification with a cancel button. The client library shows it in the status bar alone, where a
 * search cannot be cancelled without looking for it.
 */
export class ProgressNotifications {
  readonly #shown = new Map<ProgressToken, Shown>();

  /** `cancel` tells the server that its button was pressed. */
  handle(token: ProgressToken, step: Step, next: () => void, cancel: (token: ProgressToken) => void): void {
    switch (step.kind) {
      case "begin":
        this.#begin(token, step, cancel);
        return;
      case "report":
        void this.#report(token, step);
        return;
      case "end":
        this.#shown.get(token)?.end();
        this.#shown.delete(token);
        // The library forgets the token.
        next();
        return;
    }
  }

  #begin(
    token: ProgressToken,
    { title, message }: WorkDoneProgressBegin,
    cancel: (token: ProgressToken) => void,
  ): void {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const { promise: progress, resolve: opened } = Promise.withResolvers<Progress<{ message?: string }>>();
    this.#shown.set(token, { end, progress, reported: 0 });
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (shown, cancelled) => {
        if (message) shown.report({ message });
        opened(shown);
        cancelled.onCancellationRequested(() => cancel(token));
        return ended;
      },
    );
  }

  async #report(token: ProgressToken, { message, percentage }: WorkDoneProgressReport): Promise<void> {
    const shown = this.#shown.get(token);
    if (!shown) return;
    const increment = Math.max(0, (percentage ?? 0) - shown.reported);
    shown.reported += increment;
    (await shown.progress).report({ ...(message ? { message } : {}), increment });
  }
}
