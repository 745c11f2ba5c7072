/** The bytes of a scenario's heap after any step: the script is run again up to it. Nothing here uses Node. */
import { runScenario, type Scenario } from '../../dsl/scenario.ts';
import { joined, liveGraph } from '../../live-graph.ts';
import { whatis } from '../../terminal/whatis.ts';
import { type RecordedRun, recordTimeline, type TimelineOptions } from '../../timeline/record.ts';
import { HeapContents } from './heap-contents.ts';
import type { AddressAnswer, HoldersAnswer, RootRef, Some, WrittenDump } from './questions.ts';

/** The heap after a step. */
interface Stop {
  readonly step: number;
  readonly run: RecordedRun;
  readonly contents: HeapContents;
}

/** Steps between two that are told of. */
const stride = 4096;

export class ScenarioContents {
  readonly #scenario: Scenario;
  readonly #settings: TimelineOptions;
  #stop: Stop | undefined;

  constructor(scenario: Scenario, settings: TimelineOptions) {
    this.#scenario = scenario;
    this.#settings = settings;
  }

  /** What lies at an address after a step. `heard`: how many steps were run so far. */
  address(step: number, address: number, heard: (steps: number) => void): AddressAnswer {
    const { run, contents } = this.#at(step, heard);
    const answer = contents.address(address);
    // Dumping has swept the heap's spans: what they were before it the page knows itself.
    const inSpan = run.world.mheap.spanOf(address) !== null;
    return { ...answer, is: inSpan && answer.object ? undefined : whatis(run, address) };
  }

  holders(step: number, from: number | undefined, heard: (steps: number) => void): HoldersAnswer {
    return this.#at(step, heard).contents.holders(from);
  }

  roots(step: number, heard: (steps: number) => void): Some<RootRef> {
    return this.#at(step, heard).contents.roots();
  }

  /** The dumps that the script writes by itself. */
  dumps(): WrittenDump[] {
    const parts: { name: string; pieces: Uint8Array[] }[] = [];
    runScenario(this.#scenario, {
      ...this.#settings,
      openDump: (name) => {
        const pieces: Uint8Array[] = [];
        parts.push({ name, pieces });
        return { write: (bytes) => void pieces.push(bytes.slice()) };
      },
    });
    return parts.map(({ name, pieces }) => ({ name, bytes: joined(pieces) }));
  }

  #at(step: number, heard: (steps: number) => void): Stop {
    if (this.#stop?.step === step) return this.#stop;
    this.#stop = undefined;
    const run = recordTimeline(this.#scenario, {
      ...this.#settings,
      until: step,
      onStep: ({ step: done }) => {
        if (done % stride === 0) heard(done);
      },
    });
    const { named, dump } = liveGraph(run);
    this.#stop = { step, run, contents: new HeapContents(dump, named) };
    return this.#stop;
  }
}
