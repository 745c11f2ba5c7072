/** What decides the run: the scenario's parameters and the world's settings. A change runs the script again. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { goarches } from '../../../../sim/arch.ts';
import type { ParamSpec } from '../../../dsl/params.ts';
import { count } from '../../../format.ts';
import type { Live } from '../live/live.ts';
import { positionOf, type Scale, valueAt } from '../live/scale.ts';

export function RunSettings({ live }: { live: Live }) {
  if (!live.open.value) return null;
  const args = live.args.value;
  const change = (text: Parameters<Live['set']>[0]): void => {
    live.set(text);
    void live.run();
  };
  return (
    <section class="run-settings" id="run-settings" aria-label="What decides the run">
      <div class="fields">
        {Object.entries(live.params.value).map(([name, spec]) => (
          <ParamField key={name} live={live} name={name} spec={spec} />
        ))}
        <NumberField
          label="GOGC"
          help="Heap growth in % that starts a collection"
          text={args.gogc}
          scale={{ min: 10, max: 1000 }}
          off
          onChange={(gogc) => change({ gogc })}
        />
        <NumberField
          label="GOMEMLIMIT"
          help="Memory that the program should stay within"
          text={args.gomemlimit}
          scale={{ min: 4, max: 1024 }}
          unit="MiB"
          off
          onChange={(gomemlimit) => change({ gomemlimit })}
        />
        <NumberField
          label="GOMAXPROCS"
          help="Processors (Ps)"
          text={args.gomaxprocs}
          scale={{ min: 1, max: 16 }}
          onChange={(gomaxprocs) => change({ gomaxprocs })}
        />
        <Field label="GOARCH" help="Target">
          <select
            aria-label="GOARCH"
            value={args.goarch}
            onChange={(event) => change({ goarch: event.currentTarget.value })}
          >
            {goarches.map((goarch) => (
              <option key={goarch}>{goarch}</option>
            ))}
          </select>
        </Field>
        <Field label="seed" help="Seed of all that is random in the run">
          <input
            type="text"
            aria-label="seed"
            value={args.seed}
            onChange={(event) => change({ seed: event.currentTarget.value })}
          />
        </Field>
      </div>
      <div class="run-line">
        <RunButtons live={live} />
        <RunWords live={live} />
      </div>
    </section>
  );
}

/** Run, or stop; and back to what came with the page. */
export function RunButtons({ live }: { live: Live }) {
  return (
    <span class="group">
      {live.isRunning ? (
        <button type="button" class="primary" onClick={() => live.stop()}>
          Stop
        </button>
      ) : (
        <button
          type="button"
          class={live.isChanged ? 'primary' : ''}
          title="Control and enter in the script"
          onClick={() => void live.run()}
        >
          Run
        </button>
      )}
      <button
        type="button"
        onClick={() => {
          live.reset();
          void live.run();
        }}
      >
        As it was
      </button>
    </span>
  );
}

/** How the run goes; the same run on the command line. */
function RunWords({ live }: { live: Live }) {
  const state = live.state.value;
  return (
    <p class="run-words" role="status">
      {state.kind === 'running' && `Running: step ${count(state.step)}`}
      {state.kind === 'stopped' && 'Stopped. What is shown is the run before.'}
      {state.kind === 'failed' && <span class="failure">{state.message}</span>}
      {state.kind === 'idle' &&
        (live.text.value === live.original ? <code>{live.commandLine}</code> : 'A changed script')}
    </p>
  );
}

interface FieldProps {
  readonly label: string;
  readonly help: string;
  readonly children: ComponentChildren;
}

function Field({ label, help, children }: FieldProps) {
  return (
    <div class="field" title={help}>
      <span class="name" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}

interface ParamFieldProps {
  readonly live: Live;
  readonly name: string;
  readonly spec: ParamSpec;
}

function ParamField({ live, name, spec }: ParamFieldProps) {
  const text = live.param(name);
  const change = (value: string): void => {
    live.setParam(name, value);
    void live.run();
  };
  switch (spec.type) {
    case 'int':
    case 'float': {
      const max = Math.min(spec.max, Math.max(100, Math.abs(spec.default) * 20));
      const scale = { min: spec.min, max, isFloat: spec.type === 'float' };
      return (
        <NumberField label={name} help={spec.help} text={text} scale={scale} onChange={change} />
      );
    }
    case 'bool':
    case 'enum':
      return (
        <Field label={name} help={spec.help}>
          <select
            aria-label={`${name}: ${spec.help}`}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
          >
            {(spec.type === 'bool' ? ['true', 'false'] : spec.choices).map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        </Field>
      );
    case 'string':
      return (
        <Field label={name} help={spec.help}>
          <input
            type="text"
            aria-label={`${name}: ${spec.help}`}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
          />
        </Field>
      );
    default:
      return spec satisfies never;
  }
}

interface NumberFieldProps {
  readonly label: string;
  readonly help: string;
  readonly text: string;
  readonly scale: Scale;
  /** Follows the number: 64MiB. */
  readonly unit?: string;
  /** Whether it may be off. */
  readonly off?: boolean;
  readonly onChange: (text: string) => void;
}

/** A number as text, and as a slide beside it whose steps grow with it. */
function NumberField({ label, help, text, scale, unit = '', off, onChange }: NumberFieldProps) {
  const dragged = useSignal<string | undefined>(undefined);
  const shown = dragged.value ?? text;
  const number = Number.parseFloat(shown);
  const textAt = (position: string): string => `${valueAt(scale, Number(position))}${unit}`;
  return (
    <Field label={label} help={help}>
      {off && (
        <button
          type="button"
          aria-pressed={text === 'off'}
          aria-label={`${label} off`}
          onClick={() => onChange(text === 'off' ? defaultOf(label) : 'off')}
        >
          off
        </button>
      )}
      <input
        type="text"
        class="number"
        aria-label={`${label}: ${help}${off ? ', or off' : ''}`}
        value={shown}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      <input
        type="range"
        min={0}
        max={1000}
        aria-label={label}
        aria-valuetext={shown}
        value={Number.isNaN(number) ? 1000 : positionOf(scale, number)}
        onInput={(event) => {
          dragged.value = textAt(event.currentTarget.value);
        }}
        onChange={(event) => {
          dragged.value = undefined;
          onChange(textAt(event.currentTarget.value));
        }}
      />
    </Field>
  );
}

const defaultOf = (label: string): string => (label === 'GOGC' ? '100' : '64MiB');
