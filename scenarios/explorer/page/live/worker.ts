/**
 * The engine: the simulator, in a worker. It runs one script and answers with what the page shows of the run. The page ends the
 * worker to stop a script that goes on forever.
 */
import type { Scenario } from '../../../dsl/scenario.ts';
import type { LessonScenario } from '../../../lessons/lesson.ts';
import { parseParams } from '../../../param-texts.ts';
import { isScenario, noScenario, scriptFailure } from '../../../script-failure.ts';
import { type RunArgs, runOptionsOf } from '../../../target-options.ts';
import { packTimeline } from '../../../timeline/pack.ts';
import { recordTimeline, type TimelineOptions } from '../../../timeline/record.ts';
import { UsageError } from '../../../usage-error.ts';
import type { Asked, Begin, Reply } from '../../contents/messages.ts';
import { ScenarioContents } from '../../contents/scenario-contents.ts';
import { runSource } from '../../run-source.ts';
import { thinned } from '../../thin.ts';
import { type LoadedScript, loadScript, type Modules, UnreadScript } from './load-script.ts';
import { answerTo } from './look-into.ts';
import type { EngineReply, RunRequest } from './protocol.ts';

declare const self: {
  postMessage(reply: EngineReply | Reply, transfer?: readonly ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: RunRequest | Begin | Asked }) => void) | null;
};

/** Waits for a script to run; `modules` are what it may import. */
export function serve(modules: Modules): void {
  let contents: Promise<ScenarioContents> | undefined;
  self.onmessage = ({ data }) => {
    if ('lookInto' in data) {
      const { script, args } = data.lookInto;
      contents = contentsOf(script, args, modules);
      // Whoever asks is told.
      contents.catch(() => undefined);
      return;
    }
    if ('topic' in data) {
      contents!
        .then((known) => answerTo(known, data, (reply) => self.postMessage(reply)))
        .catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          self.postMessage({ id: data.id, error: message });
        });
      return;
    }
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

/** Loads the script to look into its run. */
async function contentsOf(
  { name, text }: Begin['lookInto']['script'],
  args: RunArgs,
  modules: Modules,
): Promise<ScenarioContents> {
  const { evaluate } = loadScript(name, text, modules);
  const scenario = (await evaluate()).default as Scenario;
  return new ScenarioContents(scenario, optionsOf(name, scenario, args));
}

/** What decides the run. A parameter that the script has no longer is left out. */
function optionsOf(shown: string, scenario: Scenario, args: RunArgs): TimelineOptions {
  const given = (args.param ?? []).filter((text) =>
    Object.hasOwn(scenario.params, text.replace(/=.*/s, '')),
  );
  return {
    ...runOptionsOf('page', args),
    params: parseParams(shown, scenario.params, given),
  };
}

async function run({ name, script, args, range }: RunRequest, loaded: LoadedScript): Promise<void> {
  const scenario = (await loaded.evaluate()).default as Scenario;
  if (!isScenario(scenario)) throw new UsageError(noScenario);
  self.postMessage({ kind: 'loaded', params: scenario.params });
  const options = optionsOf(script.name, scenario, args);
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
