export { type Line, lines } from '../server/batch/lines.js';
