import {
  ACTIVATION_OPTIONS,
  expectation,
  INITIALIZERS,
  type ParamDescriptor,
  paramSchema,
} from '../catalogue/index.ts';
import { BLOCK_PARAMETER_KINDS, type BlockParameter, type BlockParameterKind, type Graph } from '../document/index.ts';
import { type JsonValue, sameJson } from '../json.ts';

/** What a parameter is: what its definition says, or else what its default looks like. Null: any JSON value, such as a list. */
export function kindOfParameter({ kind, options, default: usual }: BlockParameter): BlockParameterKind | 'text' | null {
  const declared = BLOCK_PARAMETER_KINDS.find((one) => one === kind);
  if (declared !== undefined) return declared === 'choice' && (options ?? []).length === 0 ? 'text' : declared;
  switch (typeof usual) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'flag';
    case 'string':
      return options === undefined || options.length === 0 ? 'text' : 'choice';
    default:
      return null;
  }
}

const descriptors = new WeakMap<BlockParameter, ParamDescriptor | null>();

/** A parameter of a block as forms, checks and pages know parameters; null for one that may be any JSON value. */
export function describeParameter(name: string, parameter: BlockParameter): ParamDescriptor | null {
  const known = descriptors.get(parameter);
  if (known !== undefined) return known;
  const made = describe(name, parameter);
  descriptors.set(parameter, made);
  return made;
}

function describe(name: string, parameter: BlockParameter): ParamDescriptor | null {
  const { default: usual, min, max, options = [] } = parameter;
  const common = { label: parameter.label ?? labelOf(name), help: parameter.help ?? '' };
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  switch (kindOfParameter(parameter)) {
    case 'integer':
      return { ...common, kind: 'int', ...bounds, default: typeof usual === 'number' ? usual : 0 };
    case 'number':
      return { ...common, kind: 'float', ...bounds, default: typeof usual === 'number' ? usual : 0 };
    case 'flag':
      return { ...common, kind: 'boolean', default: usual === true };
    case 'choice':
      return {
        ...common,
        kind: 'choice',
        options: options.map((value) => ({ value, label: value })),
        default: String(usual),
      };
    case 'activation':
      return { ...common, kind: 'choice', options: ACTIVATION_OPTIONS, default: String(usual) };
    case 'initializer':
      return { ...common, kind: 'initializer', default: INITIALIZERS.glorotUniform.default };
    case 'text':
      return { ...common, kind: 'text', default: String(usual) };
    case null:
      return null;
  }
}

/** `kernel_size` and `kernelSize` read as “Kernel size”. */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1).toLowerCase();
}

/** What a value should be instead, in words that end a sentence; null where the parameter takes it. */
export function refusesValue(name: string, parameter: BlockParameter, value: JsonValue): string | null {
  const descriptor = describeParameter(name, parameter);
  if (descriptor === null || paramSchema(descriptor).safeParse(value).success) return null;
  return expectation(descriptor);
}

/** The names of a definition's parameters, in their order. */
export function parameterNames({ parameters = {} }: Pick<Graph, 'parameters'>): readonly string[] {
  const place = (name: string) => parameters[name]?.order ?? Number.POSITIVE_INFINITY;
  return Object.keys(parameters).sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** Values of a definition's parameters for one use, and those that are not what the parameter takes. */
export interface CheckedValues {
  /** By name: what the use gives, else, and where that cannot be taken, the default. */
  readonly values: ReadonlyMap<string, JsonValue>;
  /** What each value that cannot be taken should be, by name. */
  readonly refused: ReadonlyMap<string, { readonly value: JsonValue; readonly expected: string }>;
}

const checkedValues = new WeakMap<object, WeakMap<NonNullable<Graph['parameters']>, CheckedValues>>();

/** Holds what a use gives, with its formulas worked out, against the definition's parameters. The same objects give the same result. */
export function checkValues(
  { parameters = NO_PARAMETERS }: Graph,
  given: { readonly [name: string]: JsonValue },
): CheckedValues {
  const byParameters = checkedValues.get(given) ?? new WeakMap();
  checkedValues.set(given, byParameters);
  const known = byParameters.get(parameters);
  if (known !== undefined) return known;
  const values = new Map<string, JsonValue>();
  const refused = new Map<string, { value: JsonValue; expected: string }>();
  for (const [name, parameter] of Object.entries(parameters)) {
    const usual = parameter.default as JsonValue;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const expected = value === undefined || sameJson(value, usual) ? null : refusesValue(name, parameter, value);
    values.set(name, value === undefined || expected !== null ? usual : value);
    if (expected !== null && value !== undefined) refused.set(name, { value, expected });
  }
  const result = { values, refused };
  byParameters.set(parameters, result);
  return result;
}

const NO_PARAMETERS: NonNullable<Graph['parameters']> = {};
