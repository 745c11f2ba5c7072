/** Long synchronous work lets signals through now and then, so that an interrupted command cleans up at once. */
import { setImmediate } from 'node:timers/promises';

const shortestMs = 40;

/** A function to await between steps: from time to time it lets the event loop turn. */
export function turns(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < shortestMs) return;
    await setImmediate();
    last = performance.now();
  };
}
