import type { Problem } from '../../errors.ts';
import type { ChosenColumn } from './chooseColumns.ts';
import { listSpellings } from './joinSpellings.ts';

/** What was made of the texts of a column that takes part in training, where a person may mean something else. */
export function columnNotes(column: ChosenColumn): Problem[] {
  if (column.role === 'ignore') return [];
  return [...markerNote(column), ...spellingNotes(column)];
}

function markerNote({ name, markers, facts }: ChosenColumn): Problem[] {
  if (markers.length === 0) return [];
  const count = markers.reduce((sum, marker) => sum + marker.count, 0);
  const texts = markers.slice(0, 5).map(({ text }) => `“${text}”`);
  const cells = `${count} ${count === 1 ? 'cell' : 'cells'} with ${texts.join(', ')}${markers.length > 5 ? ', …' : ''}`;
  const numbers = `The other ${facts.numbers} cells are numbers`;
  return [
    {
      code: 'missing-marker',
      severity: markers.every((marker) => marker.known) ? 'info' : 'warning',
      title: 'Counted as missing',
      message: `${cells} in column “${name}” ${count === 1 ? 'counts' : 'count'} as missing. ${numbers}. If ${markers.length === 1 ? 'it means' : 'they mean'} something else, say under “How the file is read” which texts stand for no value.`,
      facts: { column: name, count, texts: markers.map(({ text }) => text) },
    },
  ];
}

function spellingNotes({ name, spellings, cases }: ChosenColumn): Problem[] {
  const problems: Problem[] = [];
  if (spellings.size > 0) {
    problems.push({
      code: 'spellings-joined',
      severity: 'info',
      title: 'Spellings joined',
      message: `Column “${name}” holds the same values in several spellings, which count as one: ${listSpellings(spellings)}.`,
      facts: { column: name, spellings: spellings.size },
    });
  }
  if (cases.length > 0) {
    const groups = cases.slice(0, 3).map((texts) => texts.map((text) => `“${text}”`).join(' and '));
    const more = cases.length > 3 ? ` and ${cases.length - 3} more` : '';
    problems.push({
      code: 'case-spellings',
      severity: 'warning',
      title: 'Same but for capitals',
      message: `Column “${name}” holds ${groups.join('; ')}${more}, which count as different values. If they are the same, give them one spelling in the file.`,
      facts: { column: name, groups: cases.length },
    });
  }
  return problems;
}
