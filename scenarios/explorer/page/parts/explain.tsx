/** What the step is, and each decision of the runtime with the values that decided. */
import { useSignalEffect } from '@preact/signals';
import { count, hex } from '../../../format.ts';
import type { Told } from '../../../terminal/explain.ts';
import { runStepOf } from '../../thin.ts';
import { type Explorer, focusOf } from '../explorer.ts';

function addressesIn(text: string): number[] {
  return [...text.matchAll(/0x[0-9a-f]{6,14}\b/g)].map(([address]) => Number(address));
}

/** What a dump has, in the place of a step. */
function DumpFacts({ explorer }: { explorer: Explorer }) {
  const { name, facts, notes } = explorer.info;
  return (
    <div class="explain dump-facts">
      <h2>
        <span class="number">{name}</span>
      </h2>
      <table class="fields" id="dump-facts">
        <caption class="sr">What the dump has</caption>
        <tbody>
          {facts?.map(([label, text]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="empty">A dump is one state: how it came about is not in it.</p>
      {notes.map((note) => (
        <p key={note} class="empty">
          {note}.
        </p>
      ))}
    </div>
  );
}

export function Explain({ explorer }: { explorer: Explorer }) {
  return explorer.info.kind === 'dump' ? (
    <DumpFacts explorer={explorer} />
  ) : (
    <Step explorer={explorer} />
  );
}

function Step({ explorer }: { explorer: Explorer }) {
  const { row, step } = explorer.now.value;
  const result = explorer.result(row);
  const told = explorer.told.value;
  const { info } = explorer;
  const line = info.lines[step] ?? 0;
  useSignalEffect(() => {
    const { row: now } = explorer.now.value;
    const decisions = explorer.told.value.map(({ label, text }) => `${label}: ${text}`);
    explorer.spoken.value = [`Step ${now.index}: ${explorer.title(now)}`, ...decisions].join('. ');
  });
  const events = row.endEvent - row.firstEvent;
  return (
    <div class="explain">
      <h2>
        <span class="number">step {step.toLocaleString('en')}</span>
        {info.steps !== undefined && (
          <span class="goroutine" title="The same heap on the command line: --step">
            {count(runStepOf(info.steps, step))} of the run
          </span>
        )}
        {row.goroutine > 1 && <span class="goroutine">goroutine {row.goroutine}</span>}
        <span class="where">
          {line > 0 && info.script !== undefined
            ? `${info.script.name}:${line}`
            : info.kind === 'log' && row.line > 0
              ? `line ${row.line.toLocaleString('en')} of the log`
              : row.func}
        </span>
      </h2>
      <p class="operation">
        <code>{explorer.title(row)}</code>
        {result !== undefined && (
          <button type="button" class="address" onClick={() => explorer.select(result)}>
            {hex(result)}
          </button>
        )}
      </p>
      <Elsewhere explorer={explorer} result={result} />
      {line > 0 && <SourceLine explorer={explorer} line={line} />}
      <ol class="decisions" aria-label="Decisions of the runtime">
        {told.map((decision, i) => (
          <Decision key={`${step} ${i}`} explorer={explorer} decision={decision} />
        ))}
      </ol>
      {told.length === 0 && (
        <p class="empty">
          {row.operation.name === 'steps'
            ? `${events.toLocaleString('en')} events of the runtime: what decided each is in a page that has all steps.`
            : step === 0
              ? `${events.toLocaleString('en')} events of the runtime, before main.main`
              : 'No memory is asked for or given back.'}
        </p>
      )}
    </div>
  );
}

/** Where the log has what the model put elsewhere. */
function Elsewhere({ explorer, result }: { explorer: Explorer; result: number | undefined }) {
  const { logged } = explorer.now.value.row.operation;
  if (typeof logged !== 'number' || logged === result) return null;
  return (
    <p class="elsewhere">
      In the log it lies at{' '}
      <button type="button" class="link mono" onClick={() => explorer.select(logged)}>
        {hex(logged)}
      </button>
      .
    </p>
  );
}

function SourceLine({ explorer, line }: { explorer: Explorer; line: number }) {
  const text = explorer.info.script?.text.split('\n')[line - 1]?.trim();
  return text ? <pre class="source">{text}</pre> : null;
}

function Decision({ explorer, decision }: { explorer: Explorer; decision: Told }) {
  const addresses = addressesIn(decision.text);
  const own = focusOf(explorer, explorer.now.value.row);
  const targets = addresses.length > 0 ? addresses : own === undefined ? [] : [own];
  const lit = targets.length > 0 && targets.every((a, i) => explorer.lit.value[i] === a);
  const show = (): void => {
    explorer.lit.value = targets;
    // The last address is what the decision comes to.
    if (targets.length > 0) explorer.select(targets.at(-1));
  };
  return (
    <li>
      <button type="button" class="decision" aria-pressed={lit} onClick={show}>
        <span class="label">{decision.label}</span>
        <span class="text">{decision.text}</span>
        {decision.go !== undefined && <span class="go">{decision.go}</span>}
      </button>
    </li>
  );
}
