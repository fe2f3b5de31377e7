import type { Attr, Binding } from '../kernels/native.ts';
import { SavedModelMessage } from './graphProto.ts';

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, object>>;
}

const shapeProto = (shape: readonly number[]) => ({ dim: shape.map((size) => ({ size })) });

/** Builds a TensorFlow graph node by node. A tensor is named `node` or `node:output`, a control dependency `^node`. */
export class GraphWriter {
  private readonly nodes: Node[] = [];
  private readonly binding: Binding;

  constructor(binding: Binding) {
    this.binding = binding;
  }

  add(name: string, op: string, attrs: readonly Attr[], data: readonly string[], after: Iterable<string> = []): string {
    const attr = Object.fromEntries(attrs.map((one) => [one.name, this.attrValue(one)]));
    const control = [...new Set(after)].map((node) => `^${node}`);
    this.nodes.push({ name, op, input: [...data, ...control], attr });
    return name;
  }

  placeholder(name: string, dtype: number, shape: readonly number[]): string {
    return this.add(name, 'Placeholder', [this.type('dtype', dtype), this.shape('shape', shape)], []);
  }

  /** `values` hold the tensor's bytes as TensorFlow lays them out. */
  constant(
    name: string,
    dtype: number,
    shape: readonly number[],
    values: ArrayBufferView,
    after: Iterable<string> = [],
  ) {
    const tensorContent = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.add(name, 'Const', [this.type('dtype', dtype)], [], after);
    const node = this.nodes.at(-1) as { attr: Record<string, object> };
    node.attr.value = { tensor: { dtype, tensorShape: shapeProto(shape), tensorContent } };
    return name;
  }

  type(name: string, dtype: number): Attr {
    return { name, type: this.binding.TF_ATTR_TYPE, value: dtype };
  }

  shape(name: string, shape: readonly number[]): Attr {
    return { name, type: this.binding.TF_ATTR_SHAPE, value: shape };
  }

  /** The graph as the bytes of a `saved_model.pb`. */
  encode(tag: string): Uint8Array {
    const graphDef = { node: this.nodes, versions: { producer: GRAPH_VERSION } };
    const message = { savedModelSchemaVersion: 1, metaGraphs: [{ metaInfoDef: { tags: [tag] }, graphDef }] };
    return SavedModelMessage.encode(SavedModelMessage.fromObject(message)).finish();
  }

  private attrValue({ name, type, value }: Attr): object {
    const { binding } = this;
    const list = Array.isArray(value);
    switch (type) {
      case binding.TF_ATTR_STRING:
        return { s: new TextEncoder().encode(value as string) };
      case binding.TF_ATTR_INT:
        return list ? { list: { i: value } } : { i: value };
      case binding.TF_ATTR_FLOAT:
        return list ? { list: { f: value } } : { f: value };
      case binding.TF_ATTR_BOOL:
        return list ? { list: { b: value } } : { b: value };
      case binding.TF_ATTR_TYPE:
        return { type: value };
      case binding.TF_ATTR_SHAPE:
        return { shape: shapeProto(value as readonly number[]) };
      default:
        throw new Error(`The attribute ${name} is of a kind (${type}) that graphs are not written with`);
    }
  }
}

/** Version of TensorFlow's operations that graphs are written for (TF_GRAPH_DEF_VERSION); older than any installed library. */
const GRAPH_VERSION = 1205;
