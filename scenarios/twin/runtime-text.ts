/** The Go of finalizers, and of what the program is told. */
import type { GoTypes } from './go-types.ts';
import { firstDescriptor, type Recording } from './record.ts';
import { memStatsFields } from './runtime-calls.ts';

/** Declarations; none where nothing is told. */
export function runtimeText({ calls, dumps }: Recording, types: GoTypes): string {
  const { said, finalizers, runs } = calls;
  if (said.length === 0 && finalizers.length === 0) return '';
  // Behind those of the dumps.
  const descriptor = firstDescriptor + dumps.length;
  const fields = memStatsFields.map((field) => `\tsay(uint64(memStats.${field}))\n`);
  const readsStats = said.some(({ of }) => of.startsWith('MemStats.'));
  return `
// What the program is told: numbers, and the objects that finalizers are called with.
// One place more than it is told in the scenario.
var said [${said.length + 1}]uint64
var told int

func say(n uint64) {
	if told < len(said) {
		said[told] = n
	}
	told++
}

//go:linkname write runtime.write
//go:noescape
func write(fd uintptr, p unsafe.Pointer, n int32) int32

// tell writes it all.
func tell() {
	write(${descriptor}, unsafe.Pointer(&said), int32(8*min(told, len(said))))
}
${
  readsStats
    ? `
var memStats runtime.MemStats

func readMemStats() {
	runtime.ReadMemStats(&memStats)
${fields.join('')}\tsay(memStats.BuckHashSys + memStats.OtherSys)
}
`
    : ''
}${finalizers
  .map(({ type }, i) =>
    finalizerText(
      i,
      types.text(type.in![0]!),
      type.out!.map((t) => types.text(t)),
    ),
  )
  .join('')}${finalizers.length === 0 ? '' : runsText(runs)}`;
}

function finalizerText(i: number, parameter: string, results: readonly string[]): string {
  const result = results.length === 0 ? '' : ` (${results.map((t) => `_ ${t}`).join(', ')})`;
  return `
//go:noinline
func finalizes${i}(object ${parameter})${result} {
	finalize(word(object))
${result === '' ? '' : '\treturn\n'}}
`;
}

/** Calls of finalizers do what they did in the scenario, one after the other. */
function runsText(runs: readonly number[]): string {
  const cases = runs.map((_, k) => `\tcase ${k}:\n\t\tfinalizer${k}()\n`);
  return `
var finalized int

// Set as main begins: the values of variables must not refer to themselves.
var finalize func(object unsafe.Pointer)

//go:noinline
func callFinalizer(object unsafe.Pointer) {
	say(uint64(uintptr(object)))
	finalized++
	switch finalized - 1 {
${cases.join('')}\t}
}
`;
}
