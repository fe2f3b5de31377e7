import { Dices, Eraser } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { toProblem } from '../../../core/errors.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { Button } from '../../ui/index.ts';
import { type SampleImage, SamplePicture } from '../../ui/sample/index.ts';
import { DrawingPad, type DrawingPadHandle, PAD_SIZE } from './DrawingPad.tsx';
import { downscale, toSourceRange } from './drawing.ts';
import { PredictionBars } from './PredictionBars.tsx';
import { takeSample } from './takeSample.ts';
import { usePrediction } from './usePrediction.ts';
import type { RunData } from './useRunData.ts';

/** Draw a picture and see what the network makes of it, as you draw. */
export function TryDrawing({ data, weights }: { readonly data: RunData; readonly weights: 'best' | 'last' }) {
  const pad = useRef<DrawingPadHandle>(null);
  const [image, setImage] = useState<SampleImage | null>(null);
  const [truth, setTruth] = useState<string | null>(null);
  const shape = data.description.summary.fields.find((field) => field.role === 'input')?.shape ?? [];
  const [height = 8, width = 8, channels = 1] = shape;
  const { pixelMaximum } = data.description;
  const input = useMemo(() => (image === null ? null : toSourceRange(image, pixelMaximum ?? 1)), [image, pixelMaximum]);
  const { prediction, problem } = usePrediction(data.runId, weights, input);

  const showSample = async (): Promise<void> => {
    try {
      const sample = await takeSample(data);
      if (!sample?.image) return;
      pad.current?.show(sample.image);
      setImage(sample.image);
      setTruth(sample.target);
    } catch (thrown) {
      toastProblem(toProblem(thrown));
    }
  };

  return (
    <div className="try-it">
      <DrawingPad
        ref={pad}
        stroke={1.35 / Math.max(8, Math.min(height, width, 18))}
        onDraw={(values) => {
          setTruth(null);
          setImage(downscale(values, PAD_SIZE, height, width, channels));
        }}
      />
      <div className="try-actions">
        <Button
          size="s"
          icon={<Eraser aria-hidden />}
          disabled={image === null}
          onClick={() => {
            pad.current?.clear();
            setImage(null);
            setTruth(null);
          }}
        >
          Clear
        </Button>
        <Button size="s" icon={<Dices aria-hidden />} onClick={() => void showSample()}>
          Take a sample
        </Button>
        <div className="try-seen" title="What the network sees">
          <SamplePicture image={image} size={32} label={`What the network sees: ${height} by ${width} pixels`} />
        </div>
      </div>
      {truth !== null && (
        <p className="try-truth">
          A test sample: truly <strong>{truth}</strong>.
        </p>
      )}
      <PredictionBars
        prediction={prediction}
        problem={problem}
        data={data}
        hint="Draw a digit, as large as the square, or take one of the samples."
      />
    </div>
  );
}
