import type { Problem } from '../contract.js';

/** Where the service is and the writer's key to it; theirs alone, in no document. */
export interface Settings {
  address: string;
  key: string | null;
}

export function readSettings(): Settings | null {
  const properties = PropertiesService.getUserProperties();
  const address = properties.getProperty('address');
  return address === null ? null : { address, key: properties.getProperty('key') };
}

export function writeSettings({ address, key }: Settings): void {
  const properties = PropertiesService.getUserProperties();
  properties.setProperty('address', address);
  if (key === null) properties.deleteProperty('key');
  else properties.setProperty('key', key);
}

/** Hosts that only machines beside the service can reach; Google's servers make the request. */
const PRIVATE =
  /^(?:localhost|.*\.local|.*\.internal|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[)/i;

/** An address as it is stored, or what is wrong with it. There is no `URL` in Apps Script. */
export function parseAddress(given: string): string | Problem {
  const address = given.trim().replace(/\/+$/, '');
  const host = /^https:\/\/([^/?#@\s]+)(?:\/[^?#\s]*)?$/i.exec(address)?.[1];
  if (!host) {
    const message = 'The address must look like https://precis.example.org.';
    return { code: 'bad_address', message };
  }
  if (!PRIVATE.test(host)) return address;
  const message = `Google's servers can't reach ${host}: the service needs an address that is open to the internet.`;
  return { code: 'bad_address', message };
}
