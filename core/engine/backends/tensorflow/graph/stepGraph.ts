import type { Draw, StepValues } from '../../../train/step/perStep.ts';
import type { Attr, NativeBackend } from '../kernels/native.ts';
import { GraphWriter } from './graphWriter.ts';
import type { RecordedOperation, Recording } from './recorder.ts';

/** Constants up to this many bytes are written into the graph, where TensorFlow can compute with them ahead; larger ones become variables. */
const SMALL = 4096;

/** A number drawn anew for every step. */
export interface Feed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly draw: Draw;
  /** What was drawn when the step was recorded. */
  readonly recorded: StepValues;
}

interface Step {
  readonly feeds: readonly Feed[];
  readonly feedNames: string;
  readonly result: string;
}

interface CellShape {
  readonly shape: readonly number[];
  readonly resource: number | null;
}

/** What one recorded step has done to a cell so far, for the order of operations on it. */
interface Use {
  /** Names by which values read from the cell are known. */
  readonly values: Set<string>;
  /** Nodes that must come before its next change. */
  before: string[];
  /** Its last change. */
  changed: string | null;
}

/**
 * The graph of recorded steps. Each cell is a resource variable that all steps share, each number drawn anew a placeholder. Reads and
 * changes of a cell keep their recorded order by control dependencies; a change also waits for whoever still computes with the old value,
 * since TensorFlow would otherwise copy it.
 */
export class StepGraph {
  private readonly native: NativeBackend;
  private readonly graph: GraphWriter;
  private readonly cells: readonly CellShape[];
  private readonly steps: Step[] = [];
  /** Large tensors from outside, by number: they are variables too. The numbers are copies of our own. */
  private readonly large = new Map<number, { readonly name: string; readonly copy: number }>();

  constructor(native: NativeBackend, cells: readonly CellShape[]) {
    this.native = native;
    this.graph = new GraphWriter(native.binding);
    this.cells = cells;
    cells.forEach(({ shape }, k) => {
      this.variable(`cell${k}`, native.binding.TF_FLOAT, shape);
    });
  }

  /** Adds a step. `starts` and `ends` are the numbers of the cells' tensors before and after. */
  addStep({ operations, made, result }: Recording, starts: readonly number[], ends: readonly number[]): void {
    const { graph } = this;
    const prefix = `step${this.steps.length}`;
    const names = new Map<number, string>();
    const feeds: Feed[] = [];
    const uses = this.cells.map((): Use => ({ values: new Set(), before: [], changed: null }));
    const resources = new Map(this.cells.map(({ resource }, k) => [resource, k]));

    // All reads come first: a tensor keeps its old value even when it is used after the cell has changed.
    const used = new Set([result, ...ends, ...operations.flatMap(({ inputs }) => inputs)]);
    starts.forEach((id, k) => {
      if (!used.has(id) || names.has(id)) return;
      const use = uses[k] as Use;
      const read = graph.add(`${prefix}/read${k}`, 'ReadVariableOp', [this.float('dtype')], [`cell${k}`]);
      use.values.add(read);
      use.before.push(read);
      names.set(id, read);
    });
    const enter = (id: number): string => {
      const values = made.get(id);
      const name = `${prefix}/in${names.size}`;
      if (!values) return this.outside(id, name);
      const { shape, dtype, draw } = values;
      if (!draw) return graph.constant(name, dtype, shape, values.values);
      feeds.push({ name, shape, dtype, draw, recorded: values.values as StepValues });
      return graph.placeholder(name, dtype, shape);
    };
    const nameOf = (id: number): string => {
      const known = names.get(id) ?? enter(id);
      names.set(id, known);
      return known;
    };
    const changes: string[] = [];

    operations.forEach((operation, i) => {
      const cell = resources.get(operation.inputs[0] ?? null);
      const touched = operation.inputs.flatMap((id) => resources.get(id) ?? []);
      if (cell !== undefined && assignsItself(operation, cell, starts, uses)) return;
      const reads = operation.name === 'ReadVariableOp';
      const data = operation.inputs.map((id) => {
        const k = resources.get(id);
        return k === undefined ? nameOf(id) : `cell${k}`;
      });
      const after = touched.flatMap((k) => {
        const use = uses[k] as Use;
        return reads ? (use.changed ?? []) : use.before;
      });
      const node = graph.add(`${prefix}/op${i}`, operation.name, operation.attrs, data, after);
      operation.outputs.forEach((id, output) => {
        names.set(id, output === 0 ? node : `${node}:${output}`);
      });
      for (const use of uses) if (data.some((name) => use.values.has(name))) use.before.push(node);
      for (const k of touched) {
        const use = uses[k] as Use;
        if (reads) {
          use.values.add(node);
          use.before.push(node);
        } else {
          use.changed = node;
          use.before = [node];
          use.values.clear();
          changes.push(node);
        }
      }
    });

    // What a cell holds in the end and its resource does not: an assignment of TensorFlow.js's.
    ends.forEach((id, k) => {
      const use = uses[k] as Use;
      if (id === starts[k] && use.changed === null) return;
      const value = nameOf(id);
      if (use.values.has(value)) return;
      changes.push(
        graph.add(`${prefix}/assign${k}`, 'AssignVariableOp', [this.float('dtype')], [`cell${k}`, value], use.before),
      );
    });
    const fetch = graph.add(`${prefix}/result`, 'Identity', [this.float('T')], [nameOf(result)], changes);
    this.steps.push({ feeds, feedNames: feeds.map(({ name }) => `${name}:0`).join(), result: `${fetch}:0` });
  }

