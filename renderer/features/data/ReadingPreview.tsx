import type { ColumnSummary, TableReading } from '../../../core/data/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { formatCount, plural } from '../../ui/index.ts';

export interface ReadingPreviewProps {
  readonly reading: TableReading;
  readonly columns: readonly ColumnSummary[];
  readonly problems: readonly Problem[];
}

/** The first rows as they are read: numbers as numbers, and what counts as no value. */
export function ReadingPreview({ reading, columns, problems }: ReadingPreviewProps) {
  const shown = columns.slice(0, reading.preview[0]?.length ?? 0);
  const others = columns.length - shown.length;
  const doubtful = problems.filter(({ code }) => code === 'number-ambiguous' || code === 'csv-ragged');
  return (
    <div className="reading-preview">
      <h3>
        {plural(reading.rows, 'row', 'rows')}, {plural(columns.length, 'column', 'columns')}
      </h3>
      {doubtful.map(({ code, message }) => (
        <p key={code} className="reading-doubt">
          {message}
        </p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="reading-scroll" aria-label="First rows as they are read" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {shown.map(({ name, kind, unit }) => (
                <th key={name} scope="col" className={kind === 'numeric' ? 'reading-number' : ''}>
                  {name}
                  <span className="faint"> {kind === 'numeric' ? unit || 'number' : 'category'}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reading.preview.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
              <tr key={at}>
                {shown.map(({ name, kind }, i) => (
                  <td key={name} className={kind === 'numeric' ? 'reading-number' : ''}>
                    {row[i] === '' ? <span className="cell-missing">no value</span> : row[i]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {others > 0 && <p className="data-note">And {formatCount(others)} more columns.</p>}
    </div>
  );
}
