import { Section } from '../../ui/index.ts';
import { TryDrawing } from './TryDrawing.tsx';
import { TryPicture } from './TryPicture.tsx';
import { TryRow } from './TryRow.tsx';
import type { RunData } from './useRunData.ts';

/** Predict an input of one's own. */
export function TryIt({ data, weights }: { readonly data: RunData; readonly weights: 'best' | 'last' }) {
  const image = data.description.summary.kind === 'image';
  return (
    <Section title="Try it yourself">
      {data.settings.source.kind === 'imageFolder' ? (
        <TryPicture data={data} weights={weights} />
      ) : image ? (
        <TryDrawing data={data} weights={weights} />
      ) : (
        <TryRow data={data} weights={weights} />
      )}
    </Section>
  );
}
