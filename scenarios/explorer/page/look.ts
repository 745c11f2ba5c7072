/** Where in the page is what a command of the command line shows. */
import type { Explorer } from './explorer.ts';

export interface LookTarget {
  readonly view: string;
  readonly step: number | undefined;
  readonly address: number | undefined;
  readonly zoom: number | undefined;
}

/** The view for each command, and for the map how close. */
const views: Readonly<Record<string, { readonly view: string; readonly zoom?: number }>> = {
  explain: { view: 'map' },
  pages: { view: 'map', zoom: 1 },
  vis: { view: 'map', zoom: 2 },
  whatis: { view: 'object' },
  why: { view: 'object' },
  spans: { view: 'spans' },
  classes: { view: 'waste' },
  memstats: { view: 'memstats' },
  gc: { view: 'gc' },
  dom: { view: 'retained' },
  objects: { view: 'retained' },
  roots: { view: 'roots' },
  size: { view: 'waste' },
};

/** `goheapsim why lesson-14 0xc000012000 --step 41`; undefined for a command that the page has nothing for. */
export function targetOf(command: string): LookTarget | undefined {
  const [, name = '', ...rest] = command.split(' ');
  const found = views[name];
  if (found === undefined) return undefined;
  const step = /--step (\d+)/.exec(command)?.[1];
  const address = rest.find((word) => /^0x[0-9a-f]+$/.test(word));
  return {
    view: found.view,
    step: step === undefined ? undefined : Number(step),
    address: address === undefined ? undefined : Number(address),
    zoom: found.zoom,
  };
}

export function lookAt(explorer: Explorer, { view, step, address, zoom }: LookTarget): void {
  if (step !== undefined) explorer.go(step);
  explorer.select(address);
  if (zoom !== undefined) explorer.zoom.value = zoom;
  explorer.view.value = view;
}
