import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AcceptRequest } from '../../addon/contract.js';
import { build, FakeAddon } from './fake/addon.js';
import type { Request, Response } from './fake/services.js';

const id = '0c0dc8fa-513e-4595-8fdf-d84a5a6c8e80';
const sentence = 'The ferry office became a seed library.';

let built: Awaited<ReturnType<typeof build>>;
let addon: FakeAddon;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

/** A service that suggests a sentence of the document, and takes any feedback. */
function service(request: Request): Response {
  if (request.url.endsWith('/v1/feedback')) return { status: 201, body: {} };
  if (request.url.endsWith('/v1/info')) {
    return { status: 200, body: { model: { name: 'fake', version: '1' } } };
  }
  const { text } = (request.body as { document: { text: string } }).document;
  const start = text.indexOf(sentence);
  const source = { start, end: start + sentence.length, text: sentence };
  return {
    status: 200,
    body: {
      suggestion: { id, text: sentence, type: 'tldr', confidence: 0.7, sources: [source] },
      reason: null,
      documentType: null,
      input: { tokens: 40, limit: 384, truncated: false },
    },
  };
}

beforeEach(() => {
  addon = new FakeAddon(built.folder);
  addon.fetch.answer = service;
  addon.user.setProperty('address', 'https://precis.example.org');
  addon.user.setProperty('key', 'precis_secret');
  const { tab } = addon.document;
  tab.write('TITLE', 'Seeds');
  tab.write('HEADING1', 'What happened');
  tab.write('NORMAL', `Early in May something new began. ${sentence} People liked it.`);
  tab.write('NORMAL', 'It lends seeds, and asks for some back in autumn.');
});

const lines = () => addon.document.tab.lines;
const feedback = () =>
  addon.fetch.requests.filter(({ url }) => url.endsWith('/v1/feedback')).map(({ body }) => body);

function suggestion() {
  const reply = addon.call('suggest');
  if (reply.state !== 'suggestion') throw new Error(`no suggestion but ${JSON.stringify(reply)}`);
  return reply.suggestion;
}

function accept(change: Partial<AcceptRequest> = {}) {
  const { text, fingerprint } = suggestion();
  return addon.call('accept', {
    suggestionId: id,
    text,
    edited: false,
    fingerprint,
    despite: [],
    ...change,
  });
}

describe('the menu', () => {
  test('is there before the writer has allowed anything, and every item works', () => {
    addon.allowed = false;
    addon.run('onInstall', { authMode: 'NONE' });
    expect(addon.menu.map(([label]) => label)).toEqual(['Suggest a summary', 'Settings']);
    addon.allowed = true;
    for (const [, name] of addon.menu) {
      addon.sidebar = null;
      addon.run(name);
      expect(addon.sidebar).toMatchObject({ title: 'Precis' });
    }
    expect(addon.sidebar).toMatchObject({
      content: expect.stringContaining('data-open="settings"'),
    });
  });

  test.each(['documents.currentonly', 'script.container.ui', 'script.external_request'])(
    'no scope could be left out: %s',
    (scope) => {
      const all = ['documents.currentonly', 'script.container.ui', 'script.external_request'];
      const left = all.filter((each) => each !== scope);
      const lame = new FakeAddon(
        built.folder,
        left.map((each) => `https://www.googleapis.com/auth/${each}`),
      );
      lame.user.setProperty('address', 'https://precis.example.org');
      lame.document.tab.write('NORMAL', 'Some words.');
      const use = () => {
        lame.run('openSidebar');
        const reply = lame.call('suggest');
        if (reply.state === 'problem' && reply.problem.code === 'unreachable') {
          throw new Error(reply.problem.message);
        }
      };
      expect(use).toThrow(/permission/);
    },
  );
});

