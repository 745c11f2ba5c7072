/** How a span was come by: what mcentral, the page allocator and the P's page cache had. */
import { pageSize } from '../../sim/uintptr.ts';
import { hex } from '../format.ts';
import type { Row } from '../timeline/timeline.ts';
import { num, pages } from './event-text.ts';

export function centralText(row: Row): string {
  const list = `mcentral[${row.spanclass}]`;
  const what = `${hex(num(row, 'base'))}, ${row.allocCount} of ${row.nelems} used`;
  switch (row.from) {
    case 'partialSwept':
      return `${list}: partial, swept -> ${what}`;
    case 'partialUnswept':
      return `${list}: partial, unswept; swept now -> ${what}`;
    case 'fullUnswept':
      return `${list}: full, unswept; swept now, has room -> ${what}`;
    default:
      return `${list}: nothing in partial or full -> grow: ${hex(num(row, 'base'))}`;
  }
}

export function findText(row: Row): string {
  const n = pages(num(row, 'npages'));
  const where = `searchAddr ${hex(num(row, 'searchAddr'))}`;
  return row.inChunk === true
    ? `${n}: first fit from ${where} (longest run in its chunk: ${row.chunkMax})`
    : `${n}: by the radix tree (chunk of ${where} has a longest run of ${row.chunkMax})`;
}

export function spanText(row: Row): string {
  const n = num(row, 'npages');
  const source = row.source === 'pageCache' ? "the P's page cache" : 'the page allocator';
  const scavenged = num(row, 'scavenged');
  const back = scavenged === 0 ? '' : `; ${pages(scavenged / pageSize)} backed again`;
  return `${pages(n)} from ${source} -> ${hex(num(row, 'base'))}${back}`;
}
