const UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** A number of bytes as a person reads it: `98 MB`. */
export function showSize(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}
