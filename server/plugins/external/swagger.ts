import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { uploadBody } from '../../schemas/upload.js';
import { version } from '../../version.js';

type TransformObject = NonNullable<FastifyDynamicSwaggerOptions['transformObject']>;

/** OpenAPI 3.1, generated from the zod schemas of the routes. */
export default fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Precis',
        version,
        description: 'Suggests a summary of one or two sentences for a document, or says why not.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
    },
    transform: jsonSchemaTransform,
    transformObject,
  });
});

/** The type provider lists each schema as input and as output: keep those that a route reaches. */
const transformObject: TransformObject = (given) => {
  const { components, ...rest } = jsonSchemaTransformObject(given) as OpenAPIV3_1.Document;
  const schemas = components?.schemas ?? {};
  const reached = new Set<string>();
  const follow = (node: unknown): void => {
    for (const [, name = ''] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (reached.has(name)) continue;
      reached.add(name);
      follow(schemas[name]);
    }
  };
  follow(rest);
  const kept = Object.entries(schemas).filter(([name]) => reached.has(name));
  const request = rest.paths?.['/v1/summaries']?.post?.requestBody;
  if (request && 'content' in request) {
    // A route has one schema for its body; the other content type is added by hand.
    const schema = uploadBody as unknown as OpenAPIV3_1.SchemaObject;
    request.content['multipart/form-data'] = { schema };
  }
  const read = rest.paths?.['/v1/documents']?.post;
  if (read) {
    const { file } = uploadBody.properties;
    const schema = {
      ...uploadBody,
      properties: { file },
    } as unknown as OpenAPIV3_1.ReferenceObject;
    read.requestBody = { required: true, content: { 'multipart/form-data': { schema } } };
  }
  return { ...rest, components: { ...components, schemas: Object.fromEntries(kept) } };
};
