import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const core = new URL('../../model/core/', import.meta.url);
const files = readdirSync(core, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'));
const parse = (name: string) =>
  ts.createSourceFile(
    name,
    readFileSync(new URL(name, core), 'utf8'),
    ts.ScriptTarget.ES2023,
    true,
  );

/** Everything a file imports, types and dynamic imports included. */
function imports(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const from =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node)
            ? node.argument
            : undefined;
    if (from) found.push(from.getText(file).replace(/['"]/g, ''));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Names of Node that a browser does not have. */
const NODE = new Set([
  'process',
  'Buffer',
  'require',
  'module',
  '__dirname',
  'global',
  'setImmediate',
]);

describe('model/core', () => {
  it.each(files)('%s imports its neighbours only', (name) => {
    for (const from of imports(parse(name))) {
      expect(from).toMatch(/^\.\.?\/[\w./-]+\.js$/);
      expect(new URL(from, new URL(name, core)).href.startsWith(core.href), from).toBe(true);
    }
  });

  it.each(files)('%s uses nothing that only Node has', (name) => {
    const used: string[] = [];
    const visit = (node: ts.Node) => {
      const property =
        node.parent && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
      if (ts.isIdentifier(node) && NODE.has(node.text) && !property) used.push(node.text);
      ts.forEachChild(node, visit);
    };
    visit(parse(name));
    expect(used).toEqual([]);
  });

  it('compiles without the types of Node or of the DOM', () => {
    const program = ts.createProgram({
      rootNames: [new URL('index.ts', core).pathname],
      options: {
        target: ts.ScriptTarget.ES2023,
        lib: ['lib.es2023.d.ts'],
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        noUncheckedIndexedAccess: true,
        types: [],
        noEmit: true,
      },
    });
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    // Everybody has abort signals: browsers, Node, Deno, Bun. They are part of no language library.
    const others = problems.filter((text) => !/AbortSignal/.test(String(text)));
    expect(others).toEqual([]);
  });
});
