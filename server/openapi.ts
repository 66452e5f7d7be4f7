/** `npm run openapi`: writes the OpenAPI document that the routes give, for review and for clients. */
import { writeFile } from 'node:fs/promises';
import { buildApp } from './app.js';

const [, , file = 'docs/openapi.json'] = process.argv;
// The document doesn't depend on a model.
const app = await buildApp({ suggester: new Promise(() => {}) });
await writeFile(file, `${JSON.stringify(app.swagger(), null, 2)}\n`);
process.exit(0);
