export function findBrowser(): string | null;
export function hasDisplay(): boolean;
export function sandboxFlags(say?: (sentence: string) => void): string[];
