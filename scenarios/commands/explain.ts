/** `explain`: each decision of the runtime, step by step. */
import { defineCommand } from '../command.ts';
import { count, counted, hex, toJson } from '../format.ts';
import { addressWhere, disagreement, liveOptions, runOption, stepOf } from '../live.ts';
import { openLive } from '../open-named.ts';
import { wholeNumber } from '../target-options.ts';
import { explainStep, tellAllocation } from '../terminal/explain.ts';
import { drawOptions, Paragraphs, Sheet } from '../terminal/sheet.ts';
import { labelled } from '../terminal/size.ts';
import { stepJson } from '../terminal/step-json.ts';
import type { Allocation } from '../timeline/allocations.ts';
import type { RecordedRun } from '../timeline/record.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { exitCode, UsageError } from '../usage-error.ts';

/** Steps that are shown where none are named. */
const defaultSteps = 3;
/** Steps whose places in the script are looked up. */
const maxPlaces = 10_000;

export const explainCommand = defineCommand({
  examples: [
    ['goheapsim explain linked-list', 'the first allocations'],
    ['goheapsim explain linked-list --step 4', 'one step'],
    ['goheapsim explain tiny-strings --from 10 --to 30', 'some steps'],
    [
      'goheapsim explain linked-list --addr 0xc000012090',
      'the step that allocated what lies there',
    ],
    ['goheapsim explain ./my.ts --all --json | head', 'every step, one JSON object a line'],
    ['goheapsim explain log --binary prog --step 500', "a request of a real program's log"],
  ],
  notes: [
    'A step is one operation of the script: an allocation, a store, a call, a collection, or that ' +
      'another goroutine goes on. Step 0 is all that happens before main.main.',
    'Of a log a step is one request to the allocator; step 0 is all that happens before the first one.',
  ],
  build: (parser) =>
    parser
      .positional('what', runOption)
      .option('step', { type: 'string', requiresArg: true, describe: 'Explain this step' })
      .option('addr', {
        type: 'string',
        requiresArg: true,
        describe: 'Explain the last step that allocated what lies at this address',
      })
      .option('from', { type: 'string', requiresArg: true, describe: 'From this step on' })
      .option('to', { type: 'string', requiresArg: true, describe: 'Up to this step' })
      .option('all', { type: 'boolean', describe: 'Explain every step' })
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const given = [args.step, args.addr, args.from ?? args.to, args.all || undefined];
    if (given.filter((option) => option !== undefined).length > 1) {
      throw new UsageError('explain: give one of --step, --addr, --all, or --from and --to');
    }
    const live = await openLive('explain', args.what, args, io);
    const step = stepOf('explain', args.step);
    const to = args.to === undefined ? undefined : bound('--to', args.to);
    const run = live.run(step, { marks: true });
    const last = run.timeline.length - 1;
    let steps: number[];
    let made: Allocation | undefined;
    if (step !== undefined) steps = [step];
    else if (args.addr !== undefined) {
      const isHere = (at: number): boolean => run.world.mheap.spanOfHeap(at) !== null;
      const address = addressWhere('explain', args.addr, isHere);
      made = allocatedAt(live.shown, run, address);
      steps = [made.step];
    } else if (args.all || args.from !== undefined || to !== undefined) {
      const from = args.from === undefined ? 0 : bound('--from', args.from);
      if (from > last) {
        throw new UsageError(`${live.shown}: no step ${count(from)}: its last is ${count(last)}`);
      }
      if (to !== undefined && to > last) {
        throw new UsageError(`${live.shown}: no step ${count(to)}: its last is ${count(last)}`);
      }
      if (to !== undefined && to < from) {
        throw new UsageError(`explain: --to ${count(to)} is before --from ${count(from)}`);
      }
      steps = range(from, to ?? last);
    } else steps = firstAllocations(run.timeline);
    const places = steps.length <= maxPlaces ? live.places(run, new Set(steps)) : new Map();
    const sheet = new Sheet(io, args);
    const target = { arch: run.world.arch, allocHeaders: run.world.allocHeaders };
    const context = { timeline: run.timeline, target, heading: (t: string) => sheet.bold(t) };
    const paragraphs = new Paragraphs(sheet);
    for (const index of steps) {
      const place = places.get(index);
      // What happens before main.main is too much to tell of as a whole.
      const told = index === 0 && made ? tellAllocation(0, made.sequence, context) : undefined;
      if (args.json) {
        const decisions = told && { decisions: told };
        sheet.json(toJson({ ...stepJson(run.timeline, index, place), ...decisions }));
      } else {
        const lines = told?.flatMap(({ label, text }) => labelled(label, text)) ?? [];
        paragraphs.add([...explainStep(index, { ...context, place }), ...lines]);
      }
    }
    if (!args.json && step === 0) {
      sheet.lines(labelled('hint', `explain ${args.what} --addr A tells of one of its objects`));
    }
    const chosen = given.some((option) => option !== undefined);
    if (!args.json && !chosen) {
      sheet.lines(['', ...disagreement(run)]);
      sheet.line(`${counted(last, 'step')} in all; --step N, --from N --to M, --all show more`);
    }
    sheet.flush();
    return exitCode.done;
  },
});

function bound(option: string, text: string): number {
  return wholeNumber(`explain: ${option}`, text, 0, Number.MAX_SAFE_INTEGER);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** The first steps of the script that allocate. */
function firstAllocations(timeline: Timeline): number[] {
  const steps: number[] = [];
  for (let i = 1; i < timeline.length && steps.length < defaultSteps; i++) {
    const { firstEvent, endEvent } = timeline.step(i);
    for (let e = firstEvent; e < endEvent; e++) {
      if (timeline.eventName(e) === 'malloc') {
        steps.push(i);
        break;
      }
    }
  }
  return steps;
}

function allocatedAt(
  shown: string,
  { world, allocations }: RecordedRun,
  address: number,
): Allocation {
  const span = world.mheap.spanOfHeap(address);
  const found = span && allocations.at(span.startAddr, span.objIndex(address));
  if (found != null) return found;
  throw new UsageError(`${shown}: nothing was allocated at ${hex(address)}`);
}
