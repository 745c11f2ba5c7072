#!/usr/bin/env node
import { register as registerHooks } from 'node:module';
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
registerHooks(new URL('./package-hooks.js', import.meta.url));
await import('./bin.ts');
