import { Failure } from '../cli/failure.js';

/** A run that was stopped from outside. */
export class Stopped extends Failure {}