describe('reading', () => {
  const sent = () => {
    addon.call('suggest');
    const { body } = addon.fetch.requests.at(-1) as Request;
    return (body as { document: { text: string; title?: string; format: string } }).document;
  };

  test('headings, lists, tables and chips become Markdown; the title goes apart', () => {
    const { tab } = addon.document;
    tab.item(0, 'BULLET', 'beans');
    tab.item(1, 'NUMBER', 'runner beans');
    tab.item(0, null, 'a task of a checklist');
    tab.write('HEADING2', 'When');
    tab.write('NORMAL', 'Ask ', { person: 'Ann' }, ' on ', { date: '3 May' }, { image: true }, '.');
    tab.other('TABLE_OF_CONTENTS');
    tab.table([
      ['Seed', 'Packets'],
      ['bean', '12'],
    ]);
    expect(sent()).toEqual({
      format: 'markdown',
      title: 'Seeds',
      text: [
        '# What happened',
        `Early in May something new began. ${sentence} People liked it.`,
        'It lends seeds, and asks for some back in autumn.',
        '- beans\n  1. runner beans\n- a task of a checklist',
        '## When',
        'Ask Ann on 3 May.',
        '| Seed | Packets |\n| --- | --- |\n| bean | 12 |',
      ].join('\n\n'),
    });
  });

  test('without a title paragraph the name of the file is the title, unless nobody named it', () => {
    addon = new FakeAddon(built.folder);
    addon.fetch.answer = service;
    addon.user.setProperty('address', 'https://precis.example.org');
    addon.document.tab.write('NORMAL', sentence);
    expect(sent()).not.toHaveProperty('title');
    addon.document.name = 'Minutes of May';
    expect(sent().title).toBe('Minutes of May');
  });

  test('the tab that is open is read, and no other', () => {
    const { document } = addon;
    document.addTab('t.1');
    document.active = 1;
    document.tab.write('NORMAL', 'Another tab.');
    expect(sent().text).toBe('Another tab.');
  });

  test('the summary that stands in the document is not summarised', () => {
    const before = sent().text;
    accept();
    expect(sent().text).toBe(before);
  });

  test('an empty document is answered without asking anybody', () => {
    addon = new FakeAddon(built.folder);
    addon.user.setProperty('address', 'https://precis.example.org');
    expect(addon.call('suggest')).toMatchObject({ state: 'withheld', reason: 'empty' });
    expect(addon.fetch.requests).toEqual([]);
  });

  test('a very long document is read in bounded work', () => {
    for (let index = 0; index < 2500; index++) addon.document.tab.write('NORMAL', `Line ${index}.`);
    const { text } = sent();
    expect(text).toContain('Line 1900.');
    expect(text).not.toContain('Line 2200.');
  });
});

describe('asking', () => {
  test('sends the key, follows no redirect, and asks for an answer in time', () => {
    suggestion();
    expect(addon.fetch.requests[0]).toMatchObject({
      url: 'https://precis.example.org/v1/summaries',
      method: 'post',
      headers: { Authorization: 'Bearer precis_secret', Prefer: expect.stringMatching(/^wait=/) },
      options: { followRedirects: false, contentType: 'application/json' },
    });
  });

  test('before there is an address it asks for one', () => {
    addon.user.deleteProperty('address');
    expect(addon.call('suggest')).toEqual({ state: 'setup' });
  });

  const error = (code: string) => ({ error: { code, message: 'Why.' }, requestId: 'r-1' });
  test.each([
    [429, error('busy'), { 'Retry-After': '7' }, { code: 'wait', retryAfter: 7 }],
    [503, error('loading'), { 'retry-after': '1' }, { code: 'wait', retryAfter: 1 }],
    [503, error('timeout'), {}, { code: 'timeout' }],
    [502, '<html>Bad gateway</html>', {}, { code: 'wait', retryAfter: 10 }],
    [401, error('unauthorized'), {}, { code: 'key' }],
    [403, error('forbidden'), {}, { code: 'scope' }],
    [413, error('too_large'), {}, { code: 'too_large', message: 'Why.' }],
    [500, error('internal'), {}, { code: 'failed', requestId: 'r-1' }],
    [302, '', { Location: 'https://sign-in.example.org' }, { code: 'not_precis' }],
    [404, 'Not found', {}, { code: 'not_precis' }],
    [200, '<html>Welcome</html>', {}, { code: 'not_precis' }],
    [200, { hello: 'world' }, {}, { code: 'not_precis' }],
  ])('%i %j', (status, body, headers, problem) => {
    addon.fetch.answer = () => ({ status, body, headers });
    expect(addon.call('suggest')).toMatchObject({ state: 'problem', problem });
  });

  test.each([
    ['Service invoked too many times for one day: urlfetch.', 'google_quota'],
    [
      'Bandwidth quota exceeded: https://precis.example.org. Try reducing the rate.',
      'google_quota',
    ],
    ['Timeout: https://precis.example.org/v1/summaries', 'timeout'],
    ['DNS error: https://precis.example.org', 'unreachable'],
    ['Address unavailable: https://precis.example.org', 'unreachable'],
  ])('UrlFetchApp throws: %s', (message, code) => {
    addon.fetch.answer = () => {
      throw new Error(message);
    };
    expect(addon.call('suggest')).toMatchObject({ state: 'problem', problem: { code } });
    expect(lines()).toHaveLength(4);
  });
});

