// dependency-cruiser and TypeDoc read TypeScript through the compiler's JavaScript interface, which TypeScript 7 does not have. Loaded
// before them (`node --import`), this gives them TypeScript 6 under the name `typescript`; everything else keeps the real one.
import Module, { register } from 'node:module';

const rename = (name) => name.replace(/^typescript(?=$|\/)/, '@typescript/typescript6');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolveFilename(rename(request), ...rest);
register(
  `data:text/javascript,${encodeURIComponent(
    `const rename = ${rename}; export const resolve = (name, context, next) => next(rename(name), context);`,
  )}`,
);
