import { call, positional } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { string } from '../../python/literals.ts';
import { lines } from './dataCode.ts';

/** Where a run's parts are written down, beside the program. */
export function partsConstant(name: string): string[] {
  return [
    '# Which sample was in which part of the run.',
    ...statement('PARTS_FILE = ', call('Path(__file__).with_name', [positional(string(name))])),
  ];
}

/** `row_key(row)`, as `portableRowKey` of core/data has it. */
export function rowKeyCode(numbers: boolean, texts: boolean): string[] {
  const number = `value = number(row, name)
            known.update(b"\\0" if np.isnan(value) else struct.pack("<d", value))`;
  const text = (indent: string) => `if row[name].lower() in MISSING:
${indent}    known.update(b"\\0")
${indent}else:
${indent}    known.update(row[name].encode() + b"\\1")`;
  const body =
    numbers && texts
      ? `        if categories is None:
            ${number}
        el${text('        ')}`
      : numbers
        ? `        ${number.replaceAll('\n            ', '\n        ')}`
        : `        ${text('        ')}`;
  return lines(`def row_key(row):
    """What a row is known by: its numbers and texts in the columns that are used."""
    known = hashlib.sha256()
    for name${numbers && texts ? ', categories' : ''} in (FEATURES | TARGETS)${numbers && texts ? '.items()' : ''}:
${body}
    return known.hexdigest()[:24]`);
}

/** `split_rows(rows)`: the rows that the run had, part after part. */
export function splitRowsCode(): string[] {
  return lines(`def split_rows(rows):
    """The rows that the run had, and the indices of its training, validation and test rows.

    They are known by what stands in them, wherever they are in the file.
    """
    places = {}
    for row in rows:
        places.setdefault(row_key(row), []).append(row)
    parts = {"train": [], "validation": [], "test": []}
    gone = 0
    with open(PARTS_FILE, encoding="utf-8", newline="") as file:
        for entry in csv.DictReader(file):
            if places.get(entry["key"]):
                parts[entry["part"]].append(places[entry["key"]].pop(0))
            else:
                gone += 1
${saidCode('row', 'file')}
    if any(places.values()):
        more = sum(map(len, places.values()))
        print(f"Rows that the run did not have, in no part: {more}.")
    ends = np.cumsum([len(part) for part in parts.values()])
    train, validation, test = np.split(np.arange(ends[-1]), ends[:-1])
    return parts["train"] + parts["validation"] + parts["test"], train, validation, test`);
}

/** Says what of the run's samples is there no more. */
export function saidCode(unit: 'row' | 'picture', where: 'file' | 'folder'): string {
  return `    if not any(parts.values()):
        raise SystemExit("None of the run's ${unit}s is in the ${where} any more.")
    if gone:
        print(f"${unit === 'row' ? 'Rows' : 'Pictures'} of the run that are gone or changed: {gone}.")`;
}
