import type { ShapeParam } from '../../../core/catalogue/index.ts';
import { fail, ok, type Result } from '../../../core/errors.ts';

/** Reads `8, 8, 1`, `8 8 1` or `8×8×1`, or says why it cannot. */
export function parseShape(
  text: string,
  rule: Pick<ShapeParam, 'label' | 'min' | 'maxRank'>,
): Result<readonly number[], string> {
  const parts = text
    .trim()
    .replace(/^[[(]|[\])]$/g, '')
    .split(/[\s,;×x*]+/i)
    .filter((part) => part !== '');
  if (parts.length === 0) return fail(`${rule.label} needs whole numbers, such as 8, 8, 1.`);
  const odd = parts.find((part) => !/^-?\d{1,15}$/.test(part));
  if (odd !== undefined) return fail(`“${odd}” is not a whole number. Write the shape as 8, 8, 1.`);
  const numbers = parts.map(Number);
  const small = numbers.find((n) => n < rule.min);
  if (small !== undefined) return fail(`Each number must be at least ${rule.min}, and ${small} is not.`);
  if (rule.maxRank !== undefined && numbers.length > rule.maxRank)
    return fail(`${rule.label} takes at most ${rule.maxRank} numbers, not ${numbers.length}.`);
  return ok(numbers);
}
