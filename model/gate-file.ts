import { readFile } from 'node:fs/promises';
import type { GateWeights } from './core/index.js';
import { gateFrom } from './gate-schema.js';

/** Name of the gate's file in a bundle; a bundle without it is judged by its likelihood alone. */
export const GATE_FILE = 'gate.json';

/** Reads `gate.json`; see `gateFrom`. @throws BundleError saying what does not fit. */
export async function readGate(file: string, encoder: string, width: number): Promise<GateWeights> {
  return gateFrom(await readFile(file, 'utf8'), file, encoder, width);
}
