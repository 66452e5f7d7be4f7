import multipart from '@fastify/multipart';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';

/** One file and a handful of short fields, no more. */
export default fp<PluginOptions>(async (app, { settings }) => {
  await app.register(multipart, {
    limits: {
      files: 1,
      fileSize: settings.uploadBytes,
      fields: 8,
      parts: 9,
      fieldNameSize: 100,
      fieldSize: 8192,
      headerPairs: 20,
    },
  });
});
