import { workerData } from 'node:worker_threads';
import { startWorker } from './start/start.js';

await startWorker(workerData.scenarioUrl ?? '');
