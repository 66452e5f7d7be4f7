import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';

/** Pages and the component, as `npm run build` puts them beside this code. */
const dist = join(import.meta.dirname, '../../..');

/** What a page of this service may do: its own scripts and styles, calls to this service, no more. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  // Sizes and positions that an editor sets on its elements; style elements stay out.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The worker that runs the model: it has no document, and calls this service only for the model's files.
 * `data:` is how its tokenizer carries its own WebAssembly.
 */
const workerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self' data:",
].join('; ');

/**
 * Serves the built pages at `/`. A route is made for each file that is there: an address that is
 * neither a file nor a route of the API stays a 404 in the API's shape.
 */
export default fp<PluginOptions>(async (app) => {
  const pages = join(dist, 'web');
  if (!existsSync(join(pages, 'index.html'))) {
    app.log.warn('the pages were not built: `npm run build` makes them');
    return;
  }
  await app.register(fastifyStatic, {
    root: pages,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    // The page of the API's documentation has a decorator of its own.
    decorateReply: false,
    globIgnore: ['**/*.{br,gz}'],
    setHeaders: (reply, path) => {
      const page = /\.html(\.br|\.gz)?$/.test(path);
      if (page) reply.header('content-security-policy', policy);
      const worker = /\bdevice-[\w-]+\.js(\.br|\.gz)?$/.test(path);
      if (worker) reply.header('content-security-policy', workerPolicy);
      // Names of assets hold a hash of their content; the names of pages and the icon do not.
      const forever = path.includes('/assets/');
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
});
