export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

export interface Chord {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Reads `Mod+Shift+Z`. */
export function parseChord(text: string): Chord {
  const parts = text.split('+');
  // A chord on the plus key itself ends in an empty part: `Mod++`.
  const key = parts.at(-1) === '' ? '+' : (parts.at(-1) ?? '');
  return {
    key: key.toLowerCase(),
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  };
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press is this chord. Shift is part of the character for signs such as `?` and `+`. */
export function matchesChord(chord: Chord, press: KeyPress, mac = IS_MAC): boolean {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const otherMod = mac ? press.ctrlKey : press.metaKey;
  if (press.key.toLowerCase() !== chord.key || mod !== chord.mod || otherMod || press.altKey !== chord.alt)
    return false;
  const isSign = chord.key.length === 1 && chord.key.toLowerCase() === chord.key.toUpperCase();
  return isSign || press.shiftKey === chord.shift;
}

/** As people read it: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function formatChord(text: string, mac = IS_MAC): string {
  const { key, mod, shift, alt } = parseChord(text);
  const name = KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1));
  if (mac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`;
  return [mod && 'Ctrl', alt && 'Alt', shift && 'Shift', name].filter(Boolean).join('+');
}

const KEY_NAMES: { readonly [key: string]: string } = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  delete: 'Del',
  escape: 'Esc',
};
