import { workerData } from 'node:worker_threads';
import { start } from './start/start.js';

await start('worker', [workerData.scenarioUrl ?? '']);
