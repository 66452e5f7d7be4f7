// Preloaded into the built CLI (`node --import`): `model/index.js` becomes the fake beside this file.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
