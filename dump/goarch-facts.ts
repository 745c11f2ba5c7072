/** What the format's reader knows of architectures: pointer size and byte order by GOARCH. */
export const goarchFacts: {
  readonly [goarch: string]: { readonly pointerSize: 4 | 8; readonly bigEndian: boolean };
} = {
  '386': { pointerSize: 4, bigEndian: false },
  amd64: { pointerSize: 8, bigEndian: false },
  arm: { pointerSize: 4, bigEndian: false },
  arm64: { pointerSize: 8, bigEndian: false },
  loong64: { pointerSize: 8, bigEndian: false },
  mips: { pointerSize: 4, bigEndian: true },
  mipsle: { pointerSize: 4, bigEndian: false },
  mips64: { pointerSize: 8, bigEndian: true },
  mips64le: { pointerSize: 8, bigEndian: false },
  ppc64: { pointerSize: 8, bigEndian: true },
  ppc64le: { pointerSize: 8, bigEndian: false },
  riscv64: { pointerSize: 8, bigEndian: false },
  s390x: { pointerSize: 8, bigEndian: true },
  wasm: { pointerSize: 8, bigEndian: false },
};

/** Slot sizes of small objects since Go 1.16; larger objects take whole pages. @go runtime/sizeclasses.go */
export const slotSizes: ReadonlySet<number> = new Set([
  8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
  384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304,
  2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880,
  12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
]);

/** Bytes of a page of the heap. */
export const heapPage = 8192;

/** The smallest arena of any system. */
export const smallestArena = 4 << 20;

/** Whether the rules of Go 1.22's allocator hold for a dump of this version. */
export function hasModernHeap(goVersion: unknown): boolean {
  const minor = typeof goVersion === 'string' ? /^go1\.(\d+)/.exec(goVersion)?.[1] : undefined;
  return minor !== undefined && Number(minor) >= 16;
}