describe('accepting', () => {
  test('puts the summary under a heading below the title, and says so to the service', () => {
    expect(accept()).toEqual({
      state: 'inserted',
      standing: { text: sentence, edited: false, stale: false },
    });
    expect(lines().slice(0, 4)).toEqual([
      'TITLE: Seeds',
      'HEADING1: Summary',
      sentence,
      'HEADING1: What happened',
    ]);
    expect(feedback()).toEqual([{ suggestionId: id, action: 'accepted' }]);
    expect(addon.call('status')).toMatchObject({ standing: { text: sentence }, removed: false });
  });

  test('a second summary takes the place of the first one', () => {
    accept();
    accept({ text: 'A better one.', edited: true });
    accept({ text: 'The best one.', edited: true });
    expect(lines().filter((line) => /Summary|one\./.test(line))).toEqual([
      'HEADING1: Summary',
      'The best one.',
    ]);
    expect(feedback()).toContainEqual({
      suggestionId: id,
      action: 'edited',
      text: 'A better one.',
    });
  });

  test('undo takes all of it back, and the sidebar knows', () => {
    const before = lines();
    accept();
    addon.undo();
    expect(lines()).toEqual(before);
    expect(addon.call('status')).toMatchObject({ standing: null, removed: true });
    accept();
    expect(lines().filter((line) => line === sentence)).toHaveLength(1);
  });

  test('a summary that the writer deleted is not there any more', () => {
    accept();
    addon.document.tab.body.children[2]?.removeFromParent();
    addon.document.tab.body.children[1]?.removeFromParent();
    expect(addon.call('status')).toMatchObject({ standing: null, removed: true });
  });

  test('under a heading that was left alone it is written again, not a second time', () => {
    accept();
    addon.document.tab.body.children[2]?.removeFromParent();
    expect(accept()).toMatchObject({ state: 'inserted' });
    expect(lines().filter((line) => /Summary$/.test(line))).toHaveLength(1);
    expect(lines()[2]).toBe(sentence);
  });

  test('a document that changed meanwhile is not touched until the writer says so', () => {
    const { fingerprint, text } = suggestion();
    addon.document.tab.write('NORMAL', 'A colleague adds this.');
    const before = lines();
    const request = { suggestionId: id, text, edited: false, fingerprint, despite: [] };
    expect(addon.call('accept', request)).toEqual({
      state: 'conflict',
      conflict: 'document_changed',
    });
    expect(lines()).toEqual(before);
    expect(feedback()).toEqual([]);
    const despite = ['document_changed' as const];
    expect(addon.call('accept', { ...request, despite }).state).toBe('inserted');
  });

  test('a summary that was edited by hand is not overwritten without asking', () => {
    accept();
    const [, , written] = addon.document.tab.body.children;
    (written as unknown as { write(text: string): void }).write('In my own words.');
    expect(addon.call('status')).toMatchObject({
      standing: { text: 'In my own words.', edited: true },
    });
    expect(accept()).toEqual({ state: 'conflict', conflict: 'summary_edited' });
    expect(lines()[2]).toBe('In my own words.');
    expect(accept({ despite: ['summary_edited'] }).state).toBe('inserted');
    expect(lines()[2]).toBe(sentence);
  });

  test('a summary of somebody else is neither doubled nor overwritten without asking', () => {
    const { body } = addon.document.tab;
    const { HEADING2 } = headings();
    body.insertParagraph(1, 'SUMMARY').setHeading(HEADING2);
    body.insertParagraph(2, 'Written long ago.');
    expect(accept()).toEqual({ state: 'conflict', conflict: 'other_summary' });
    expect(lines()[2]).toBe('Written long ago.');
    expect(accept({ despite: ['other_summary'] }).state).toBe('inserted');
    expect(lines().slice(1, 4)).toEqual(['HEADING2: SUMMARY', sentence, 'HEADING1: What happened']);
    expect(addon.call('status')).toMatchObject({ standing: { edited: false, stale: false } });
  });

  test('a new summary is offered after substantial edits, not after small ones', () => {
    for (let index = 0; index < 8; index++) addon.document.tab.write('NORMAL', `Part ${index}.`);
    accept();
    addon.document.tab.write('NORMAL', 'One more.');
    expect(addon.call('status')).toMatchObject({ standing: { stale: false } });
    for (let index = 0; index < 6; index++) addon.document.tab.write('NORMAL', `New ${index}.`);
    expect(addon.call('status')).toMatchObject({ standing: { stale: true } });
  });

  test('what cannot be written is said', () => {
    addon.document.readOnly = true;
    expect(accept()).toMatchObject({ state: 'problem', problem: { code: 'read_only' } });
    addon.document.readOnly = false;
    addon.locked = true;
    expect(accept()).toMatchObject({ state: 'problem', problem: { code: 'busy_document' } });
    expect(lines()).toHaveLength(4);
  });

  test('removing takes heading and text, even from a document that has nothing else', () => {
    accept();
    expect(addon.call('removeSummary')).toEqual({ state: 'removed' });
    expect(lines()).not.toContain(sentence);
    expect(lines()).toHaveLength(4);
    expect(addon.call('status')).toMatchObject({ standing: null, removed: false });

    accept();
    const { body } = addon.document.tab;
    for (const child of body.children.slice(3)) child.parent = null;
    body.children.length = 3;
    expect(addon.call('removeSummary')).toEqual({ state: 'removed' });
    expect(lines()).toEqual(['TITLE: Seeds', '']);
  });

  test('no text of the document is kept in its properties', () => {
    accept();
    const kept = [...addon.properties.values.values()].join();
    expect(kept).not.toMatch(/ferry|seed/i);
    expect(kept.length).toBeGreaterThan(50);
  });

  test('the record of the longest document fits', () => {
    for (let index = 0; index < 3000; index++) addon.document.tab.write('NORMAL', `Line ${index}.`);
    expect(accept().state).toBe('inserted');
  });
});

