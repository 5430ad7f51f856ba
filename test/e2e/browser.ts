import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What of playwright-core is used here; its package is not among ours. */
export interface Locator {
  click(options?: object): Promise<void>;
  dblclick(options?: object): Promise<void>;
  hover(options?: object): Promise<void>;
  focus(): Promise<void>;
  fill(text: string): Promise<void>;
  press(key: string): Promise<void>;
  first(): Locator;
  last(): Locator;
  nth(index: number): Locator;
  count(): Promise<number>;
  filter(options: { hasText: string | RegExp }): Locator;
  locator(selector: string): Locator;
  waitFor(options?: object): Promise<void>;
  innerText(): Promise<string>;
  allInnerTexts(): Promise<string[]>;
  getAttribute(name: string): Promise<string | null>;
  isVisible(): Promise<boolean>;
}

export interface Frame {
  url(): string;
  locator(selector: string): Locator;
}

export interface Page extends Frame {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  waitForTimeout(milliseconds: number): Promise<void>;
  screenshot(options: { path: string; clip?: object }): Promise<unknown>;
  frames(): Frame[];
  on(event: string, listener: (value: never) => void): void;
  readonly mouse: { move(x: number, y: number): Promise<void> };
  readonly keyboard: {
    press(key: string): Promise<void>;
    type(text: string, options?: object): Promise<void>;
    insertText(text: string): Promise<void>;
  };
  setViewportSize(size: { width: number; height: number }): Promise<void>;
}

export interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** A browser with a profile of its own. */
export async function openBrowser(tools: string, executable: string, profile: string): Promise<Context> {
  const { chromium } = await import(
    pathToFileURL(join(tools, "node_modules/playwright-core/index.mjs")).href
  );
  return chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args: ["--no-sandbox", "--force-color-profile=srgb"],
    viewport: { width: 1360, height: 940 },
    deviceScaleFactor: 1.5,
  });
}
