/** An address as it is written in traces and messages. */
export function hex(addr: number): string {
  return `0x${addr.toString(16)}`;
}
