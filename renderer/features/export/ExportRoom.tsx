import { Download } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { PictureProgress } from '../../../core/data/index.ts';
import type { ExportFile } from '../../../core/engine/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { EXPORT_FORMATS, type ExportFormat, type ExportFormatInfo, exportFormat } from '../../../core/formats/index.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { type Chosen, chooseFile } from '../../actions/fileChoice.ts';
import { RunChanges } from '../../actions/RunChanges.tsx';
import { useExportObstacle } from '../../stores/trainState.ts';
import { goToRoom } from '../../stores/uiStore.ts';
import {
  Banner,
  Button,
  Field,
  formatBytes,
  ProblemView,
  Section,
  SegmentedControl,
  Select,
  WorkProgress,
} from '../../ui/index.ts';
import { Room } from '../../ui/room/index.ts';
import './export.css';
import { ExportFiles } from './ExportFiles.tsx';
import { folderInside, roomsOf, safeFileName } from './formats.ts';
import { RedFieldBanner } from './RedFieldBanner.tsx';
import { useExportPreview } from './useExportPreview.ts';
import { DESIGN, type ExportChoice, useExportSource } from './useExportSource.ts';
import { writeExport } from './writeExport.ts';

type Outcome =
  | { readonly kind: 'saved'; readonly path: string; readonly files: readonly ExportFile[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Leave with the model or with its code: choose what and as what, look at it, save it. */
export function ExportRoom() {
  const choice = useExportSource();
  const [format, setFormat] = useState<ExportFormat>('keras-code');
  const card = exportFormat(format);
  const { files, loading, problem } = useExportPreview(choice.source, format, choice.chosen === DESIGN ? 250 : 0);
  const red = useExportObstacle(roomsOf(format));
  // A run holds what it was trained with, whatever the fields show.
  const obstacle = choice.chosen === DESIGN ? red : null;
  const [saving, setSaving] = useState<AbortController | null>(null);
  const [reading, setReading] = useState<PictureProgress | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  // What was saved says nothing of what is chosen now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: reacts to another choice, reads nothing
  useEffect(() => setOutcome(null), [format, choice.chosen, choice.weights]);

  const save = async (): Promise<void> => {
    setOutcome(null);
    try {
      const target = await chooseWhere(card, choice.name);
      if (target === null) return;
      const controller = new AbortController();
      setSaving(controller);
      const what = { source: choice.source, format, path: target.path };
      const files = await writeExport(what, target.asked, { signal: controller.signal, onProgress: setReading });
      if (files !== null) setOutcome({ kind: 'saved', path: target.path, files });
    } catch (thrown) {
      setOutcome({ kind: 'failed', problem: toProblem(thrown) });
    } finally {
      setSaving(null);
      setReading(null);
    }
  };
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <Room
      label="Export"
      side={
        <>
          <Section title="What">
            <Field label="Model">
              <Select label="Model" value={choice.chosen} options={choice.options} onChange={choice.choose} />
            </Field>
            {choice.chosen !== DESIGN && (
              <Field label="Weights" help="Best: those of the epoch with the best validation figure.">
                <SegmentedControl
                  label="Weights"
                  value={choice.weights}
                  options={[
                    { value: 'best', label: 'Best' },
                    { value: 'last', label: 'Last' },
                  ]}
                  onChange={choice.chooseWeights}
                />
              </Field>
            )}
          </Section>
          <Section title="Format">
            <FormatPicker value={format} onChange={setFormat} />
          </Section>
        </>
      }
    >
      <header className="room-head">
        <h2>{card.title}</h2>
        <span className="room-facts">
          {files.length > 0 &&
            `${files.length === 1 ? 'one file' : `${files.length} files`} · ${files.some(({ estimated }) => estimated) ? 'about ' : ''}${formatBytes(bytes)}`}
        </span>
        <div className="room-actions">
          <Button
            variant="primary"
            icon={<Download aria-hidden />}
            disabled={saving !== null || obstacle !== null || problem !== null || files.length === 0}
            onClick={() => void save()}
          >
            {saving !== null ? 'Saving' : 'Save to…'}
          </Button>
          {saving !== null &&
            (reading === null ? (
              <Button onClick={() => saving.abort()}>Cancel</Button>
            ) : (
              <WorkProgress label="Reading" unit="pictures" {...reading} onCancel={() => saving.abort()} />
            ))}
        </div>
      </header>
      <div className="export-notices">
        {obstacle !== null && <RedFieldBanner obstacle={obstacle} />}
        {choice.chosen === DESIGN ? (
          <Untrained choice={choice} />
        ) : (
          <RunChanges runId={choice.chosen}>
            {choice.chosen === choice.trained?.id && (
              <>
                What is saved is the network as it was trained.{' '}
                <Button size="s" variant="ghost" onClick={() => choice.choose(DESIGN)}>
                  Export the design on screen instead, untrained
                </Button>
              </>
            )}
          </RunChanges>
        )}
      </div>
      {outcome !== null && (
        <div className="export-outcome">
          {outcome.kind === 'saved' ? (
            <Banner tone="good" title="Saved">
              <span className="export-path">{outcome.path}</span>
            </Banner>
          ) : (
            <ProblemView problem={outcome.problem} onFix={applyFix} />
          )}
        </div>
      )}
      {problem !== null ? (
        <div className="export-problem" role="alert">
          <ProblemView problem={problem} onFix={applyFix} />
        </div>
      ) : (
        <ExportFiles key={format} files={files} loading={loading} card={card} name={safeFileName(choice.name)} />
      )}
    </Room>
  );
}

/** That a design as it stands has learnt nothing, and the way to what has. */
function Untrained({ choice: { trained, choose } }: { readonly choice: ExportChoice }) {
  return (
    <Banner
      tone="info"
      title="Untrained"
      actions={
        trained === null ? (
          <Button size="s" onClick={() => goToRoom('train')}>
            Go to Train
          </Button>
        ) : (
          <Button size="s" onClick={() => choose(trained.id)}>
            Export “{trained.name}”
          </Button>
        )
      }
    >
      The design on screen is exported as it stands, with fresh weights: it has learnt nothing yet.
      {trained === null ? '' : ` “${trained.name}” is trained.`}
    </Banner>
  );
}

async function chooseWhere({ id, extensions }: ExportFormatInfo, name: string): Promise<Chosen | null> {
  const [extension] = extensions;
  if (extension !== undefined) return chooseFile(`export.${id}`, { name: `${safeFileName(name)}.${extension}` });
  const folder = await chooseFile(`export.${id}`);
  return folder && { path: folderInside(folder.path, name), asked: false };
}

interface FormatPickerProps {
  readonly value: ExportFormat;
  readonly onChange: (format: ExportFormat) => void;
}

function FormatPicker({ value, onChange }: FormatPickerProps) {
  return (
    <RadioGroup.Root
      className="format-list"
      aria-label="Format"
      value={value}
      onValueChange={(next) => {
        const found = EXPORT_FORMATS.find((one) => one.id === next);
        if (found) onChange(found.id);
      }}
    >
      {EXPORT_FORMATS.map((one) => (
        <RadioGroup.Item key={one.id} value={one.id} className="format-card" aria-label={one.title}>
          <span className="format-title">{one.title}</span>
          <span className="format-file">{one.capabilities.export.file}</span>
          <span className="format-about">{one.capabilities.export.about}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
