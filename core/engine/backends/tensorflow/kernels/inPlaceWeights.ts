import * as tf from '@tensorflow/tfjs-core';
import type { InPlaceStep, InPlaceWeights, UpdateInPlace } from '../../../train/optimizers/inPlace.ts';
import type { FusedParts } from '../../../train/step/fusedParts.ts';
import { attributes, type NativeBackend } from './native.ts';

/** A name that gives every variable operation a variable of its own, freed with its handle (TensorFlow's kAnonymousName). */
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

const sgd: UpdateInPlace<{ readonly momentum: number; readonly nesterov: boolean }> = {
  kind: 'inPlace',
  create: (variables, slots, { momentum, nesterov }) =>
    new ResourceWeights(variables, slots, ({ weight, slot, id, constant, run }, gradient, { rate }) => {
      const [step, slope] = [id(rate), id(gradient)];
      if (momentum === 0) run('ResourceApplyGradientDescent', [weight, step, slope]);
      else run('ResourceApplyKerasMomentum', [weight, slot('momentum'), step, slope, constant(momentum)], nesterov);
    }),
};

const adam: UpdateInPlace<{ readonly beta1: number; readonly beta2: number; readonly epsilon: number }> = {
  kind: 'inPlace',
  create: (variables, slots, { beta1, beta2, epsilon }) =>
    new ResourceWeights(variables, slots, ({ weight, slot, id, constant, run }, gradient, { scalar }) =>
      // β₁ᵗ = β₂ᵗ = 0 switches the operation's own bias correction off: alpha holds it already.
      run('ResourceApplyAdam', [
        weight,
        slot('momentum'),
        slot('velocity'),
        constant(0),
        constant(0),
        id(scalar('alpha')),
        constant(beta1),
        constant(beta2),
        constant(epsilon),
        id(gradient),
      ]),
    ),
};

/**
 * Optimiser steps on TensorFlow's resource variables: one operation for a whole Adam step, where the composed one takes twelve and as
 * many passes over memory.
 */
export const UPDATES_IN_PLACE: FusedParts['updates'] = { sgd, adam, adamw: adam };

/** What an operation on a weight's resource is given; everything by its native number. */
interface Resources {
  readonly weight: number;
  /** A slot's resource, ready to be changed in place. */
  slot(name: string): number;
  id(tensor: tf.Tensor): number;
  /** A number that stays the same from step to step. */
  constant(value: number): number;
  run(operation: string, inputs: readonly number[], nesterov?: boolean): void;
}

type Operation = (resources: Resources, gradient: tf.Tensor, step: InPlaceStep) => void;

/** A resource variable. `tensor` shares its memory between updates. */
interface Slot {
  readonly handle: number;
  tensor: tf.Tensor | null;
}

interface Weight {
  readonly variable: tf.Variable;
  readonly handle: number;
  /** Number of the tensor that shares the resource's memory; another number in the variable means someone else wrote to it. */
  shared: number;
  readonly slots: ReadonlyMap<string, Slot>;
}

class ResourceWeights implements InPlaceWeights {
  private readonly native = tf.backend() as unknown as NativeBackend;
  private readonly weights: readonly Weight[];
  private readonly operation: Operation;
  /** Tensors of numbers that stay the same from step to step. */
  private readonly constants = new Map<number, number>();

  constructor(variables: readonly tf.Variable[], slots: readonly string[], operation: Operation) {
    this.operation = operation;
    this.weights = variables.map((variable) => ({
      variable,
      handle: this.createResource(variable.shape),
      shared: -1,
      slots: new Map(slots.map((name) => [name, this.createSlot(variable.shape)])),
    }));
  }

  update(index: number, gradient: tf.Tensor, step: InPlaceStep): void {
    const weight = this.weightAt(index);
    // Claimed before anything is read, so that the resources are alone with their memory.
    const slots = new Map([...weight.slots.keys()].map((name) => [name, this.claimSlot(weight, name)]));
    const resources: Resources = {
      weight: weight.handle,
      slot: (name) => slots.get(name) ?? this.slotAt(weight, name).handle,
      id: (tensor) => this.idOf(tensor),
      constant: (value) => this.constant(value),
      run: (operation, inputs, nesterov) => this.run(operation, inputs, nesterov),
    };
    this.change(weight, step.decay, () => this.operation(resources, gradient, step));
  }

  slot(index: number, name: string): tf.Tensor {
    const slot = this.slotAt(this.weightAt(index), name);
    slot.tensor ??= tf.keep(this.native.createOutputTensor(this.readResource(slot.handle)));
    return slot.tensor;
  }

