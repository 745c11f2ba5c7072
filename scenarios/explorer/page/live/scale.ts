/** A slide whose steps grow with the number, as sizes and counts ask for. */

export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Not only whole numbers. */
  readonly isFloat?: boolean;
}

/** Places on a slide. */
const places = 1000;

/** The number at a place, 0 to 1000: two digits of it. */
export function valueAt({ min, max, isFloat }: Scale, place: number): number {
  if (place <= 0) return min;
  if (place >= places) return max;
  if (isFloat) return Number((min + ((max - min) * place) / places).toPrecision(3));
  const value = min - 1 + (max - min + 2) ** (place / places);
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.max(min, Math.min(max, Math.round(value / digits) * digits));
}

/** The place of a number. */
export function positionOf({ min, max, isFloat }: Scale, value: number): number {
  const within = Math.max(min, Math.min(max, value));
  if (isFloat) return Math.round(((within - min) / (max - min || 1)) * places);
  return Math.round((Math.log(within - min + 1) / Math.log(max - min + 2)) * places);
}
