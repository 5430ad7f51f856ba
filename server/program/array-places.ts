/** The indices of all elements of an array with such sizes, in the order in which they lie in memory. */
export function placesOf(sizes: readonly bigint[]): bigint[][] {
  const [first, ...rest] = sizes;
  if (first === undefined) return [[]];
  const inner = placesOf(rest);
  return Array.from({ length: Number(first) }, (_, at) =>
    inner.map((others) => [BigInt(at), ...others]),
  ).flat();
}
