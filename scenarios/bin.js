#!/usr/bin/env node
import { start } from './start/start.js';

if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true);
await start('bin', process.argv.slice(2));
