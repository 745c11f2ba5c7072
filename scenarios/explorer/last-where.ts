/** The last of `n` numbers that `holds` for; it holds for 0, and up to that one. */
export function lastWhere(n: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = n - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
