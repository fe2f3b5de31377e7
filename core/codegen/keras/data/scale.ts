import type { DataSettings } from '../../../document/index.ts';
import { lines } from './dataCode.ts';

/** `scale(features, train)` for a matrix of numbers: statistics of the training samples only. No function for `none`. */
export function scaleCode(scaling: DataSettings['scaling']): string[][] {
  switch (scaling) {
    case 'none':
      return [];
    case 'standardise':
      return [
        lines(`def scale(features, train):
    """Mean 0 and variance 1, by the statistics of the training samples."""
    mean = features[train].mean(axis=0)
    deviation = features[train].std(axis=0)
    deviation[deviation == 0] = 1
    return ((features - mean) / deviation).astype("float32")`),
      ];
    case 'minmax':
      return [
        lines(`def scale(features, train):
    """From 0 to 1, by the range of the training samples."""
    low = features[train].min(axis=0)
    span = features[train].max(axis=0) - low
    span[span == 0] = 1
    return ((features - low) / span).astype("float32")`),
      ];
  }
}
