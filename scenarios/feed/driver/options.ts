/** Options that `feed run` and `feed shrink` share, and values that both check. */
import { UsageError } from '../../usage-error.ts';
import { formatFeatures, formatFlags } from '../labels.ts';

/** Of the options but the first and the limits. */
export const targetNote =
  '--delivery, --preset, --reject-code, --reject-pattern, --allow and --lacks hold for all targets; NAME:VALUE holds for the ' +
  'target of that name, in place of what holds for all.';

/** How readers are started, and what they may do. */
export const targetOptions = {
  target: {
    alias: 't',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: "A reader: 'cmd {}', or name='cmd {}'; {} is the dump's path; may be repeated",
  },
  delivery: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'file (with {}), stdin, slow (byte by byte), or worker (one process for many dumps)',
  },
  preset: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'What crashes look like: go node python jvm asan rust any [default: auto]',
  },
  'reject-code': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Exit codes that refuse a dump [default: any but 0, if nothing looks like a crash]',
  },
  'reject-pattern': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Words on standard error that refuse a dump, though they look like a crash',
  },
  allow: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: `Flags of doubtful dumps that the reader takes: ${formatFlags.join(' ')}, those of verify --rules, or none [default: either is right]`,
  },
  lacks: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: `Features that the reader does not have: ${formatFeatures.join(' ')}`,
  },
  timeout: {
    type: 'string',
    requiresArg: true,
    describe: 'Seconds for each dump [default: as the dump says]',
  },
  memory: {
    type: 'string',
    requiresArg: true,
    describe: 'MiB for each dump [default: as the dump says]',
  },
} as const;

/** A number of an option; undefined where it is not given. @throws {UsageError} */
export function numberOf(
  option: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`feed: ${option}: want a number from ${min} to ${max}, got "${text}"`);
}

/** A whole number of an option. @throws {UsageError} */
export function wholeOf(option: string, text: string, min: number, max: number): number {
  const value = numberOf(option, text.replace(/(?<=\d)_(?=\d)/g, ''), min, max)!;
  if (Number.isInteger(value)) return value;
  throw new UsageError(`feed: ${option}: want a whole number, got "${text}"`);
}
