import { beginEarly } from './worker-thread.ts';

const args = process.argv.slice(2);
beginEarly(args, process.env);
const { main } = await import('./cli.ts');
const { processIo } = await import('./io.ts');

process.exit(await main(args, processIo()));
