export { evaluate, type Names } from './evaluate.ts';
export * from './expression.ts';
export * from './formula.ts';
export { isFunctionName, LONGEST_EXPRESSION, parseExpression } from './parse.ts';
