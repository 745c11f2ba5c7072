/** A log of GODEBUG=allocfreetrace=1 as a program would write it, for what no real program's log can be had. */

export interface LoggedRequest {
  readonly size: number;
  readonly name: string;
  /** Address of the type. */
  readonly typ: number;
  /** Where the log has the object. */
  readonly addr?: number;
  /** Bytes that the log tells of its slot; by default those that were asked for. */
  readonly slot?: number;
}

const hex = (n: number): string => `0x${n.toString(16)}`;

interface Target {
  readonly ptrSize: 4 | 8;
  /** The file that stacks begin in; '' for none. */
  readonly assembly: string;
  /** Where the first object of the log is. */
  readonly heap: number;
}

/** Processors are made, then goroutine 1 asks for what is given. */
export function logText(
  requests: readonly LoggedRequest[],
  { ptrSize, assembly, heap }: Target = { ptrSize: 8, assembly: 'asm_amd64.s', heap: 0xc000022000 },
): string {
  const record = (by: string, at: number, { size, name, typ, slot = size }: LoggedRequest) => [
    `tracealloc(${hex(at)}, ${hex(slot)}, ${name})`,
    'goroutine 1 gp=0xc0000061c0 m=0 mp=0x4d96c0 [running]:',
    `runtime.mallocgc(${hex(size)}, ${hex(typ)}, 0x1)`,
    '\truntime/malloc.go:1288 +0x7a6 fp=0xc000042230 sp=0xc0000421a8 pc=0x40bd06',
    `${by}()`,
    '\tmain.go:7 +0x1d fp=0xc000042328 sp=0xc000042258 pc=0x43c92c',
    ...(assembly === ''
      ? []
      : ['runtime.rt0_go()', `\truntime/${assembly}:349 +0x1 fp=0x8 sp=0x0 pc=0x1`]),
    '',
  ];
  const processors = { size: ptrSize, name: '*runtime.p', typ: 0x465720 };
  return [
    ...record('runtime.procresize', heap, processors),
    ...requests.flatMap((request, i) =>
      record('main.main', request.addr ?? heap + 0x10000 + i * 0x1000, request),
    ),
    '',
  ].join('\n');
}
