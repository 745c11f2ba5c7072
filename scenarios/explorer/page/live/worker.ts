/**
 * The engine: the simulator, in a worker. It runs one script and answers with what the page shows of the run. The page ends the
 * worker to stop a script that goes on forever.
 */
import type { Scenario } from '../../../dsl/scenario.ts';
import type { LessonScenario } from '../../../lessons/lesson.ts';
import { parseParams } from '../../../param-texts.ts';
import { isScenario, noScenario, scriptFailure } from '../../../script-failure.ts';
import { runOptionsOf } from '../../../target-options.ts';
import { packTimeline } from '../../../timeline/pack.ts';
import { recordTimeline } from '../../../timeline/record.ts';
import { UsageError } from '../../../usage-error.ts';
import { runSource } from '../../run-source.ts';
import { thinned } from '../../thin.ts';
import { type LoadedScript, loadScript, type Modules, UnreadScript } from './load-script.ts';
import type { EngineReply, RunRequest } from './protocol.ts';

declare const self: {
  postMessage(reply: EngineReply, transfer?: readonly ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: RunRequest }) => void) | null;
};

/** Waits for a script to run; `modules` are what it may import. */
export function serve(modules: Modules): void {
  self.onmessage = ({ data }) => {
    const { name: shown, text } = data.script;
    let script: LoadedScript;
    try {
      script = loadScript(shown, text, modules);
    } catch (error) {
      if (!(error instanceof UnreadScript)) throw error;
      self.postMessage({ kind: 'failed', message: error.message, unread: error.unread });
      return;
    }
    run(data, script).catch((error: unknown) => {
      const failure = scriptFailure(error, { shown, placeOf: script.placeOf });
      const message = failure instanceof Error ? failure.message : String(failure);
      self.postMessage({ kind: 'failed', message });
    });
  };
}

async function run({ name, script, args, range }: RunRequest, loaded: LoadedScript): Promise<void> {
  const scenario = (await loaded.evaluate()).default as Scenario;
  if (!isScenario(scenario)) throw new UsageError(noScenario);
  self.postMessage({ kind: 'loaded', params: scenario.params });
  // A parameter that the script has no longer is left out.
  const given = (args.param ?? []).filter((text) =>
    Object.hasOwn(scenario.params, text.replace(/=.*/s, '')),
  );
  const options = {
    ...runOptionsOf('page', args),
    params: parseParams(script.name, scenario.params, given),
  };
  const lesson = 'lesson' in scenario ? (scenario as unknown as LessonScenario) : undefined;
  const { until } = range;
  const whole = runSource({
    name,
    script,
    run: (hear) => recordTimeline(scenario, { ...options, until, ...hear }),
    lineNow: () => Number(/:(\d+)$/.exec(loaded.placeOf(new Error()) ?? '')?.[1] ?? 0),
    tick: (step) => self.postMessage({ kind: 'progress', step }),
    ...(lesson && until === undefined && { lesson, options }),
  });
  const live = { args, ...range, params: scenario.params };
  const {
    sections,
    timeline: log,
    info,
  } = thinned({ ...whole, info: { ...whole.info, live } }, range);
  const timeline = packTimeline(log) as Uint8Array<ArrayBuffer>;
  self.postMessage({ kind: 'done', timeline, sections, info }, [timeline.buffer]);
}
