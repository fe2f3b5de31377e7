import { Dices, ImageUp } from 'lucide-react';
import { type DragEvent, useMemo, useRef, useState } from 'react';
import { PICTURE_ENDINGS, type Sample } from '../../../core/data/index.ts';
import { ProblemError, toProblem } from '../../../core/errors.ts';
import { toastProblem } from '../../stores/uiStore.ts';
import { Button } from '../../ui/index.ts';
import { SamplePicture } from '../../ui/sample/index.ts';
import { PredictionBars } from './PredictionBars.tsx';
import { takeSample } from './takeSample.ts';
import { usePrediction } from './usePrediction.ts';
import type { RunData } from './useRunData.ts';

/** A picture travels to the engine as text, a third longer than its file. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

interface Chosen {
  readonly name: string;
  /** A path on this computer, or a data URL. */
  readonly picture: string;
  /** Of one of the run's own samples: what it shows, and what it is. */
  readonly sample: Sample | null;
}

/** Drop a picture, and see what the network makes of it. */
export function TryPicture({ data, weights }: { readonly data: RunData; readonly weights: 'best' | 'last' }) {
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [over, setOver] = useState(false);
  const input = useMemo(() => (chosen === null ? null : { picture: chosen.picture }), [chosen]);
  const { prediction, problem } = usePrediction(data.runId, weights, input);

  const take = async (work: () => Promise<Chosen | null>): Promise<void> => {
    try {
      const next = await work();
      if (next !== null) setChosen(next);
    } catch (thrown) {
      toastProblem(toProblem(thrown));
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) void take(() => fromFile(file));
  };

  return (
    <div className="try-it">
      <button
        type="button"
        className="try-picture"
        data-over={over || undefined}
        onClick={() => picker.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {chosen === null ? (
          'Drop a picture here, or click to choose one.'
        ) : chosen.sample === null ? (
          <img src={chosen.picture} alt={chosen.name} />
        ) : (
          <SamplePicture image={chosen.sample.image} size={160} label={chosen.name} />
        )}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label="Picture to predict"
        accept={PICTURE_ENDINGS.join(',')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file again, after it has changed, is a choice too.
          event.target.value = '';
          if (file) void take(() => fromFile(file));
        }}
      />
      <div className="try-actions">
        <Button size="s" icon={<ImageUp aria-hidden />} onClick={() => picker.current?.click()}>
          Choose a picture
        </Button>
        <Button size="s" icon={<Dices aria-hidden />} onClick={() => void take(() => anySample(data))}>
          Take a sample
        </Button>
      </div>
      {chosen !== null && (
        <p className="try-truth">
          {chosen.name}
          {chosen.sample !== null && (
            <>
              , a sample: truly <strong>{chosen.sample.target}</strong>
            </>
          )}
        </p>
      )}
      <PredictionBars
        prediction={prediction}
        problem={problem}
        data={data}
        hint="It is brought to the size that the network reads, as its training pictures were."
      />
    </div>
  );
}

async function fromFile(file: File): Promise<Chosen> {
  if (file.size > MAX_FILE_BYTES) {
    throw new ProblemError({
      code: 'picture-too-large',
      title: 'File too large',
      message: `“${file.name}” has ${Math.ceil(file.size / 2 ** 20)} MiB; at most ${MAX_FILE_BYTES / 2 ** 20} MiB can be predicted. Save it smaller.`,
      facts: { bytes: file.size },
    });
  }
  const picture = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} cannot be read`));
    reader.readAsDataURL(file);
  });
  return { name: file.name, picture, sample: null };
}

/** One of the pictures kept for the test, where there are any. */
async function anySample(data: RunData): Promise<Chosen | null> {
  const sample = await takeSample(data);
  if (sample?.file === undefined) return null;
  return { name: String(sample.id), picture: sample.file, sample };
}
