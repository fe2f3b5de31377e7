import { ACTIVATIONS, type KerasArg, kerasConfigValue } from '../../../catalogue/index.ts';
import type { LayerNode } from '../../../document/index.ts';
import { formulasIn, isFormula } from '../../../expressions/index.ts';
import type { NetworkLayer } from '../../../graph/index.ts';
import { type JsonValue, sameJson } from '../../../json.ts';
import { type Python, tuple } from '../../python/expression.ts';
import { literal } from '../../python/literals.ts';
import { snakeCase } from '../../python/names.ts';
import { argumentValue, SIZES } from '../arguments.ts';
import { sameArgument } from '../sameArgument.ts';
import { type FormulaWriter, nameAlone } from './formulas.ts';
import { NotOneFunction, type Place } from './place.ts';

/** A layer of a graph with what it is in each place, and one argument of its Keras call there. */
export interface ArgumentInPlaces {
  readonly node: LayerNode;
  readonly layers: readonly NetworkLayer[];
  readonly name: string;
  readonly values: readonly KerasArg[];
}

/**
 * An argument as the function of a definition writes it: with the formula that its parameter holds where that is what the argument comes to in
 * every place, else as the value that it has in all of them.
 * @returns the argument, and whether it follows from a formula
 * @throws NotOneFunction where it differs from place to place in another way
 */
export function argumentIn(
  place: Place,
  argument: ArgumentInPlaces,
  formulas: FormulaWriter,
): { readonly python: Python; readonly follows: boolean } {
  const [first] = argument.values;
  const constant = argument.values.every((value) => sameArgument(value, first));
  const held = Object.entries(argument.node.params).filter(([, raw]) => formulasIn(raw).length > 0);
  const named = held.filter(([param]) => snakeCase(param) === argument.name);
  for (const [param, raw] of constant ? named : [...named, ...held]) {
    const python = fromParameter(place, argument, param, raw, formulas);
    if (python !== null) return { python, follows: true };
  }
  if (!constant || first === undefined) throw new NotOneFunction();
  return { python: argumentValue(argument.name, first), follows: false };
}

/** The argument by way of one parameter of the layer; null where it is not the same everywhere. */
function fromParameter(
  place: Place,
  { layers, name, values }: ArgumentInPlaces,
  param: string,
  raw: JsonValue,
  formulas: FormulaWriter,
): Python | null {
  const results = layers.map(({ params }) => params[param] as JsonValue);
  if (isFormula(raw)) {
    const same = results.every((result, i) => sameValue(result, values[i] as KerasArg));
    if (!same) return null;
    const handedOn = results.some((result, i) => !sameArgument(result, values[i]));
    // What Keras calls otherwise can be handed on alone.
    if (handedOn && nameAlone(raw) === null) throw new NotOneFunction();
    return formulas.write(raw, place, results);
  }
  if (!Array.isArray(raw) || !raw.every((item: JsonValue) => isFormula(item) || typeof item !== 'object')) return null;
  if (!results.every((result, i) => sameJson(result, kerasConfigValue(values[i] as KerasArg)))) return null;
  const items = raw.map((item: JsonValue, index) =>
    isFormula(item)
      ? formulas.write(
          item,
          place,
          results.map((result) => (result as readonly JsonValue[])[index]),
        )
      : literal(item),
  );
  const [only] = items;
  const alike = SIZES.has(name) && raw.every((item) => item === raw[0]);
  return alike && only !== undefined ? only : tuple(items);
}

/** Whether a parameter's value is what Keras is given, be it by another name. */
function sameValue(value: JsonValue, argument: KerasArg): boolean {
  if (sameArgument(value, argument)) return true;
  if (typeof value === 'string')
    return Object.hasOwn(ACTIVATIONS, value) && ACTIVATIONS[value as keyof typeof ACTIVATIONS].keras === argument;
  return (
    typeof argument === 'object' &&
    argument !== null &&
    '$initializer' in argument &&
    sameJson(argument.$initializer, value)
  );
}
