/** What is embedded in the page; see scenarios/explorer/embed.ts. */
import { unpackTimeline } from '../../timeline/pack.ts';
import type { Timeline } from '../../timeline/timeline.ts';
import type { PageInfo } from '../page-info.ts';

export function readInfo(): PageInfo {
  return JSON.parse(document.getElementById('info')!.textContent!) as PageInfo;
}

/** The bytes of a section; undefined where the page has none of the name. The page gives them up. */
export async function readSection(name: string): Promise<Uint8Array | undefined> {
  const scripts = [...document.querySelectorAll<HTMLElement>(`script[data-section="${name}"]`)];
  if (scripts.length === 0) return undefined;
  const parts = scripts.map((script) => {
    const bytes = fromBase64(script.textContent!);
    script.remove();
    return bytes;
  });
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function readTimeline(): Promise<Timeline> {
  return unpackTimeline((await readSection('timeline'))!);
}

type Base64Decoder = { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const decode = (Uint8Array as unknown as Base64Decoder).fromBase64;
  if (decode !== undefined) return decode.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
