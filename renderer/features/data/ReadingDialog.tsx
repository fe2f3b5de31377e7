import {
  DIALECT_PARTS,
  type DialectPart,
  formatMissingList,
  formatUnits,
  parseMissingList,
  parseUnits,
} from '../../../core/data/index.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { useData } from '../../stores/dataStore.ts';
import { Button, Dialog, NumberField, ProblemView, Select, Spinner, TextField } from '../../ui/index.ts';
import type { CsvSource } from './editData.ts';
import { ReadingPreview } from './ReadingPreview.tsx';
import { choicesOf, choosePart, chosenOf, PART_LABELS, setFormat } from './readingOptions.ts';

export interface ReadingDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly source: CsvSource;
}

/** Everything that was decided of how a file is written: what, why, what comes of it, and each to be set. Changes hold at once. */
export function ReadingDialog({ open, onClose, source }: ReadingDialogProps) {
  const { description, loading, problem } = useData();
  const reading = description?.reading ?? null;
  const anySet = DIALECT_PARTS.some((part) => source.format?.[part] !== undefined);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="How the file is read"
      width={820}
      description="Found from the file, each with its reason. What you set holds, here and in the exported program."
      footer={
        <>
          {loading && <Spinner label="Reading the data" />}
          <Button
            disabled={!anySet}
            onClick={() => setFormat(source, Object.fromEntries(DIALECT_PARTS.map((part) => [part, undefined])))}
          >
            Find everything
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        <div className="reading-parts">
          {DIALECT_PARTS.map((part) => (
            <div key={part} className="reading-part">
              <span className="reading-label">{PART_LABELS[part]}</span>
              <PartControl part={part} source={source} />
              <span className="reading-why">{reading?.why[part] ?? ''}</span>
            </div>
          ))}
        </div>
        {problem !== null && (
          <div role="alert">
            <ProblemView problem={problem} onFix={applyFix} />
          </div>
        )}
        {description !== null && reading !== null && (
          <ReadingPreview reading={reading} columns={description.columns} problems={description.problems} />
        )}
      </div>
    </Dialog>
  );
}

function PartControl({ part, source }: { readonly part: DialectPart; readonly source: CsvSource }) {
  const reading = useData((state) => state.description?.reading ?? null);
  const label = PART_LABELS[part];
  if (part === 'skip')
    return (
      <NumberField
        label={label}
        integer
        min={0}
        max={100_000}
        nullLabel={reading === null || source.format?.skip !== undefined ? 'find it' : `found: ${reading.skip}`}
        value={source.format?.skip ?? null}
        onCommit={(skip) => setFormat(source, { skip: skip ?? undefined })}
      />
    );
  if (part === 'units') {
    const given = source.format?.units;
    return (
      <TextField
        label={label}
        placeholder={`found${reading === null ? '' : `: ${formatUnits(reading.units)}`}; or a list: €, %, kg`}
        value={given === undefined ? '' : formatUnits(given)}
        onCommit={(text) => setFormat(source, { units: text.trim() === '' ? undefined : parseUnits(text) })}
      />
    );
  }
  if (part === 'missing')
    return (
      <TextField
        label={label}
        placeholder="found; or a list: -, n.d., -999"
        value={formatMissingList(source.format?.missing ?? [])}
        onCommit={(text) => {
          const missing = parseMissingList(text);
          return setFormat(source, { missing: missing.length === 0 ? undefined : missing });
        }}
      />
    );
  return (
    <Select
      label={label}
      value={chosenOf(part, source)}
      options={choicesOf(part, source, reading)}
      onChange={(value) => choosePart(source, part, value)}
    />
  );
}
