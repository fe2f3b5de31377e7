import { ACTIVATIONS, isInitializer } from '../../../catalogue/index.ts';
import type { Graph } from '../../../document/index.ts';
import { type Expression, isFormula, namesIn, parseExpression } from '../../../expressions/index.ts';
import type { JsonValue } from '../../../json.ts';
import { atom, type Python } from '../../python/expression.ts';
import { pythonFormula, staysWhole } from '../../python/formula.ts';
import { literal, string } from '../../python/literals.ts';
import { initializerValue } from '../arguments.ts';
import { NotOneFunction, type Place } from './place.ts';

type Parameters = NonNullable<Graph['parameters']>;

/** What Keras calls a value of a block's parameter. */
export function parameterValue(kind: string | undefined, value: JsonValue): Python {
  if (kind === 'activation' && typeof value === 'string' && Object.hasOwn(ACTIVATIONS, value))
    return string(ACTIVATIONS[value as keyof typeof ACTIVATIONS].keras);
  if (kind === 'initializer' && isInitializer(value)) return initializerValue(value);
  return literal(value);
}

/** The name that a formula is, where it is nothing but a name. */
export function nameAlone(formula: string): string | null {
  const parsed = parseExpression(formula.slice(1));
  return parsed.ok && parsed.value.kind === 'name' ? parsed.value.name : null;
}

/** Writes formulas of one graph; remembers whether the program needs Python's `math`. */
export interface FormulaWriter {
  /**
   * A formula in Python.
   * @param results what it came to wherever it stands: whole numbers stay whole in Python
   */
  write(formula: string, place: Place, results: readonly unknown[]): Python;
  readonly math: boolean;
}

/** Makes one for a program. */
export function createFormulaWriter(): FormulaWriter {
  let math = false;
  return {
    get math() {
      return math;
    },
    write(formula, place, results) {
      const expression = read(formula, place.graph.parameters ?? {});
      const written = pythonFormula(expression, (name) => place.variable(name));
      math ||= written.math;
      const whole = results.every((result) => typeof result === 'number' && Number.isInteger(result));
      const isWhole = (name: string) => place.instances.every(({ scope }) => isWholeNumber(scope.get(name) ?? 0));
      return atom(whole && !staysWhole(expression, isWhole) ? `int(${written.text})` : written.text);
    },
  };
}

const isWholeNumber = (value: JsonValue): boolean => typeof value === 'number' && Number.isInteger(value);

/** Activations and initializers have other names in Keras: they can be handed on, not compared. */
function read(formula: string, parameters: Parameters): Expression {
  const parsed = parseExpression(formula.slice(1));
  if (!parsed.ok) throw new NotOneFunction();
  const renamed = (name: string) => {
    const kind = Object.hasOwn(parameters, name) ? parameters[name]?.kind : undefined;
    return kind === 'activation' || kind === 'initializer';
  };
  if (parsed.value.kind !== 'name' && namesIn(parsed.value).some(renamed)) throw new NotOneFunction();
  return parsed.value;
}

/** A value that holds no formula, or is one. */
export const isPlainOrFormula = (value: JsonValue): boolean =>
  isFormula(value) || typeof value !== 'object' || value === null;
