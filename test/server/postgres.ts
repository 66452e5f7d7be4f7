import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Folder of Debian's PostgreSQL programs; undefined when the package is missing. */
export const binaries = (() => {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin'));
  return found.find((folder) => existsSync(join(folder, 'initdb')));
})();

/** Says why tests with a Debian package do not run; in CI the package has to be there. */
export function missing(name: string, found: unknown): boolean {
  if (found) return false;
  if (process.env.CI) throw new Error(`${name} is missing: .ci/run has to install it`);
  process.stderr.write(`Tests with ${name} are left out: apt-get install ${name}\n`);
  return true;
}

/** PostgreSQL refuses to run as root: Debian's package brings a user for it. */
function owner(): SpawnOptions {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A PostgreSQL of its own in a temporary folder, on a port of its own. */
export async function startPostgres() {
  const bin = binaries ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'precis-postgres-'));
  const as = owner();
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const init = ['-D', data, '-U', 'precis', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), init, { stdio: 'ignore', env, ...as });
  const port = await freePort();
  const begin = async () => {
    const args = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1'];
    const child = spawn(join(bin, 'postgres'), args, { stdio: 'ignore', env, ...as });
    const ready = () => {
      try {
        const ask = ['-h', '127.0.0.1', '-p', String(port), '-q'];
        execFileSync(join(bin, 'pg_isready'), ask, { stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    };
    while (!ready()) {
      if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return child;
  };
  let child = await begin();
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    url: `postgres://precis@127.0.0.1:${port}/postgres`,
    /** SIGQUIT: at once, without waiting for clients. */
    pause: () => end('SIGQUIT'),
    resume: async () => {
      child = await begin();
    },
    stop: async () => {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
