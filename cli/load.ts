import { type LoadOptions, Summarizer } from '../model/index.js';
import type { Suggester } from '../server/suggester.js';

/** The model, from the bundle that ships with the package when no path is given. */
export async function load(bundle?: string, options: LoadOptions = {}): Promise<Suggester> {
  return Summarizer.load(bundle, options);
}

/** Runs something with the model and closes it again. */
export async function withModel<T>(
  bundle: string | undefined,
  options: LoadOptions,
  use: (suggester: Suggester) => Promise<T>,
): Promise<T> {
  const suggester = await load(bundle, options);
  try {
    return await use(suggester);
  } finally {
    await suggester.close();
  }
}
