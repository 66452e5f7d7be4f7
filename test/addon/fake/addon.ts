import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { buildAddon } from '../../../addon/build.js';
import type { Calls } from '../../../addon/contract.js';
import { root } from '../../built.js';
import { FakeDocument } from './document.js';
import { ElementType, GlyphType, ParagraphHeading } from './elements.js';
import { FakeFetch, FakeHtml, FakeProperties, Utilities } from './services.js';

/** Builds what `clasp push` sends into a folder of its own. */
export async function build(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'precis-addon-'));
  await buildAddon(root, folder);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

const SCOPE = 'https://www.googleapis.com/auth/';

/** The built add-on in a document: `Code.js` among fakes of the services that it uses. */
export class FakeAddon {
  readonly document = new FakeDocument();
  readonly user = new FakeProperties();
  readonly properties = new FakeProperties();
  readonly fetch = new FakeFetch();
  readonly menu: [label: string, name: string][] = [];
  sidebar: { title: string; content: string } | null = null;
  /** Somebody else holds the lock of the document. */
  locked = false;
  /** Before the writer allowed anything there is nothing but menus (`AuthMode.NONE`). */
  allowed = true;
  readonly #scopes: string[];
  readonly #code: vm.Context;
  readonly #undo: (() => void)[] = [];

  constructor(folder: string, scopes?: string[]) {
    const manifest = JSON.parse(readFileSync(join(folder, 'appsscript.json'), 'utf8'));
    this.#scopes = scopes ?? manifest.oauthScopes;
    const needs = (scope: string, what: string) => {
      if (this.allowed && this.#scopes.includes(SCOPE + scope)) return;
      throw new Error(`You do not have permission to call ${what}.`);
    };
    const allowed = (what: string) => {
      if (!this.allowed) throw new Error(`You do not have permission to call ${what}.`);
    };
    const html = new FakeHtml(folder);
    const ui = {
      createAddonMenu: () => ({
        addItem: (label: string, name: string) => {
          this.menu.push([label, name]);
          return ui.createAddonMenuItems;
        },
      }),
      createAddonMenuItems: {
        addItem: (label: string, name: string) => {
          this.menu.push([label, name]);
          return ui.createAddonMenuItems;
        },
        addToUi: () => {},
      },
      showSidebar: (page: { title: string; content: string }) => {
        needs('script.container.ui', 'Ui.showSidebar');
        this.sidebar = { title: page.title, content: page.content };
      },
    };
    this.#code = vm.createContext({
      DocumentApp: {
        ElementType,
        ParagraphHeading,
        GlyphType,
        getUi: () => ui,
        getActiveDocument: () => {
          needs('documents.currentonly', 'DocumentApp.getActiveDocument');
          return this.document.api;
        },
      },
      PropertiesService: {
        getUserProperties: () => {
          allowed('PropertiesService.getUserProperties');
          return this.user;
        },
        getDocumentProperties: () => {
          allowed('PropertiesService.getDocumentProperties');
          return this.properties;
        },
      },
      UrlFetchApp: {
        fetch: (url: string, options: { [name: string]: unknown }) => {
          needs('script.external_request', 'UrlFetchApp.fetch');
          return this.fetch.fetch(url, options);
        },
      },
      LockService: {
        getDocumentLock: () => ({ tryLock: () => !this.locked, releaseLock: () => {} }),
      },
      HtmlService: html,
      Utilities,
    });
    vm.runInContext(readFileSync(join(folder, 'Code.js'), 'utf8'), this.#code);
  }

  /** As `google.script.run` does: only JSON passes, and every call is one step of the undo history. */
  call<K extends keyof Calls>(name: K, ...given: Parameters<Calls[K]>): ReturnType<Calls[K]> {
    this.#undo.push(this.document.save());
    const json = JSON.stringify(this.run(name, JSON.parse(JSON.stringify(given))[0]));
    return JSON.parse(json);
  }

  /** Runs a function by its name, as a menu does. */
  run(name: string, argument?: unknown): unknown {
    const found: unknown = this.#code[name];
    if (typeof found !== 'function') throw new Error(`Script function not found: ${name}`);
    return found(argument);
  }

  /** Ctrl+Z after the last call. */
  undo(): void {
    this.#undo.pop()?.();
  }
}
