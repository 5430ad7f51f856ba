/** All that a stream gives, once it has ended. (`Array.fromAsync`, which the project's TypeScript library lacks.) */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}