  setSlot(index: number, name: string, value: tf.Tensor): void {
    const slot = this.slotAt(this.weightAt(index), name);
    slot.tensor?.dispose();
    slot.tensor = null;
    this.assign(slot.handle, this.idOf(value));
  }

  weightResource(index: number): number {
    return this.weightAt(index).handle;
  }

  slotResource(index: number, name: string): number {
    return this.slotAt(this.weightAt(index), name).handle;
  }

  dispose(): void {
    const { binding } = this.native;
    for (const { handle, slots } of this.weights) {
      binding.deleteTensor(handle);
      for (const slot of slots.values()) {
        slot.tensor?.dispose();
        binding.deleteTensor(slot.handle);
      }
    }
    for (const id of this.constants.values()) binding.deleteTensor(id);
  }

  /**
   * Runs operations that change a weight's resource, then shows the result in its TensorFlow.js variable. A resource that shares its
   * memory is copied before it is changed, so the variable lets go of it first, unless a clone (best weights, say) still needs it.
   */
  private change(weight: Weight, decay: tf.Tensor | null, operation: () => void): void {
    const { native } = this;
    const { variable, handle } = weight;
    const id = this.idOf(variable);
    if (id !== weight.shared) this.assign(handle, id);
    const lost = decay === null ? null : this.product(id, this.idOf(decay));
    const entry = native.tensorMap.get(variable.dataId);
    const alone = entry.refCount === 1;
    if (alone) {
      native.binding.deleteTensor(id);
      entry.id = -1;
    }
    if (lost !== null) {
      this.execute('AssignSubVariableOp', [attributes.float(native.binding, 'dtype')], [handle, lost], 0);
      native.binding.deleteTensor(lost);
    }
    operation();
    const output = this.readResource(handle);
    weight.shared = output.id;
    if (alone) entry.id = output.id;
    else {
      const fresh = native.createOutputTensor(output);
      variable.assign(fresh);
      fresh.dispose();
    }
  }

  /** A slot's resource, ready to be changed in place. */
  private claimSlot(weight: Weight, name: string): number {
    const slot = this.slotAt(weight, name);
    slot.tensor?.dispose();
    slot.tensor = null;
    return slot.handle;
  }

  private weightAt(index: number): Weight {
    const weight = this.weights[index];
    if (!weight) throw new Error(`No weight ${index}`);
    return weight;
  }

  private slotAt(weight: Weight, name: string): Slot {
    const slot = weight.slots.get(name);
    if (!slot) throw new Error(`No slot ${name}`);
    return slot;
  }

  private idOf(tensor: tf.Tensor): number {
    const [id] = this.native.getInputTensorIds([tensor]);
    if (id === undefined) throw new Error('A tensor without a number');
    return id;
  }

  private createSlot(shape: readonly number[]): Slot {
    const handle = this.createResource(shape);
    tf.tidy(() => this.assign(handle, this.idOf(tf.zeros([...shape]))));
    return { handle, tensor: null };
  }

  private createResource(shape: readonly number[]): number {
    const { binding } = this.native;
    const attrs = [
      attributes.float(binding, 'dtype'),
      { name: 'shape', type: binding.TF_ATTR_SHAPE, value: shape },
      attributes.text(binding, 'shared_name', ANONYMOUS),
    ];
    return this.output(binding.executeOp('VarHandleOp', attrs, [], 1)).id;
  }

  private assign(handle: number, value: number): void {
    this.execute('AssignVariableOp', [attributes.float(this.native.binding, 'dtype')], [handle, value], 0);
  }

  private readResource(handle: number) {
    return this.output(this.execute('ReadVariableOp', [attributes.float(this.native.binding, 'dtype')], [handle], 1));
  }

  private product(id: number, factor: number): number {
    const attrs = [attributes.float(this.native.binding)];
    return this.output(this.execute('Mul', attrs, [id, factor], 1)).id;
  }

  private run(name: string, inputs: readonly number[], nesterov?: boolean): void {
    const { binding } = this.native;
    const attrs = [attributes.float(binding)];
    if (nesterov) attrs.push(attributes.flag(binding, 'use_nesterov', true));
    this.execute(name, attrs, inputs, 0);
  }

  private execute(...call: Parameters<NativeBackend['binding']['executeOp']>) {
    return this.native.binding.executeOp(...call);
  }

  private output<T>([output]: readonly T[]): T {
    if (output === undefined) throw new Error('TensorFlow returned nothing');
    return output;
  }

  private constant(value: number): number {
    const known = this.constants.get(value);
    if (known !== undefined) return known;
    const id = this.scalar(value);
    this.constants.set(value, id);
    return id;
  }

  private scalar(value: number): number {
    const { binding } = this.native;
    return binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
  }
}
