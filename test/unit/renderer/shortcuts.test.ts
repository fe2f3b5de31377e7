import { describe, expect, it } from 'vitest';
import { formatChord, type KeyPress, matchesChord, parseChord } from '../../../renderer/actions/shortcuts.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('shortcuts', () => {
  it('take Ctrl for Mod, and Cmd on a Mac', () => {
    const chord = parseChord('Mod+Shift+Z');
    expect(matchesChord(chord, press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matchesChord(chord, press('z', { metaKey: true, shiftKey: true }), true)).toBe(true);
    expect(matchesChord(chord, press('z', { metaKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesChord(chord, press('z', { ctrlKey: true }), false)).toBe(false);
  });

  it('do not ask about Shift for signs, whose place differs between keyboards', () => {
    expect(matchesChord(parseChord('?'), press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesChord(parseChord('Mod++'), press('+', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });

  it('keep plain keys apart from chords', () => {
    expect(matchesChord(parseChord('C'), press('c'), false)).toBe(true);
    expect(matchesChord(parseChord('C'), press('c', { ctrlKey: true }), false)).toBe(false);
    expect(matchesChord(parseChord('C'), press('c', { altKey: true }), false)).toBe(false);
  });

  it('are written as people read them', () => {
    expect(formatChord('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(formatChord('Mod+Shift+Z', true)).toBe('⇧⌘Z');
    expect(formatChord('Shift+ArrowLeft', false)).toBe('Shift+←');
    expect(formatChord('Delete', false)).toBe('Del');
    expect(formatChord('Mod++', false)).toBe('Ctrl++');
  });
});