describe('feedback', () => {
  test('that cannot be sent waits for the next call, and is sent once', () => {
    addon.fetch.answer = (request) =>
      request.url.endsWith('/v1/feedback')
        ? { status: 503, body: { error: { code: 'feedback_unavailable', message: '' } } }
        : service(request);
    expect(accept().state).toBe('inserted');
    addon.fetch.requests.length = 0;
    addon.fetch.answer = service;
    addon.call('suggest');
    addon.call('suggest');
    expect(feedback()).toEqual([{ suggestionId: id, action: 'accepted' }]);
    expect(addon.fetch.requests.at(1)?.headers).toMatchObject({
      'Idempotency-Key': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test('that the service refuses for good is dropped', () => {
    addon.fetch.answer = () => ({ status: 422, body: { error: { code: 'invalid', message: '' } } });
    addon.call('dismiss', id);
    expect(addon.user.getKeys()).toEqual(['address', 'key']);
  });

  test('dismissing says so and leaves the document alone', () => {
    const before = lines();
    suggestion();
    expect(addon.call('dismiss', id)).toEqual({ state: 'dismissed' });
    expect(feedback()).toEqual([{ suggestionId: id, action: 'dismissed' }]);
    expect(lines()).toEqual(before);
  });

  test('a service that is away for weeks fills no properties', () => {
    addon.fetch.answer = () => {
      throw new Error('DNS error');
    };
    for (let index = 0; index < 60; index++) {
      const suggestionId = id.replace(/..$/, String(10 + index));
      addon.call('dismiss', suggestionId);
    }
    expect(addon.user.getKeys().length).toBeLessThan(40);
  });
});

describe('showing a source', () => {
  const show = () => {
    const { sources, fingerprint } = suggestion();
    const [source] = sources;
    if (!source) throw new Error('no source');
    return { ...source, fingerprint };
  };

  test('selects the passage', () => {
    expect(addon.call('showSource', show())).toEqual({ state: 'shown' });
    expect(addon.document.selection).toBe(sentence);
  });

  test('selects it where it has moved to', () => {
    const source = show();
    accept();
    addon.document.tab.body.insertParagraph(1, 'A new beginning, by a colleague.');
    expect(addon.call('showSource', source)).toEqual({ state: 'shown' });
    expect(addon.document.selection).toBe(sentence);
  });

  test('says that it is gone', () => {
    const source = show();
    addon.document.tab.body.children[2]?.removeFromParent();
    expect(addon.call('showSource', source)).toEqual({ state: 'gone' });
    expect(addon.document.selection).toBeNull();
  });
});

describe('settings', () => {
  const save = (address: string, key: string | null = null) =>
    addon.call('saveSettings', { address, key });

  test('are kept when a service answers, and the key never comes back', () => {
    expect(save(' https://other.example.org/precis/ ', ' precis_new ')).toEqual({
      state: 'saved',
      model: 'fake 1',
    });
    expect(addon.fetch.requests.at(-1)).toMatchObject({
      url: 'https://other.example.org/precis/v1/info',
      headers: { Authorization: 'Bearer precis_new' },
    });
    const status = addon.call('status');
    expect(status).toMatchObject({ address: 'https://other.example.org/precis', hasKey: true });
    expect(JSON.stringify(status)).not.toContain('precis_new');
  });

  test('the key of one service is not sent to another', () => {
    save('https://other.example.org');
    expect(addon.fetch.requests.at(-1)?.headers).not.toHaveProperty('Authorization');
    expect(addon.call('status').hasKey).toBe(false);
  });

  test('the key stays with the same address, and goes when it is emptied', () => {
    save('https://precis.example.org');
    expect(addon.call('status').hasKey).toBe(true);
    save('https://precis.example.org', '');
    expect(addon.call('status').hasKey).toBe(false);
  });

  test.each([
    'http://precis.example.org',
    'precis.example.org',
    'https://localhost:8080',
    'https://127.0.0.1',
    'https://192.168.1.4',
    'https://precis.local',
    'https://[::1]',
    'https://user@precis.example.org',
    'https://precis.example.org/?x=1',
  ])('refuses %s without asking anybody', (address) => {
    expect(save(address)).toMatchObject({ state: 'problem', problem: { code: 'bad_address' } });
    expect(addon.fetch.requests).toEqual([]);
    expect(addon.call('status').address).toBe('https://precis.example.org');
  });

  test('are not kept when no service answers', () => {
    addon.fetch.answer = () => ({ status: 404, body: 'nothing here' });
    expect(save('https://other.example.org')).toMatchObject({ problem: { code: 'not_precis' } });
    expect(addon.call('status').address).toBe('https://precis.example.org');
  });
});

function headings() {
  const [heading] = [addon.document.tab.write('HEADING2', 'probe')];
  const HEADING2 = heading.getHeading();
  heading.parent?.children.pop();
  return { HEADING2 };
}
