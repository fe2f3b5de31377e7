import { Database, FileSpreadsheet, Images, RefreshCw } from 'lucide-react';
import type { DataDescription } from '../../../core/data/index.ts';
import type { DatasetSummary } from '../../../core/document/index.ts';
import { applyFix } from '../../actions/applyFix.ts';
import { FieldScope } from '../../actions/FieldScope.tsx';
import { UnknownSettings } from '../../actions/UnknownSettings.tsx';
import { cancelReading, reloadData, useData } from '../../stores/dataStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import {
  Button,
  EmptyState,
  formatCount,
  IconButton,
  ProblemView,
  plural,
  Section,
  Spinner,
  WorkProgress,
} from '../../ui/index.ts';
import { Room, RoomHead } from '../../ui/room/index.ts';
import { ClassBalance } from './ClassBalance.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { chooseCsvFile } from './chooseCsvFile.ts';
import { chooseImageFolder } from './chooseImageFolder.ts';
import './data.css';
import { PreparationSettings } from './PreparationSettings.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import { SampleBrowser } from './SampleBrowser.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { SplitSettings } from './SplitSettings.tsx';

/** What the network learns from: where samples come from, what is in them, how they are prepared and split. */
export function DataRoom() {
  const settings = useDocument((state) => state.document.data);
  const { description, loading, reading, problem } = useData();
  const chosen = settings.source.kind !== 'none';
  return (
    <Room
      label="Data"
      side={
        <FieldScope room="data">
          <UnknownSettings section="data" />
          <Section title="Source">
            <SourcePicker source={settings.source} />
          </Section>
          {settings.source.kind === 'csv' && <ReadingSection source={settings.source} />}
          {chosen && <SplitSettings settings={settings} description={description} />}
          {chosen && <PreparationSettings settings={settings} description={description} />}
        </FieldScope>
      }
      {...(chosen ? { aside: <Facts description={description} /> } : {})}
    >
      {!chosen ? (
        <EmptyState
          icon={<Database aria-hidden />}
          title="Choose what the network learns from"
          action={
            <span className="data-choices">
              <Button variant="primary" icon={<FileSpreadsheet aria-hidden />} onClick={() => void chooseCsvFile()}>
                Choose a CSV file
              </Button>
              <Button icon={<Images aria-hidden />} onClick={() => void chooseImageFolder()}>
                Choose a folder of pictures
              </Button>
            </span>
          }
        >
          Take one of the data sets on the left, or a table of your own: one row a sample, one column a feature, and one
          column with what to predict. Or a folder of pictures, with a folder in it for each class.
        </EmptyState>
      ) : (
        <>
          <RoomHead
            title={description?.summary.name ?? (loading ? 'Reading the data' : 'Data')}
            facts={
              reading === null ? (
                description && summaryLine(description.summary)
              ) : (
                <WorkProgress label="Reading" unit="pictures" {...reading} onCancel={cancelReading} />
              )
            }
            actions={
              <>
                {loading && <Spinner label="Reading the data" />}
                <IconButton
                  label="Read the data again"
                  icon={<RefreshCw aria-hidden />}
                  onClick={() => void reloadData()}
                />
              </>
            }
          />
          {problem !== null && <DataProblem problem={problem} />}
          {description !== null && <Loaded description={description} />}
        </>
      )}
    </Room>
  );
}

function Loaded({ description }: { readonly description: DataDescription }) {
  const source = useDocument((state) => state.document.data.source);
  return (
    <>
      {description.problems.length > 0 && (
        <section className="data-problems" aria-label="Problems of the data">
          {description.problems.map((one) => (
            <ProblemView key={`${one.code}: ${one.message}`} problem={one} onFix={applyFix} />
          ))}
        </section>
      )}
      {description.columns.length > 0 && <ColumnTable columns={description.columns} source={source} />}
      <SampleBrowser description={description} />
    </>
  );
}

function DataProblem({ problem }: { readonly problem: NonNullable<ReturnType<typeof useData.getState>['problem']> }) {
  const folder = useDocument((state) => state.document.data.source.kind === 'imageFolder');
  return (
    <div className="data-failure" role="alert">
      <ProblemView problem={problem} onFix={applyFix} />
      <div className="data-failure-actions">
        <Button onClick={() => void reloadData()}>Try again</Button>
        <Button variant="ghost" onClick={() => void (folder ? chooseImageFolder() : chooseCsvFile())}>
          {folder ? 'Choose another folder' : 'Choose another file'}
        </Button>
      </div>
    </div>
  );
}

function Facts({ description }: { readonly description: DataDescription | null }) {
  if (description === null) return null;
  return (
    <>
      {description.classBalance.length > 0 && <ClassBalance balance={description.classBalance} />}
      <Section title="What a sample is">
        <dl className="data-fields">
          {description.summary.fields.map((field) => (
            <div key={`${field.role}-${field.name}`}>
              <dt>
                {field.name} <span className="faint">{field.role}</span>
              </dt>
              <dd className="mono">
                {field.classes ? plural(field.classes.length, 'class', 'classes') : field.shape.join('×') || '1'}
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      {description.attribution !== '' && (
        <Section title="Where it comes from">
          <p className="data-note">{description.attribution}</p>
        </Section>
      )}
    </>
  );
}

/** `1,797 samples · 8×8×1 · 10 classes` */
function summaryLine(summary: DatasetSummary): string {
  const input = summary.fields.find((field) => field.role === 'input');
  const classes = summary.fields.find((field) => field.role === 'target')?.classes;
  const shape =
    summary.kind === 'image' ? input?.shape.join('×') : plural(input?.shape.reduce((a, b) => a * b, 1) ?? 0, 'feature');
  return [
    `${formatCount(summary.samples)} ${summary.samples === 1 ? 'sample' : 'samples'}`,
    shape,
    classes && `${classes.length} classes`,
  ]
    .filter(Boolean)
    .join(' · ');
}
