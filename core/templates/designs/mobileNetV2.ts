import type { JsonObject } from '../../json.ts';
import {
  convBnAct,
  depthwiseSeparable,
  invertedResidual,
  invertedResidualChange,
  type Step,
} from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';
import { CLASSES, imageNetDocument, PICTURE, TAGS, WANTS } from './imageNet.ts';

const NORM = { momentum: 0.999, epsilon: 0.001 };
/** Filters, blocks and first stride of each stage behind the first, from Sandler et al. 2018 (arXiv:1801.04381), table 2. */
const STAGES = [
  [24, 2, 2],
  [32, 3, 2],
  [64, 4, 2],
  [96, 3, 1],
  [160, 3, 2],
  [320, 1, 1],
] as const;

/** 3,538,984 parameters, as `keras.applications.MobileNetV2` for 224×224; layer for layer the same. */
export const mobileNetV2 = defineTemplate({
  id: 'mobilenet-v2',
  title: 'MobileNetV2',
  description: `Inverted residuals for small devices, 3,538,984 parameters. ${WANTS}`,
  tags: [...TAGS, 'mobile', 'residual', 'blocks'],
  layers: 153,
  parameters: 3_538_984,
  create() {
    const change = invertedResidualChange.create();
    const same = invertedResidual.create();
    const unit = (name: string, values: JsonObject): Step => ({
      block: convBnAct.create(),
      values: { activation: 'relu6', ...NORM, ...values },
      name,
    });
    const stages = STAGES.flatMap(([filters, blocks, stride], i): Step[] => {
      const inputFilters = STAGES[i - 1]?.[0] ?? 16;
      const name = `stage${i + 2}`;
      const first = { block: change, values: { inputFilters, filters, stride, ...NORM }, name: `${name}_first` };
      return blocks === 1 ? [first] : [first, { block: same, values: { filters, ...NORM }, repeat: blocks - 1, name }];
    });
    return imageNetDocument(
      'MobileNetV2',
      [
        PICTURE,
        unit('stem', { filters: 32, stride: 2 }),
        {
          block: depthwiseSeparable.create(),
          values: { filters: 16, activation: 'relu6', outputActivation: 'linear', ...NORM },
          name: 'stage1',
        },
        ...stages,
        unit('top', { filters: 1280, kernelSize: 1 }),
        ['GlobalAveragePool2D'],
        ...CLASSES,
      ],
      { learningRate: 0.045, epochs: 300, weightDecay: 0.00004 },
    );
  },
});
