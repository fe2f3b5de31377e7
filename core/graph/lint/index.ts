import { batchSize } from './batchSize.ts';
import { cycle } from './cycle.ts';
import { dataFields } from './dataFields.ts';
import type { Rule } from './defineRule.ts';
import { embeddingIndices } from './embeddingIndices.ts';
import { emptyNetwork } from './emptyNetwork.ts';
import { idleParams } from './idleParams.ts';
import { idleSchedule } from './idleSchedule.ts';
import { inference } from './inference.ts';
import { inputShape } from './inputShape.ts';
import { invalidParams } from './invalidParams.ts';
import { linearStack } from './linearStack.ts';
import { lossActivation } from './lossActivation.ts';
import { lossTarget } from './lossTarget.ts';
import { lossWeights } from './lossWeights.ts';
import { metricTarget } from './metricTarget.ts';
import { names } from './names.ts';
import { negativeVariance } from './negativeVariance.ts';
import { noData } from './noData.ts';
import { noInput } from './noInput.ts';
import { noOutput } from './noOutput.ts';
import { noWeights } from './noWeights.ts';
import { orthogonalVector } from './orthogonalVector.ts';
import { outputRank } from './outputRank.ts';
import { outputWidth } from './outputWidth.ts';
import { unconnected } from './unconnected.ts';
import { unknownLayer } from './unknownLayer.ts';
import { unknownSettings } from './unknownSettings.ts';
import { unreachable } from './unreachable.ts';
import { wires } from './wires.ts';

/** Every design rule, in the order their problems are listed within one severity and node. A new rule is one file and one line here. */
export const RULES: readonly Rule[] = [
  emptyNetwork,
  noInput,
  noOutput,
  unknownLayer,
  unknownSettings,
  invalidParams,
  wires,
  unconnected,
  cycle,
  inference,
  names,
  dataFields,
  inputShape,
  embeddingIndices,
  outputRank,
  outputWidth,
  lossTarget,
  lossActivation,
  metricTarget,
  lossWeights,
  negativeVariance,
  orthogonalVector,
  idleParams,
  noWeights,
  unreachable,
  linearStack,
  batchSize,
  idleSchedule,
  noData,
];
