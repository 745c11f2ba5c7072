/** The object that is selected: its fields, what it points to, who holds it, what would die with it. */
import { useSignal } from '@preact/signals';
import { hex } from '../../../format.ts';
import { placeRows } from '../../../terminal/dump-places.ts';
import { type Answer, withPlace } from '../../../terminal/slot-text.ts';
import type { AddressAnswer, ObjectAnswer } from '../../contents/questions.ts';
import { slotText } from '../../model/slot-facts.ts';
import type { SpanState } from '../../model/state.ts';
import type { Explorer } from '../explorer.ts';
import { ObjectFields } from '../parts/object-fields.tsx';
import { Dominated, Pointers, Referrers } from '../parts/object-links.tsx';
import { RootChain } from '../parts/root-chain.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer } from '../use-answer.ts';
import type { View } from '../view.ts';
import { mapFocus } from './map.tsx';

function ObjectPage({ explorer }: { explorer: Explorer }) {
  const { step, store } = explorer.now.value;
  const address = mapFocus(explorer);
  const { missing } = explorer.contents;
  const asking = useAnswer(
    explorer,
    'address',
    step,
    missing === undefined ? { address } : undefined,
  );
  const s = store.spanAt(address);
  const isHeap = s !== null && s.type === 0;
  const { answer, isOpen, step: answered } = asking;
  const isOld = answered !== step || isOpen;
  return (
    <article class={`object-page${isOld && missing === undefined ? ' old' : ''}`}>
      <div class="object-top">
        <AddressBox explorer={explorer} address={address} />
        <Waiting asking={asking} step={step} isAsked={missing === undefined} />
      </div>
      <Facts
        rows={
          isHeap && explorer.info.kind !== 'dump'
            ? slotRows(explorer, s, address)
            : rowsOf(answer, address)
        }
      />
      <MadeAt explorer={explorer} address={address} />
      {isBits(explorer, s, address) && (
        <p>
          Not a slot: the pointer bits at the end of the span, which a dump of Go 1.22 writes as if
          they were objects.
        </p>
      )}
      {missing !== undefined && <p class="empty">{missing}</p>}
      {answer?.object !== undefined && <Held explorer={explorer} object={answer.object} />}
      {answer !== undefined && answer.object === undefined && !isOld && (
        <p class="empty">{noObject(answer, isHeap)}</p>
      )}
    </article>
  );
}

function slotRows(explorer: Explorer, s: SpanState, address: number): Answer {
  const { arch, info, model } = explorer;
  const target = { ptrSize: arch.ptrSize, allocHeaders: info.allocHeaders };
  const made = madeAt(explorer, s, address);
  return withPlace(
    slotText(model, target, s, address),
    made === undefined ? undefined : placeOf(explorer, made),
  );
}

/** The step that made what is in a slot; undefined where nothing is. */
function madeAt({ model }: Explorer, s: SpanState, address: number): number | undefined {
  const event = s.slotEvent[Math.floor((address - s.base) / s.elemsize)] ?? 0;
  return event === 0 ? undefined : model.stepOf(event - 1);
}

/** `my.ts:12` or `log:345`. */
function placeOf({ info, timeline }: Explorer, step: number): string | undefined {
  const line = info.lines[step] ?? 0;
  if (line > 0 && info.script !== undefined) return `${info.script.name}:${line}`;
  const row = timeline.step(step);
  return info.kind === 'log' && row.line > 0 ? `${info.name}:${row.line}` : undefined;
}

/** The slots past the last one of a span are in a dump as if they were objects. */
function isBits(explorer: Explorer, s: SpanState | null, address: number): boolean {
  if (s === null || s.type !== 0 || explorer.info.kind !== 'dump') return false;
  return Math.floor((address - s.base) / s.elemsize) >= s.nelems;
}

function noObject(answer: AddressAnswer, isHeap: boolean): string {
  if (isHeap) return 'No object is here: the slot is free, or the span has none at this address.';
  return answer.places.length > 0 || answer.is !== undefined
    ? 'No object of the heap: memory that may hold roots.'
    : 'Nothing that the program knows of.';
}

/** What is known of an address that no span of the heap has, or of any address of a dump. */
function rowsOf(answer: AddressAnswer | undefined, address: number): Answer | undefined {
  if (answer === undefined) return undefined;
  if (answer.is !== undefined) return answer.is;
  return answer.places.length === 0 ? undefined : placeRows(answer.places, address);
}

function AddressBox({ explorer, address }: { explorer: Explorer; address: number }) {
  const wrong = useSignal(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('object-address');
    const text = (input as HTMLInputElement).value.trim();
    wrong.value = !/^(0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text);
    if (!wrong.value) explorer.select(Number(text));
  };
  return (
    <form class="address-box" onSubmit={submit}>
      <label>
        <span>Address</span>
        <input
          key={address}
          id="object-address"
          name="object-address"
          class="mono"
          defaultValue={hex(address)}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={wrong.value}
        />
      </label>
      <button type="submit">Look</button>
      <button
        type="button"
        onClick={() => {
          explorer.select(address);
          explorer.zoom.value = 3;
          explorer.view.value = 'map';
        }}
      >
        Show in the map
      </button>
      {wrong.value && (
        <span role="alert" class="wrong">
          An address is a number such as 0xc000012000.
        </span>
      )}
    </form>
  );
}

function Facts({ rows }: { rows: Answer | undefined }) {
  if (rows === undefined) return null;
  return (
    <table class="fields" id="whatis">
      <caption class="sr">What lies at the address</caption>
      <tbody>
        {rows.map(([label, text]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The way to the step that asked for it. */
function MadeAt({ explorer, address }: { explorer: Explorer; address: number }) {
  const { store } = explorer.now.value;
  const s = store.spanAt(address);
  const made = s === null || s.type !== 0 ? undefined : madeAt(explorer, s, address);
  if (made === undefined) return null;
  const row = explorer.timeline.step(made);
  const where = placeOf(explorer, made) ?? row.func;
  return (
    <p class="made-at">
      <button type="button" class="link" onClick={() => explorer.go(made)}>
        Allocated at step {made.toLocaleString('en')}
      </button>
      {made === 0 ? ', before main.main' : `: ${explorer.title(row)}`}
      {made !== 0 && where !== '' && <span class="mono"> {where}</span>}
    </p>
  );
}

function Held({ explorer, object }: { explorer: Explorer; object: ObjectAnswer }) {
  return (
    <>
      <ObjectFields explorer={explorer} object={object} />
      <RootChain explorer={explorer} object={object} />
      <Pointers explorer={explorer} object={object} />
      <Referrers explorer={explorer} object={object} />
      <Dominated explorer={explorer} object={object} />
    </>
  );
}

export const objectView: View = {
  id: 'object',
  title: 'Object',
  place: 'main',
  Component: ObjectPage,
};
