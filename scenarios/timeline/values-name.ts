/** What is called how: mallocgc gets the type of one element and the bytes of all, and several tiny objects share a slot. */

/**
 * @param name of the type that mallocgc was given
 * @param size of one value; undefined where it is not known
 * @param requested bytes that were asked for
 * @returns `main.Node`, `[]main.Node` where the bytes are those of several
 */
export function valuesName(name: string, size: number | undefined, requested: number): string {
  return size !== undefined && requested > size ? `[]${name}` : name;
}

/** Of a slot that several requests share, each with a type of its own. */
export const tinyObjects = '(tiny objects)';
