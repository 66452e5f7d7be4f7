#!/usr/bin/env node
import { describeError } from './failure.js';
import { program } from './program.js';

// A reader that has seen enough (`precis … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  error.path = 'standard output';
  process.stderr.write(`precis: ${describeError(error)}\n`);
  process.exit(1);
});

try {
  process.exitCode = await program(process.argv);
} catch (error) {
  process.stderr.write(`precis: ${describeError(error)}\n`);
  if (process.env.PRECIS_DEBUG) console.error(error);
  process.exitCode = 1;
}
