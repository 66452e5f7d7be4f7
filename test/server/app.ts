import { requireBuilt } from '../built.js';

export const { buildApp } = requireBuilt<typeof import('../../server/app.js')>('server/app.js');
