import type { Problem } from '../contract.js';
import { problemOf, problemOfFetch } from './problems.js';
import type { Settings } from './settings.js';

/** An answer of 2xx, or what kept it from coming. */
export type Answer = { body: unknown } | { problem: Problem };

/**
 * Asked of the service with `Prefer: wait`. UrlFetchApp gives up after 60 seconds by itself, and a
 * writer long before.
 */
const WAIT_SECONDS = 25;

/** Calls the service. Never throws for what may happen to a request. */
export function ask(
  { address, key }: Settings,
  method: 'get' | 'post',
  path: string,
  body?: object,
  headers: { [name: string]: string } = {},
): Answer {
  const options: GoogleAppsScript.URL_Fetch.URLFetchRequestOptions = {
    method,
    headers: {
      ...headers,
      Prefer: `wait=${WAIT_SECONDS}`,
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
    },
    muteHttpExceptions: true,
    // A redirect would carry the key and the document to another host.
    followRedirects: false,
    ...(body ? { contentType: 'application/json', payload: JSON.stringify(body) } : {}),
  };
  let response: GoogleAppsScript.URL_Fetch.HTTPResponse;
  try {
    response = UrlFetchApp.fetch(`${address}${path}`, options);
  } catch (error) {
    return { problem: problemOfFetch(error) };
  }
  const status = response.getResponseCode();
  const content = parse(response.getContentText());
  if (status >= 200 && status < 300 && content !== undefined) return { body: content };
  return { problem: problemOf(status, content, response.getAllHeaders()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
