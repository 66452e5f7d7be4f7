import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * The package is built for Node: it reads its model from a path, asks where its own file lies, and makes
 * functions from strings, which the page's policy forbids. Each place is replaced by what Emscripten
 * itself writes with DYNAMIC_EXECUTION=0, or by nothing.
 */
const REPLACED: [what: string, pattern: RegExp, by: string][] = [
  ['file system', /var fs = require\('fs'\);/, 'var fs = {};'],
  ['model file', /fs__namespace\.readFileSync\(url\)\);\s*string_view/, 'url);\nstring_view'],
  ['own address', /var _scriptDir = \(typeof document[^\n]*\n/, 'var _scriptDir = "";\n'],
  [
    'set-up for Node',
    /if\(ENVIRONMENT_IS_NODE\)\{const\{createRequire[\s\S]*?\}else if\(ENVIRONMENT_IS_WEB\|\|ENVIRONMENT_IS_WORKER\)\{/,
    'if(ENVIRONMENT_IS_WEB||ENVIRONMENT_IS_WORKER){',
  ],
  [
    'named functions',
    /function createNamedFunction\(name,body\)\{[\s\S]*?\}(?=function extendError\()/,
    'function createNamedFunction(name,body){return function(){return body.apply(this,arguments)}}',
  ],
  [
    'invokers',
    /function craftInvokerFunction\([\s\S]*?\}(?=function __embind_register_class_constructor\()/,
    `function craftInvokerFunction(name, types, classType, invoker, target) {
      var method = types[1] !== null && classType !== null;
      var stacked = types.slice(1).some((type) => type !== null && type.destructorFunction === undefined);
      var given = types.slice(2);
      var wiredTypes = method ? types.slice(1) : given;
      return function (...args) {
        if (args.length !== given.length) {
          throwBindingError('function ' + name + ' takes ' + given.length + ' arguments, not ' + args.length);
        }
        var destructors = stacked ? [] : null;
        var values = method ? [this, ...args] : args;
        var wired = wiredTypes.map((type, at) => type.toWireType(destructors, values[at]));
        var result = invoker(target, ...wired);
        if (stacked) runDestructors(destructors);
        else wiredTypes.forEach((type, at) => {
          if (type.destructorFunction !== null) type.destructorFunction(wired[at]);
        });
        return types[0].name === 'void' ? undefined : types[0].fromWireType(result);
      };
    }`,
  ],
];

/** The variant of this package for browsers needs a document, which a worker has not. */
const withoutDocument = (): Plugin => ({
  name: 'without-document',
  enforce: 'pre',
  resolveId: (id) =>
    id === 'decode-named-character-reference' ? fileURLToPath(import.meta.resolve(id)) : null,
});

/** The build fails when the package is another than it was. */
const sentencepieceInBrowsers = (): Plugin => ({
  name: 'sentencepiece-in-browsers',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/sentencepiece-js/dist/index.js')) return null;
    let fitted = code;
    for (const [what, pattern, by] of REPLACED) {
      if (!pattern.test(fitted)) this.error(`sentencepiece-js has no ${what} as it had`);
      fitted = fitted.replace(pattern, () => by);
    }
    return { code: fitted, map: null };
  },
});

/** Makes the libraries that the model needs fit for a browser's worker. */
export const deviceLibraries = (): Plugin[] => [sentencepieceInBrowsers(), withoutDocument()];
