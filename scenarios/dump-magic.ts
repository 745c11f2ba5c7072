/** How a dump begins, but for the version's last digit. */
const magic = /^go1\.[4-7] heap dump\n$/;

/** Whether these bytes begin as a dump does. Uses nothing of Node. */
export function beginsAsDump(bytes: Uint8Array): boolean {
  return magic.test(String.fromCharCode(...bytes.subarray(0, 16)));
}
