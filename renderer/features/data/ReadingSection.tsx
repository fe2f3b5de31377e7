import { useState } from 'react';
import { DIALECT_PARTS, type DialectPart } from '../../../core/data/index.ts';
import { useData } from '../../stores/dataStore.ts';
import { Button, Section } from '../../ui/index.ts';
import type { CsvSource } from './editData.ts';
import { ReadingDialog } from './ReadingDialog.tsx';
import './reading.css';
import { PART_LABELS, partText } from './readingOptions.ts';

/** Of the parts that are rarely anything else, only what departs from the usual is worth a line. */
const USUAL: Partial<Record<DialectPart, string>> = {
  quote: 'quotation mark',
  skip: '0',
  parentheses: 'no numbers',
  magnitudes: 'units or text',
  units: 'none',
};

/** How the chosen file is read, in short, and the way to look closer and set it. */
export function ReadingSection({ source }: { readonly source: CsvSource }) {
  const [open, setOpen] = useState(false);
  const reading = useData((state) => state.description?.reading ?? null);
  const parts = DIALECT_PARTS.filter(
    (part) => source.format?.[part] !== undefined || (reading !== null && partText(part, reading) !== USUAL[part]),
  );
  return (
    <Section title="How the file is read">
      {reading !== null && (
        <dl className="reading-facts">
          {parts.map((part) => (
            <div key={part} title={reading.why[part]}>
              <dt>{PART_LABELS[part]}</dt>
              <dd>
                {partText(part, reading)}
                {source.format?.[part] !== undefined && <span className="faint"> (set)</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Button className="source-file" onClick={() => setOpen(true)}>
        Look closer or change it
      </Button>
      <ReadingDialog open={open} onClose={() => setOpen(false)} source={source} />
    </Section>
  );
}
