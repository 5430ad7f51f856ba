import { readFileSync } from "node:fs";

/** A file of examples/c. */
export function example(name: string): string {
  return readFileSync(new URL(`../../../examples/c/${name}`, import.meta.url), "utf8");
}

/** A loop whose assertion is Fermat's: no solver decides it, so that a search goes on until it is stopped. */
export const ENDLESS = `int main() {
  int x = 1, y = 1, z = 1;
  while (unknown()) {
    if (unknown()) x = x + 1;
    else if (unknown()) y = y + 1;
    else z = z + 1;
  }
  assert(x * x * x + y * y * y != z * z * z);
  return 0;
}
`;

/** A file of many functions, two lines a loop. */
export function large(functions: number): string {
  const one = (i: number) => `
/*@ requires n >= 0;
  @ assigns \\nothing;
  @ ensures \\result == n;
  @*/
int count${i}(int n)
{
  int i = 0;
  while (i < n) {
    if (n > ${i})
      i = i + 1;
    else
      i++;
  }

  return i;
}
`;
  return Array.from({ length: functions }, (_, i) => one(i)).join("");
}
