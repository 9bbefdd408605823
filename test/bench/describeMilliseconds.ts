/** "1.24 ms", "87 µs" */
export function describeMilliseconds(value: number): string {
  return value >= 1 ? `${value.toFixed(2)} ms` : `${Math.round(value * 1000)} µs`;
}
