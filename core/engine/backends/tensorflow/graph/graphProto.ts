import protobuf from 'protobufjs';

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const attributes: protobuf.IMapField = { keyType: 'string', type: 'AttrValue', id: 5 };

/**
 * The part of TensorFlow's `saved_model.proto`, `meta_graph.proto`, `graph.proto`, `node_def.proto`, `attr_value.proto`, `tensor.proto` and
 * `versions.proto` that a graph without variables on disk needs, with their field numbers
 * (https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/framework).
 */
const root = protobuf.Root.fromJSON({
  nested: {
    tensorflow: {
      nested: {
        SavedModel: {
          fields: { savedModelSchemaVersion: { type: 'int64', id: 1 }, metaGraphs: repeated('MetaGraphDef', 2) },
        },
        MetaGraphDef: {
          fields: { metaInfoDef: { type: 'MetaInfoDef', id: 1 }, graphDef: { type: 'GraphDef', id: 2 } },
          nested: { MetaInfoDef: { fields: { tags: repeated('string', 4) } } },
        },
        GraphDef: { fields: { node: repeated('NodeDef', 1), versions: { type: 'VersionDef', id: 4 } } },
        VersionDef: { fields: { producer: { type: 'int32', id: 1 }, minConsumer: { type: 'int32', id: 2 } } },
        NodeDef: {
          fields: {
            name: { type: 'string', id: 1 },
            op: { type: 'string', id: 2 },
            input: repeated('string', 3),
            attr: attributes,
          },
        },
        AttrValue: {
          oneofs: { value: { oneof: ['list', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor'] } },
          fields: {
            list: { type: 'ListValue', id: 1 },
            s: { type: 'bytes', id: 2 },
            i: { type: 'int64', id: 3 },
            f: { type: 'float', id: 4 },
            b: { type: 'bool', id: 5 },
            type: { type: 'int32', id: 6 },
            shape: { type: 'TensorShapeProto', id: 7 },
            tensor: { type: 'TensorProto', id: 8 },
          },
          nested: {
            ListValue: { fields: { i: repeated('int64', 3), f: repeated('float', 4), b: repeated('bool', 5) } },
          },
        },
        TensorShapeProto: {
          fields: { dim: repeated('Dim', 2) },
          nested: { Dim: { fields: { size: { type: 'int64', id: 1 } } } },
        },
        TensorProto: {
          fields: {
            dtype: { type: 'int32', id: 1 },
            tensorShape: { type: 'TensorShapeProto', id: 2 },
            tensorContent: { type: 'bytes', id: 4 },
          },
        },
      },
    },
  },
});

export const SavedModelMessage = root.lookupType('tensorflow.SavedModel');
