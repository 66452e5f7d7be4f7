import type { Calls } from '../contract.js';

type Name = keyof Calls;

/** `google.script.run`, as far as it is used here. */
interface Runner {
  withSuccessHandler(handler: (reply: unknown) => void): Runner;
  withFailureHandler(handler: (error: Error) => void): Runner;
}

declare const google: { script: { run: Runner } };

/** Longer than UrlFetchApp may take, with what reading a long document takes before it. */
const GIVE_UP_MILLISECONDS = 90_000;

/**
 * Calls a function of the script.
 *
 * @throws Error what the script threw, or when Google doesn't answer.
 */
export function call<K extends Name>(
  name: K,
  ...parameters: Parameters<Calls[K]>
): Promise<ReturnType<Calls[K]>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No answer')), GIVE_UP_MILLISECONDS);
    const runner = google.script.run
      .withSuccessHandler((reply) => {
        clearTimeout(timer);
        resolve(reply as ReturnType<Calls[K]>);
      })
      .withFailureHandler((error) => {
        clearTimeout(timer);
        reject(error);
      });
    (runner as unknown as { [name: string]: (...all: unknown[]) => void })[name]?.(...parameters);
  });
}
