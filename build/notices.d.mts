export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly texts: readonly string[];
}
export function notices(): Notice[];
export function writeNotices(...files: string[]): void;
