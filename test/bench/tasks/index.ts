/** What a process of the bench can be asked to do. */
import { mixed, nodes, nodesOfScript } from './allocate.ts';
import { collect, collectHalf } from './collect.ts';
import { diff, dumpBuffers, dumpNodes, redump } from './dump.ts';
import { mutants } from './mutants.ts';
import { read, verify } from './read.ts';
import type { Task } from './task.ts';

export const tasks = {
  mallocgc: nodes,
  'dsl-malloc': nodesOfScript,
  mixed,
  collect,
  'collect-half': collectHalf,
  dump: dumpNodes,
  'dump-buffers': dumpBuffers,
  read,
  verify,
  redump,
  diff,
  mutants,
} as const satisfies Readonly<Record<string, Task>>;

export type TaskName = keyof typeof tasks;
