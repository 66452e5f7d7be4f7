export { checkExposure, checkLimits, isLoopback } from './check.js';
export { describeConfig, printConfig } from './print.js';
export { type Effective, effectiveConfig, type Given, readConfig, type Source } from './read.js';
export { type Config, type ConfigKey, config, flagOf, keys, originOf } from './schema.js';
