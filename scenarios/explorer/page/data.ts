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
  return inflate(parts);
}

/** The bytes of a gzip file, which tells their number at its end. Streams of blobs and responses take twice the time. */
async function inflate(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  const { writable, readable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = (async () => {
    for (const part of parts) await writer.write(part);
    await writer.close();
  })();
  const last = parts.at(-1)!;
  const bytes = new Uint8Array(new DataView(last.buffer).getUint32(last.length - 4, true));
  const reader = readable.getReader();
  for (let at = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.set(value, at);
    at += value.length;
  }
  await written;
  return bytes;
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
