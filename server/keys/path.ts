import { join } from 'node:path';
import type { Config } from '../config/index.js';

export const keysPath = ({ keysFile, data }: Pick<Config, 'keysFile' | 'data'>) =>
  keysFile ?? join(data, 'keys.json');
