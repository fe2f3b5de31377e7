import { CONSTRAINTS } from './constraints.ts';
import { INITIALIZERS } from './initializers.ts';
import type { ParamDescriptor } from './params.ts';

/** What a parameter accepts, in words that end a sentence: "a whole number of at least 1". */
export function expectation(descriptor: ParamDescriptor): string {
  switch (descriptor.kind) {
    case 'int':
      return `a whole number${range(descriptor)}${orNull(descriptor)}`;
    case 'float':
      return `a number${range(descriptor)}${orNull(descriptor)}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${descriptor.options.map((option) => option.value).join(', ')}`;
    case 'ints': {
      const { boxes } = descriptor;
      const count =
        boxes.length === 1 ? 'a list of one whole number' : `${boxes.length} whole numbers (${boxes.join(', ')})`;
      return `${count}${boxes.length === 1 ? '' : ', each'}${range(descriptor)}${orNull(descriptor)}`;
    }
    case 'shape':
      return `a list of at most ${descriptor.maxRank ?? 8} whole numbers, each of at least ${descriptor.min}`;
    case 'text':
      return 'text';
    case 'initializer':
      return `an initialiser with finite numbers (${Object.keys(INITIALIZERS).join(', ')})`;
    case 'regularizer':
      return 'none, or l1 and l2 factors of at least 0';
    case 'constraint':
      return `none, or a constraint with finite numbers (${Object.keys(CONSTRAINTS).join(', ')})`;
  }
}

function range(bounds: { min?: number; max?: number; exclusiveMin?: boolean; exclusiveMax?: boolean }): string {
  const { min, max, exclusiveMin = false, exclusiveMax = false } = bounds;
  if (min !== undefined && max !== undefined && !exclusiveMin && !exclusiveMax) return ` from ${min} to ${max}`;
  const low = min === undefined ? '' : exclusiveMin ? ` above ${min}` : ` of at least ${min}`;
  const high = max === undefined ? '' : exclusiveMax ? ` below ${max}` : ` of at most ${max}`;
  return low !== '' && high !== '' ? `${low} and${high}` : `${low}${high}`;
}

function orNull({ nullLabel }: { nullLabel?: string }): string {
  return nullLabel === undefined ? '' : `, or null (${nullLabel})`;
}
