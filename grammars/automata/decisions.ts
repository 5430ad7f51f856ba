import type { Machine, Place } from "./machine.ts";

/**
 * Where one token does not tell the machine what to do, for alternatives as for every optional and repeated part: strong
 * LL(1), by our own FIRST and FOLLOW over the places of the live parser. Empty when it always does.
 */
export function conflicts(machine: Machine): readonly string[] {
  const problems = new Set<string>();
  for (const place of machine.places) {
    const seen = new Map<string, string>();
    const claim = (tokens: Iterable<string>, what: string): void => {
      for (const token of tokens) {
        const other = seen.get(token);
        if (other !== undefined)
          problems.add(`rule ${place.rule}: at ${token} both ${other} and ${what} may come`);
        seen.set(token, what);
      }
    };
    claim(place.tokens.keys(), "the token");
    for (const call of place.calls) claim(machine.first.get(call.rule)!, call.rule);
    if (place.ends !== null) claim(machine.follow.get(place.rule)!, "the end of the rule");
  }
  return [...problems];
}

/** Rules that the start does not reach, and rules that derive no finite text. */
export function useless(machine: Machine): readonly string[] {
  const reached = new Set([machine.start]);
  const callsOf = (rule: string) =>
    machine.places.filter((place) => place.rule === rule).flatMap(({ calls }) => calls);
  for (const rule of reached) for (const call of callsOf(rule)) reached.add(call.rule);
  const productive = new Set<Place>();
  const done = (rule: string) => productive.has(machine.starts.get(rule)!);
  for (let grown = true; grown; ) {
    grown = false;
    for (const place of machine.places) {
      if (productive.has(place)) continue;
      const yes =
        place.ends !== null ||
        [...place.tokens.values()].some((next) => productive.has(next)) ||
        place.calls.some(
          (call) => done(call.rule) && [...call.returns.values()].some((next) => productive.has(next)),
        );
      if (yes) {
        productive.add(place);
        grown = true;
      }
    }
  }
  return [
    ...[...machine.starts.keys()]
      .filter((rule) => !reached.has(rule))
      .map((rule) => `rule ${rule} cannot be reached`),
    ...[...machine.starts.keys()]
      .filter((rule) => !done(rule))
      .map((rule) => `rule ${rule} derives no finite text`),
  ];
}
