import { type ReadData, writeKerasCode } from '../../../core/codegen/index.ts';
import type { DataSettings, LoomDocument } from '../../../core/document/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';

export interface DesignCode {
  /** Null while the data are being read for the first time, and where there is a problem. */
  readonly code: string | null;
  readonly problem: Problem | null;
}

/** What is known of the data of the design on screen. */
export interface KnownData {
  readonly description: ReadData | null;
  /** The settings that it describes. */
  readonly described: DataSettings | null;
  readonly problem: Problem | null;
}

/**
 * The program of a design, as exporting it writes it. While its data are being read anew, the design as it is with the data as they were
 * read last.
 */
export function designCode(document: LoomDocument, data: KnownData): DesignCode {
  const { description, described } = data;
  if (document.data.source.kind === 'none') return written(document, null);
  if (description !== null && described !== null) return written({ ...document, data: described }, description);
  return { code: null, problem: data.problem };
}

function written(document: LoomDocument, read: ReadData | null): DesignCode {
  try {
    return { code: writeKerasCode(document, read), problem: null };
  } catch (thrown) {
    return { code: null, problem: toProblem(thrown) };
  }
}
