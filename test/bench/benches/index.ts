import { allocation } from './allocation.ts';
import type { Bench } from './bench.ts';
import { collection } from './collection.ts';
import { dumping } from './dumping.ts';
import { growth } from './growth.ts';
import { memory } from './memory.ts';
import { mutants } from './mutants.ts';
import { reading } from './reading.ts';
import { rewriting } from './rewriting.ts';
import { startup } from './startup.ts';

/** All benches, in the order in which they are run. */
export const benches: readonly Bench[] = [
  allocation,
  collection,
  dumping,
  reading,
  memory,
  startup,
  mutants,
  rewriting,
  growth,
];
