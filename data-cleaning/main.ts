#!/usr/bin/env node
import { Command } from 'commander';
import { describeError } from '../cli/failure.js';
import { addExplain } from './commands/explain.js';
import { addFitQuality } from './commands/fit-quality.js';
import { addRun } from './commands/run.js';
import { addSubset } from './commands/subset.js';

const program = new Command('precis-clean').description(
  'Makes a small, consistent training set out of a large, inconsistent corpus.',
);
addRun(program);
addExplain(program);
addSubset(program);
addFitQuality(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`precis-clean: ${describeError(error)}\n`);
  process.exitCode = 1;
});
