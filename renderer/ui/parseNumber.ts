import { fail, ok, type Result } from '../../core/errors.ts';

export interface NumberRule {
  readonly label: string;
  readonly integer: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly exclusiveMin?: boolean | undefined;
  readonly exclusiveMax?: boolean | undefined;
  readonly nullable?: boolean;
}

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The number a person typed, or the sentence that says why it cannot be taken. A decimal comma is understood. */
export function parseNumber(text: string, rule: NumberRule): Result<number | null, string> {
  const trimmed = text.trim();
  if (trimmed === '')
    return rule.nullable === true
      ? ok(null)
      : fail(`${rule.label} needs a ${rule.integer ? 'whole number' : 'number'}.`);
  const plain = /^[^,.]*,[^,.]*$/.test(trimmed) && !rule.integer ? trimmed.replace(',', '.') : trimmed;
  const value = PLAIN.test(plain) ? Number(plain) : Number.NaN;
  if (!Number.isFinite(value)) return fail(`“${trimmed}” is not a number.`);
  if (rule.integer && !Number.isSafeInteger(value))
    return fail(`${rule.label} must be a whole number, not ${trimmed}.`);
  if (rule.min !== undefined && (value < rule.min || (rule.exclusiveMin === true && value === rule.min)))
    return fail(`${rule.label} must be ${rule.exclusiveMin === true ? 'more than' : 'at least'} ${rule.min}.`);
  if (rule.max !== undefined && (value > rule.max || (rule.exclusiveMax === true && value === rule.max)))
    return fail(`${rule.label} must be ${rule.exclusiveMax === true ? 'less than' : 'at most'} ${rule.max}.`);
  return ok(value);
}