  /** The graph as the bytes of a `saved_model.pb`. Call once, when all steps are in. */
  encode(tag: string): Uint8Array {
    const { graph } = this;
    const names = [...this.cells.keys()].map((k) => `cell${k}`);
    const assigned = [...names, ...[...this.large.values()].map(({ name }) => name)].map((name) => `${name}/assign`);
    graph.constant('zero', this.native.binding.TF_FLOAT, [], new Float32Array(1));
    graph.add('initialised', 'Identity', [this.float('T')], ['zero'], assigned);
    for (const name of names) graph.add(`${name}/now`, 'ReadVariableOp', [this.float('dtype')], [name]);
    return graph.encode(tag);
  }

  /** What to run once before the first step: feeds, by name, that fill the cells and other variables. */
  initialisation(values: readonly number[]): { names: readonly string[]; ids: readonly number[]; done: string } {
    const large = [...this.large.values()];
    const names = [...this.cells.keys()].map((k) => `cell${k}/value:0`);
    return {
      names: [...names, ...large.map(({ name }) => `${name}/value:0`)],
      ids: [...values, ...large.map(({ copy }) => copy)],
      done: 'initialised:0',
    };
  }

  get stepCount(): number {
    return this.steps.length;
  }

  stepAt(which: number): Step {
    const step = this.steps[which];
    if (!step) throw new Error(`No step ${which} was recorded`);
    return step;
  }

  /** Names of all cells' values, in order. */
  state(): string {
    return [...this.cells.keys()].map((k) => `cell${k}/now:0`).join();
  }

  /** Lets go of large tensors, which the session has now. */
  release(): void {
    for (const { copy } of this.large.values()) this.native.binding.deleteTensor(copy);
    this.large.clear();
  }

  /** A tensor that was there before: the whole dataset, a number that an optimiser keeps. */
  private outside(id: number, name: string): string {
    const { binding } = this.native;
    const known = this.large.get(id);
    if (known) return `${known.name}/read`;
    const [copy] = binding.executeOp('Identity', [], [id], 1);
    if (!copy) throw new Error(`No tensor ${id}`);
    const size = copy.shape.reduce((a, b) => a * b, 4);
    if (size <= SMALL) {
      const values = binding.tensorDataSync(copy.id);
      binding.deleteTensor(copy.id);
      return this.graph.constant(name, copy.dtype, copy.shape, values);
    }
    const variable = `data${this.large.size}`;
    this.variable(variable, copy.dtype, copy.shape);
    this.large.set(id, { name: variable, copy: copy.id });
    return this.graph.add(`${variable}/read`, 'ReadVariableOp', [this.graph.type('dtype', copy.dtype)], [variable]);
  }

  private variable(name: string, dtype: number, shape: readonly number[]): void {
    const { graph } = this;
    const type = graph.type('dtype', dtype);
    graph.add(name, 'VarHandleOp', [type, graph.shape('shape', shape), this.text('shared_name', name)], []);
    graph.placeholder(`${name}/value`, dtype, shape);
    graph.add(`${name}/assign`, 'AssignVariableOp', [type], [name, `${name}/value`]);
  }

  private float(name: string): Attr {
    return this.graph.type(name, this.native.binding.TF_FLOAT);
  }

  private text(name: string, value: string): Attr {
    return { name, type: this.native.binding.TF_ATTR_STRING, value };
  }
}

/** An optimiser hands its resource the weight that TensorFlow.js holds; in the graph that is the resource itself. */
function assignsItself(
  { name, inputs }: RecordedOperation,
  cell: number,
  starts: readonly number[],
  uses: readonly Use[],
): boolean {
  return name === 'AssignVariableOp' && inputs[1] === starts[cell] && uses[cell]?.changed === null;
}
