/** A failure that ends a Go program: `throw` in the runtime, in Go's own words. */
export class RuntimeThrow extends Error {
  override readonly name = 'RuntimeThrow';
}

/** Throws a {@link RuntimeThrow}. @go runtime/panic.go throw */
export function throw_(message: string): never {
  throw new RuntimeThrow(message);
}
