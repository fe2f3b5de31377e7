import type { BasicParam } from './descriptors.ts';

/** What a parameter accepts, in words that end a sentence: "a whole number of at least 1". */
export function basicExpectation(descriptor: BasicParam): string {
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
    case 'entries':
      return `a list of at most 20 of ${Object.values(descriptor.of).map(withParams).join(', ')}`;
  }
}

function withParams({ name, params }: { name: string; params: { readonly [param: string]: BasicParam } }): string {
  const inside = Object.entries(params).map(([param, descriptor]) => `${param}: ${basicExpectation(descriptor)}`);
  return inside.length === 0 ? name : `${name} (${inside.join('; ')})`;
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
