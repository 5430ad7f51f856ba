import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, type Frame, type Locator, openBrowser, type Page } from "./browser.ts";
import { root } from "./tools.ts";

/** A code-server with our extension, a workspace of its own, and a browser that looks at it. */
export class Workbench {
  readonly folder: string;
  readonly userData: string;
  readonly extensions: string;
  readonly profile: string;
  readonly project: string;
  readonly #tools: string;
  readonly #executable: string;
  #server: ChildProcess | null = null;
  #browser: Context | null = null;
  #page: Page | null = null;
  #port = 0;
  output = "";

  readonly #variables: Readonly<Record<string, string>>;

  /** `variables`: what its processes find in their environment beside what this one has. */
  constructor(tools: string, executable: string, variables: Readonly<Record<string, string>> = {}) {
    this.#variables = variables;
    this.#tools = tools;
    this.#executable = executable;
    this.folder = mkdtempSync(join(tmpdir(), "touchstone-e2e-"));
    this.userData = join(this.folder, "user");
    this.extensions = join(this.folder, "extensions");
    this.profile = join(this.folder, "browser");
    this.project = join(this.folder, "project");
    mkdirSync(join(this.userData, "User"), { recursive: true });
    mkdirSync(this.extensions);
    cpSync(join(root, "examples/c"), this.project, { recursive: true });
    rmSync(join(this.project, "expected.json"), { force: true });
  }

  get page(): Page {
    if (!this.#page) throw new Error("The workbench is not open.");
    return this.#page;
  }

  /** The process of the server, below which all of the extension's run. */
  get pid(): number {
    return this.#server!.pid!;
  }

  settings(settings: object): void {
    writeFileSync(
      join(this.userData, "User/settings.json"),
      JSON.stringify({
        "security.workspace.trust.enabled": false,
        "workbench.startupEditor": "none",
        "workbench.tips.enabled": false,
        "workbench.colorTheme": "Default Dark Modern",
        "window.autoDetectColorScheme": false,
        "telemetry.telemetryLevel": "off",
        "extensions.ignoreRecommendations": true,
        "extensions.autoCheckUpdates": false,
        "update.mode": "none",
        "chat.commandCenter.enabled": false,
        "editor.minimap.enabled": false,
        "workbench.secondarySideBar.defaultVisibility": "hidden",
        "touchstone.model": "none",
        ...settings,
      }),
    );
  }

  install(vsix: string): string {
    return execFileSync(process.execPath, [this.#entry(), ...this.#places(), "--install-extension", vsix], {
      encoding: "utf8",
      env: this.#environment(),
    });
  }

  async open(file?: string): Promise<void> {
    if (!this.#server) await this.#serve();
    this.#browser ??= await openBrowser(this.#tools, this.#executable, this.profile);
    this.#page ??= await this.#browser.newPage();
    await this.page.goto(`http://127.0.0.1:${this.#port}/?folder=${this.project}`);
    await this.page.locator(".monaco-workbench").waitFor({ timeout: 90_000 });
    await this.page.locator(".part.statusbar .statusbar-item").first().waitFor();
    if (file) await this.openFile(file);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#server?.kill("SIGTERM");
    if (this.#server) await new Promise((resolve) => this.#server!.once("exit", resolve));
    if (!process.env.TOUCHSTONE_E2E_KEEP) rmSync(this.folder, { recursive: true, force: true });
  }

  async openFile(name: string): Promise<void> {
    await this.#pick("Control+P", name, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /** Runs a command of the palette by its whole title. */
  async command(title: string): Promise<void> {
    await this.#pick("F1", `>${title}`, title);
  }

  /** Chooses a row of a list that a key opens; a list that is not ready yet is opened again. */
  async #pick(key: string, text: string, row: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      const input = this.page.locator(".quick-input-widget input").first();
      try {
        await input.waitFor({ timeout: 5_000 });
        await input.fill(text);
        const found = this.page
          .locator(".quick-input-list .monaco-list-row")
          .filter({ hasText: row })
          .first();
        await found.waitFor({ timeout: 5_000 });
        await found.click();
        return;
      } catch (error) {
        if (attempt === 6) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.waitForTimeout(150);
  }

  /** The text that the editor shows, blanks as blanks. */
  async text(): Promise<string> {
    const lines = await this.page.locator(".editor-instance .view-lines .view-line").allInnerTexts();
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  lenses(): Promise<string[]> {
    return this.page.locator(".codelens-decoration a, .codelens-decoration span").allInnerTexts();
  }

  notification(text: string | RegExp): Locator {
    return this.page
      .locator(".notification-toast, .notifications-center .notification-list-item")
      .filter({ hasText: text })
      .first();
  }

  async clearNotifications(): Promise<void> {
    await this.command("Notifications: Clear All Notifications");
    await this.page.waitForTimeout(200);
  }

  /** The frame of a web view that has an element; a page may hold several. */
  async webview(selector: string): Promise<Frame> {
    for (;;) {
      for (const frame of this.page.frames()) {
        if (!frame.url().includes("vscode-webview") && !frame.url().includes("webview")) continue;
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      }
      await this.page.waitForTimeout(100);
    }
  }

  /** A picture for the documentation, when they are asked for: `TOUCHSTONE_SCREENSHOTS=1`. */
  async screenshot(name: string): Promise<void> {
    if (!process.env.TOUCHSTONE_SCREENSHOTS) return;
    const folder = join(root, "docs/images");
    mkdirSync(folder, { recursive: true });
    // Where it hovers over nothing.
    await this.page.mouse.move(1_300, 380);
    await this.page.waitForTimeout(900);
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  async #serve(): Promise<void> {
    this.#port = await freePort();
    const args = [
      this.#entry(),
      ...this.#places(),
      "--auth",
      "none",
      "--bind-addr",
      `127.0.0.1:${this.#port}`,
      "--disable-telemetry",
      "--disable-update-check",
    ];
    const server = spawn(process.execPath, args, {
      env: this.#environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#server = server;
    for (const stream of [server.stdout!, server.stderr!])
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    while (!this.output.includes("HTTP server listening")) {
      if (server.exitCode !== null) throw new Error(`code-server ended:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #entry(): string {
    return join(this.#tools, "node_modules/code-server/out/node/entry.js");
  }

  #places(): string[] {
    return [
      "--user-data-dir",
      this.userData,
      "--extensions-dir",
      this.extensions,
      "--config",
      join(this.folder, "config.yaml"),
    ];
  }

  #environment(): NodeJS.ProcessEnv {
    const { VSCODE_IPC_HOOK_CLI: _hook, ...rest } = process.env;
    return { ...rest, XDG_DATA_HOME: join(this.folder, "data"), ...this.#variables };
  }
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
