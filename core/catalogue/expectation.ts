import { basicExpectation } from '../params/index.ts';
import { CONSTRAINTS } from './constraints.ts';
import { INITIALIZERS } from './initializers.ts';
import type { ParamDescriptor } from './params.ts';

/** What a parameter accepts, in words that end a sentence: "a whole number of at least 1". */
export function expectation(descriptor: ParamDescriptor): string {
  switch (descriptor.kind) {
    case 'initializer':
      return `an initialiser with finite numbers (${Object.keys(INITIALIZERS).join(', ')})`;
    case 'regularizer':
      return 'none, or l1 and l2 factors of at least 0';
    case 'constraint':
      return `none, or a constraint with finite numbers (${Object.keys(CONSTRAINTS).join(', ')})`;
    default:
      return basicExpectation(descriptor);
  }
}
