declare function acquireVsCodeApi(): { postMessage(message: { command: string }): void };

/** The buttons of the setup report. */
const editor = acquireVsCodeApi();
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-command]"))
  button.addEventListener("click", () => editor.postMessage({ command: button.dataset.command! }));
