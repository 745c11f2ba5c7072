/** Maps in a script. */
import { makemap, makemapSmall, mapaccess, mapassign, mapdelete } from '../../sim/map.ts';
import { mapFast } from '../../sim/map-bucket.ts';
import { mapiterinit, mapiternext } from '../../sim/map-iter.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import type { MapType, MapValue } from './types.ts';

/** Up to this hint a map gets its buckets with its first entry. @go runtime/map.go bucketCnt */
const smallHint = 8;

export function makeMap<K, V>(m: Machine, t: MapType<K, V>, hint: number): MapValue<K, V> {
  const { world } = m;
  const type = m.type(t);
  m.at('makemap', type);
  const small = hint <= smallHint;
  const h = m.within(small ? 'runtime.makemap_small' : 'runtime.makemap', () =>
    small ? makemapSmall(world) : makemap(world, type, hint),
  );
  world.gc.hold(h);
  m.trace?.({ op: 'makemap', g: m.g.goid, type, hint, addr: hex(h) });
  return h as MapValue<K, V>;
}

export function mapSet<K, V>(
  m: Machine,
  t: MapType<K, V>,
  h: MapValue<K, V>,
  key: K,
  value: V,
): void {
  const { world } = m;
  const type = m.type(t);
  const keys = m.program.heap.codec(t.key);
  const elems = m.program.heap.codec(t.elem);
  m.at('mapassign', type);
  world.gc.hold(h);
  m.hold(keys, key);
  m.hold(elems, value);
  const slot = m.scratch.with(keys, key, (p) => {
    const elem = m.within(`runtime.mapassign${mapFast(type)}`, () => mapassign(world, type, h, p));
    const [map, at] = [hex(h), hex(elem)];
    m.trace?.({ op: 'mapassign', g: m.g.goid, type, map, key: hex(p), addr: at });
    return elem;
  });
  elems.store(slot, value);
}

export function mapGet<K, V>(
  m: Machine,
  t: MapType<K, V>,
  h: MapValue<K, V>,
  key: K,
): V | undefined {
  const type = m.type(t);
  return m.scratch.with(m.program.heap.codec(t.key), key, (p) => {
    const slot = mapaccess(m.world, type, h, p);
    return slot === 0 ? undefined : m.program.heap.codec(t.elem).load(slot);
  });
}

export function mapDelete<K, V>(m: Machine, t: MapType<K, V>, h: MapValue<K, V>, key: K): void {
  const type = m.type(t);
  m.at('mapdelete', type);
  m.scratch.with(m.program.heap.codec(t.key), key, (p) => {
    mapdelete(m.world, type, h, p);
    m.trace?.({ op: 'mapdelete', g: m.g.goid, type, map: hex(h), key: hex(p) });
  });
}

export function* range<K, V>(
  m: Machine,
  t: MapType<K, V>,
  h: MapValue<K, V>,
): Generator<[K, V], void, void> {
  const type = m.type(t);
  const it = mapiterinit(m.world, type, h);
  m.trace?.({ op: 'mapiterinit', g: m.g.goid, type, map: hex(h) });
  const keys = m.program.heap.codec(t.key);
  const elems = m.program.heap.codec(t.elem);
  for (; it.key !== 0; mapiternext(m.world, it)) yield [keys.load(it.key), elems.load(it.elem)];
}
