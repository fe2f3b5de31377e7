import { defineBlock } from '../defineBlock.ts';
import { convNormParameters, filters, stride } from '../parameters.ts';
import { batchNorm, conv, relu, strided } from '../steps.ts';
import { drawResidual, RESIDUAL } from './residual.ts';

const SOURCE = { label: 'He et al. 2016 (identity mappings)', url: 'https://arxiv.org/abs/1603.05027' };

/** The pre-activation residual block whose input goes around unchanged. */
export const residualV2Identity = defineBlock({
  ...RESIDUAL,
  id: 'residual-v2-identity',
  title: 'Pre-activation residual, identity',
  doc: 'Batch norm and ReLU stand before each convolution and none behind the sum, so that nothing at all stands in the way around: very deep networks train better. The last of them wants batch norm and ReLU behind it.',
  source: SOURCE,
  parameters: { filters: filters(64, 'Channels that arrive, and that come out.'), ...convNormParameters },
  draw: (sketch) =>
    drawResidual(sketch, {
      branch: [
        batchNorm('bn1'),
        relu('relu1'),
        conv('conv1', '=filters', 3),
        batchNorm('bn2'),
        relu('relu2'),
        conv('conv2', '=filters', 3),
      ],
    }),
});

/** The pre-activation residual block that begins a stage. */
export const residualV2Projection = defineBlock({
  ...RESIDUAL,
  id: 'residual-v2-projection',
  title: 'Pre-activation residual, projection',
  doc: 'The pre-activation block that begins a stage: branch and 1×1 projection both read what batch norm and ReLU made of the input.',
  source: SOURCE,
  parameters: { filters: filters(64), stride: stride(2), ...convNormParameters },
  draw(sketch) {
    const from = sketch.input('in', { column: 0, row: 1 });
    const active = sketch.chain(from, { column: 1, row: 1 }, [batchNorm('bn1'), relu('relu1')]);
    const branch = sketch.chain(active, { column: 3, row: 1 }, [
      conv('conv1', '=filters', 3, strided),
      batchNorm('bn2'),
      relu('relu2'),
      conv('conv2', '=filters', 3),
    ]);
    const around = sketch.chain(active, { column: 4 }, [conv('project', '=filters', 1, strided)]);
    const sum = sketch.layer('Add', { column: 7, row: 1 }, [branch, around], {}, 'add');
    sketch.output('out', { column: 8, row: 1 }, sum);
  },
});
