/** What stands in the place of a secret. */
const mark = "[redacted]";

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/**
 * Removes the given secrets, and whatever looks like a key or a password, from a text that is to be shown or stored. Servers
 * like to quote the key that they refuse, in full or in part.
 */
export function redactor(secrets: readonly (string | null | undefined)[]): Redactor {
  const known = secrets
    .filter((secret): secret is string => typeof secret === "string" && secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, mark);
    return clean
      .replace(/\bBearer\s+[^\s"']+/gi, `Bearer ${mark}`)
      .replace(/\b(?:sk|hf|gsk|xai|key)[-_][A-Za-z0-9*._-]{8,}/g, mark)
      .replace(/\/\/[^/\s@]+@/g, `//${mark}@`);
  };
}

/** The values of environment variables that are named like secrets. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => isSecretName(name) && value !== undefined && value.length >= 8)
    .map(([, value]) => value!);
}

/** Whether a variable's name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return /(?:^|_)(?:API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)S?$/i.test(name);
}
