/**
 * What a child may know of our environment: where programs and temporary files are, the language, and, where our own executable
 * is a desktop editor's, that it is to run as Node. Nothing else.
 */
const INHERITED = ["PATH", "HOME", "LANG", "TMPDIR", "ELECTRON_RUN_AS_NODE"];
/** Without these Windows starts almost nothing. */
const INHERITED_ON_WINDOWS = ["SystemRoot", "TEMP", "USERPROFILE"];
const SECRET = /KEY|TOKEN|SECRET|PASSW/i;

/**
 * The environment of a child process (safety.md 9): an allowlist of ours, and `extra`. A variable whose name sounds like a
 * secret is never passed on, and asking for it is a bug.
 */
export function childEnvironment(
  extra: Readonly<Record<string, string>> = {},
  ours: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  const names = process.platform === "win32" ? [...INHERITED, ...INHERITED_ON_WINDOWS] : INHERITED;
  for (const name of names) {
    const value = ours[name];
    if (value !== undefined) environment[name] = value;
  }
  for (const [name, value] of Object.entries(extra)) {
    if (SECRET.test(name))
      throw new Error(`a child process may not be given ${name}: its name says that it is a secret`);
    environment[name] = value;
  }
  return environment;
}
