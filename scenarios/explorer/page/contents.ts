/** Where the page gets the bytes of the heap from: a dump that it has, or a worker that runs the scenario again. */

import { dumpGraph } from '../../terminal/graph.ts';
import { HeapContents } from '../contents/heap-contents.ts';
import type { Asked, Begin, Reply } from '../contents/messages.ts';
import type { Questions, Topic } from '../contents/questions.ts';
import { runStepOf, type Steps } from '../thin.ts';

/** Answers questions about the heap after a step. */
export interface Contents {
  /** Whether there is an answer at all; else why not. */
  readonly missing: string | undefined;
  /**
   * Only the last question of a topic is of interest: those before it may never be answered.
   *
   * @param heard how many steps were run so far
   */
  ask<T extends Topic>(
    topic: T,
    step: number,
    question: Questions[T]['question'],
    heard: (steps: number) => void,
  ): Promise<Questions[T]['answer']>;
  /** Nothing more will be asked. */
  end(): void;
}

/** There are none, as of a log. */
export function noContents(why: string): Contents {
  return {
    missing: why,
    ask: () => Promise.reject(new Error(why)),
    end: () => undefined,
  };
}

/** Those of a dump: of the one step that there is. */
export class DumpContents implements Contents {
  readonly missing = undefined;
  readonly dump: Uint8Array;
  readonly #name: string;
  #contents: HeapContents | undefined;

  constructor(name: string, dump: Uint8Array) {
    this.#name = name;
    this.dump = dump;
  }

  end(): void {
    this.#contents = undefined;
  }

  async ask<T extends Topic>(
    topic: T,
    _step: number,
    question: Questions[T]['question'],
  ): Promise<Questions[T]['answer']> {
    if (topic === 'dumps') return [{ name: this.#name, bytes: this.dump }];
    this.#contents ??= new HeapContents(this.dump, dumpGraph(this.dump));
    if (topic === 'address') {
      const { address } = question as Questions['address']['question'];
      return this.#contents.address(address);
    }
    if (topic === 'roots') return this.#contents.roots();
    return this.#contents.holders((question as Questions['holders']['question']).from);
  }
}

interface Waiting {
  readonly asked: Asked;
  readonly heard: (steps: number) => void;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Those of a scenario, after any step. */
export class ScenarioWorker implements Contents {
  readonly missing = undefined;
  readonly #start: () => Promise<Worker>;
  readonly #steps: Steps | undefined;
  #worker: Promise<Worker> | undefined;
  #ids = 0;
  /** What the worker has been asked and has yet to answer. */
  #open: Waiting | undefined;
  /** The last question of each topic that it is to be asked next. */
  readonly #next = new Map<Topic, Waiting>();

  /** `engine` gives the address of the worker's script, when it is needed; `steps` are those of the run that the page has. */
  constructor(engine: () => Promise<string>, run: Begin['lookInto'], steps: Steps | undefined) {
    this.#steps = steps;
    this.#start = async () => {
      const worker = new Worker(await engine());
      worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.#hear(data));
      worker.addEventListener('error', ({ message }) => this.#fail(new Error(message)));
      worker.postMessage({ lookInto: run } satisfies Begin);
      return worker;
    };
  }

  /** Nothing more will be asked. */
  end(): void {
    this.#next.clear();
    void this.#worker?.then((worker) => worker.terminate());
    this.#worker = undefined;
    this.#open = undefined;
  }

  ask<T extends Topic>(
    topic: T,
    step: number,
    question: Questions[T]['question'],
    heard: (steps: number) => void,
  ): Promise<Questions[T]['answer']> {
    return new Promise((resolve, reject) => {
      const runStep = runStepOf(this.#steps, step);
      const asked = { id: ++this.#ids, topic, step: runStep, question } as unknown as Asked;
      this.#next.get(topic)?.reject(new Superseded());
      this.#next.set(topic, { asked, heard, resolve, reject });
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#open !== undefined) return;
    const [first] = this.#next;
    if (first === undefined) return;
    const [topic, waiting] = first;
    this.#next.delete(topic);
    this.#open = waiting;
    try {
      this.#worker ??= this.#start();
      (await this.#worker).postMessage(waiting.asked);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #hear(reply: Reply): void {
    const open = this.#open;
    if (open?.asked.id !== reply.id) return;
    if ('steps' in reply) {
      open.heard(reply.steps);
      return;
    }
    if ('answer' in reply) open.resolve(reply.answer as never);
    else open.reject(new Error(reply.error));
    this.#open = undefined;
    void this.#send();
  }

  #fail(error: Error): void {
    this.#open?.reject(error);
    this.#open = undefined;
    void this.#send();
  }
}

/** A question was not answered, since another one came. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
