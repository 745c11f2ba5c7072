/**
 * Compares with a real run that nothing disturbed. The runtime's own threads (sysmon, a second M) upset
 * a run now and then, the more the busier the machine: another goroutine has run, another span was
 * taken. A model that is wrong disagrees with every run; one that is right agrees with the next quiet one.
 * Every other run, the first among them, may let the program's threads take turns, so that sysmon has none.
 */
export function undisturbed(
  compareOneRun: (options: { readonly takingTurns: boolean }) => void,
  runs = 8,
): void {
  for (let run = 1; ; run++) {
    try {
      compareOneRun({ takingTurns: run % 2 === 1 });
      return;
    } catch (error) {
      if (run === runs) throw error;
    }
  }
}
