import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from './run.js';

let folder: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
  env = { XDG_CONFIG_HOME: folder, PRECIS_DATA: join(folder, 'data') };
});
afterEach(() => rm(folder, { recursive: true }));

describe('doctor', () => {
  test('finds nothing wrong with a sound installation', async () => {
    const { code, stdout } = await run(['doctor'], { env });
    expect(stdout).toMatch(/^ok {4}Node \d+/m);
    expect(stdout).toMatch(/^ok {4}ONNX Runtime loads/m);
    expect(stdout).toMatch(/^ok {4}model fake 1\.0\.0 .* wrote a sentence in \d+ ms/m);
    expect(stdout).toMatch(/^ok {4}files are parsed in a process of their own/m);
    expect([code, stdout.includes('fault')]).toEqual([0, false]);
  });

  test('says what is wrong and how to mend it', async () => {
    await writeFile(join(folder, 'data'), 'a file in the way');
    const { code, stdout } = await run(['doctor', '--bundle', '/nowhere', '--json'], {
      model: 'real',
      env,
    });
    expect(code).toBe(1);
    const faults = JSON.parse(stdout).findings.filter(
      ({ state }: { state: string }) => state === 'fault',
    );
    expect(faults).toEqual([
      {
        state: 'fault',
        what: expect.stringContaining('/nowhere/manifest.json'),
        mend: expect.stringContaining('--bundle'),
      },
      {
        state: 'fault',
        what: expect.stringContaining('data cannot be written'),
        mend: expect.stringContaining('PRECIS_DATA'),
      },
    ]);
  });
});

describe('settings', () => {
  const settings = async (content: string) => {
    await mkdir(join(folder, 'precis'), { recursive: true });
    await writeFile(join(folder, 'precis/cli.json'), content);
  };
  const stdin = 'The sea rises.';

  test('of the file are defaults; a flag wins', async () => {
    await settings('{"minConfidence": 0.9}');
    expect((await run(['suggest', '-'], { stdin, env })).code).toBe(3);
    const flags = ['suggest', '-', '--min-confidence', '0.5'];
    expect((await run(flags, { stdin, env })).code).toBe(0);
  });

  test.each([
    ['{"minConfidence": 7}', /cli\.json: minConfidence: A number from 0 to 1 is needed/],
    ['{"lenght": "short"}', /cli\.json: there is no setting lenght; there are length, /],
    ['{"length": "long"}', /cli\.json: length: Allowed choices are short, medium/],
    ['nonsense', /cli\.json: is not JSON/],
  ])('%s is refused by name', async (content, message) => {
    await settings(content);
    const { code, stderr } = await run(['suggest', '-'], { stdin, env });
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});

test('bash completes commands, options and choices', async () => {
  const script = (await run(['completion', 'bash'], { env })).stdout;
  const complete = (...words: string[]) => {
    const asked = `COMP_WORDS=(${words.map((w) => `'${w}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _precis; echo "\${COMPREPLY[*]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${asked}`], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.trim().split(' ');
  };
  expect(complete('precis', 'su')).toEqual(['suggest']);
  expect(complete('precis', 'batch', '--write')).toEqual(['--write-frontmatter']);
  expect(complete('precis', 'suggest', '--length', '')).toEqual(['short', 'medium']);
  expect(complete('precis', 'completion', '')).toContain('fish');
  expect(complete('precis', 'keys', 'cr')).toEqual(['create']);
});

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

test.skipIf(!has('fish'))('fish completes commands, options and choices', async () => {
  const script = join(folder, 'precis.fish');
  await writeFile(script, (await run(['completion', 'fish'], { env })).stdout);
  const complete = (line: string) => {
    const asked = `source ${script}; complete -C '${line}'`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', asked], { encoding: 'utf8' });
    return stdout.split('\n').map((each) => each.split('\t')[0]);
  };
  expect(complete('precis su')).toContain('suggest');
  expect(complete('precis batch --write')).toContain('--write-frontmatter');
  expect(complete('precis suggest --length ')).toEqual(expect.arrayContaining(['short', 'medium']));
  expect(complete('precis keys cr')).toContain('create');
});

test.skipIf(!has('zsh'))('zsh takes the script', async () => {
  const script = (await run(['completion', 'zsh'], { env })).stdout;
  const asked = `autoload -U compinit; compinit -D; ${script}\nwhence -w _precis`;
  const { stdout, stderr } = spawnSync('zsh', ['-fc', asked], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['_precis: function\n', '']);
});

test('settings of the folder over those of the user', async () => {
  await mkdir(join(folder, 'precis'));
  await writeFile(join(folder, 'precis/cli.json'), '{"minConfidence": 0.9, "length": "medium"}');
  await mkdir(join(folder, 'site/posts'), { recursive: true });
  await writeFile(join(folder, 'site/.precis.json'), '{"minConfidence": 0.1}');
  const under = ['sh', '-c', `cd ${folder}/site/posts && exec "$@"`, 'sh'];
  const { code, stdout } = await run(['suggest', '-', '--json', '--explain'], {
    env,
    under,
    stdin: 'The sea rises.',
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).diagnostics).toMatchObject({ length: 'medium' });
});

test.each(['', 'suggest', 'batch', 'review', 'compare', 'worker', 'queue', 'serve', 'keys'])(
  'precis %s --help teaches by example',
  async (command) => {
    const { stdout } = await run([...(command ? [command] : []), '--help'], { env });
    const examples = /\nExamples:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? '';
    expect(examples).toMatch(/^ {2}precis /m);
  },
);

test.each(['zsh', 'fish'])('%s has a script with every command', async (shell) => {
  const { code, stdout } = await run(['completion', shell], { env });
  expect(code).toBe(0);
  for (const name of ['suggest', 'batch', 'review', 'worker', 'serve', 'doctor']) {
    expect(stdout).toContain(name);
  }
});
