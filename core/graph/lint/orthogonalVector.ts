import { findLayer, INITIALIZERS, type ParamDescriptors } from '../../catalogue/index.ts';
import { formatShape } from '../../tensor/index.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

const SUFFIX = 'Initializer';

/** A bias or scale that starts as an orthogonal matrix: it is a vector, and Keras refuses to make it. */
export const orthogonalVector = defineRule({
  name: 'orthogonal-vector',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const { params, weights = [] } = inferred.get(id) ?? {};
      if (node === undefined || params === undefined) continue;
      for (const [param, value] of Object.entries(params)) {
        if (!param.endsWith(SUFFIX) || !isOrthogonal(value)) continue;
        // `movingMeanInitializer` is how `moving_mean` starts, and `biasInitializer` how `query/bias` does.
        const kind = param.slice(0, -SUFFIX.length).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        const vector = weights.find(({ name, shape }) => shape.length < 2 && name.split('/').at(-1) === kind);
        const descriptors: ParamDescriptors = findLayer(node.type)?.params ?? {};
        const descriptor = descriptors[param];
        if (vector === undefined || descriptor?.kind !== 'initializer') continue;
        const usual = INITIALIZERS[descriptor.default.name].label.toLowerCase();
        yield {
          code: 'orthogonal-vector',
          severity: 'error',
          title: 'Orthogonal needs a matrix',
          message: `“${descriptor.label}” of ${say(node)} is orthogonal, but ${vector.name} is a vector of ${formatShape(vector.shape)}. Only a matrix can be orthogonal, and Keras refuses to start it so. Start it with ${usual}.`,
          nodeId: id,
          param,
          fixes: [setParam(`Start it with ${usual}`, id, param, { ...descriptor.default })],
        };
      }
    }
  },
});

const isOrthogonal = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'name' in value && value.name === 'orthogonal';
