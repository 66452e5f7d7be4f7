import { z } from 'zod';
import { fileFormats } from '../../documents/index.js';

export const block = z
  .object({
    kind: z.enum(['heading', 'paragraph', 'list-item', 'quote', 'table', 'code']),
    text: z
      .string()
      .describe(
        'Plain text; one line unless `kind` is `code` or `table`, whose cells ` | ` divides.',
      ),
    level: z.int().optional().describe('Of a heading 1 to 6, of a list item its nesting from 0.'),
  })
  .meta({ id: 'Block' });

export const fileContent = z
  .object({
    title: z.string().nullable(),
    format: z.enum(fileFormats).describe('What the file was.'),
    truncated: z.boolean().describe('Whether a limit kept some of the file out.'),
    blocks: z.array(block).describe('In reading order.'),
  })
  .meta({ id: 'FileContent', description: 'What a file says, without its formatting.' });

export type FileContent = z.infer<typeof fileContent>;
