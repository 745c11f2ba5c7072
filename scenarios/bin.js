#!/usr/bin/env node
import { startProgram } from './start/start.js';

if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true);
await startProgram(process.argv.slice(2));
