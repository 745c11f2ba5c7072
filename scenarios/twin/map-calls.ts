/** Which of the runtime's functions a twin calls for a map. */
import { kind } from '../../sim/kind.ts';
import { mapFast } from '../../sim/map-bucket.ts';
import type { Type } from '../../sim/type.ts';

/** A function and its key argument, `key` being a pointer to the key. */
interface MapCall {
  readonly name: string;
  readonly argument: (key: string) => string;
}

const argumentTypes: Readonly<Record<string, string>> = {
  _fast32: 'uint32',
  _fast64: 'uint64',
  _faststr: 'string',
};

/** How a key of the map type is assigned. */
export function assignCall(type: Type): MapCall {
  const variant = mapFast(type);
  if (type.key!.kind === kind.ptr && variant !== '') {
    return callOf(`mapassign${variant}ptr`, 'unsafe.Pointer');
  }
  return callOf(`mapassign${variant}`, argumentTypes[variant]);
}

/** How a key of the map type is deleted. */
export function deleteCall(type: Type): MapCall {
  const variant = mapFast(type);
  return callOf(`mapdelete${variant}`, argumentTypes[variant]);
}

function callOf(name: string, argument: string | undefined): MapCall {
  return {
    name,
    argument: (key) => (argument === undefined ? key : `*(*${argument})(${key})`),
  };
}

const tableAssigns = ['', '_fast32', '_fast64', '_faststr', '_fast32ptr', '_fast64ptr'] as const;
const tableDeletes = ['', '_fast32', '_fast64', '_faststr'] as const;

/** The number of a function in the switch of {@link assignCases}. */
export const assignNumber = (type: Type): number =>
  tableAssigns.findIndex((variant) => assignCall(type).name === `mapassign${variant}`);

/** The number of a function in the switch of {@link deleteCases}. */
export const deleteNumber = (type: Type): number =>
  tableDeletes.findIndex((variant) => deleteCall(type).name === `mapdelete${variant}`);

function argumentOf(variant: string): string {
  if (variant === '') return 'key';
  return `*(*${argumentTypes[variant] ?? 'unsafe.Pointer'})(key)`;
}

/** Cases that assign to map m of type t the key at `key`, by number. */
export const assignCases = tableAssigns
  .map((v, i) => `\t\tcase ${i}:\n\t\t\telem = mapassign${v}(t, m, ${argumentOf(v)})\n`)
  .join('');

/** The same for deletions. */
export const deleteCases = tableDeletes
  .map((v, i) => `\t\tcase ${i}:\n\t\t\tmapdelete${v}(t, m, ${argumentOf(v)})\n`)
  .join('');
