import { derive } from "../derive/derive.ts";
import { checkEmptiness } from "./emptiness.ts";
import { checkInclusion } from "./inclusion.ts";

/** Replays a certificate against the files that it names. What is wrong, in sentences; nothing when it holds. */
export function replay(text: string, fileOf: (name: string) => string): readonly string[] {
  const { problems, machine, nodes, exits, decoders } = derive(text, fileOf);
  const { wrong } = checkEmptiness(nodes, machine, exits);
  const refused = decoders.flatMap(({ file, bodies, symbols, rows, summaries }) => {
    const problem = checkInclusion(bodies, symbols, rows, machine, summaries);
    return problem === null ? [] : [`${file}: ${problem}`];
  });
  return [...problems, ...(wrong === null ? [] : [wrong]), ...refused];
}
