import { expect, it } from 'vitest';
import { folderOf, joinPath, typedPath } from '../../../renderer/actions/filePaths.ts';
import { windowTitle } from '../../../renderer/actions/windowTitle.ts';

it.each([
  ['/data/x.csv', '/data/x.csv'],
  ['  /data/my file.csv \n', '/data/my file.csv'],
  ['"/data/my file.csv"', '/data/my file.csv'],
  ["'/data/it’s'", '/data/it’s'],
  ['/data/', '/data'],
  ['/', '/'],
  ['~', '~'],
  ['~/nets', '~/nets'],
  ['nets/small', '/here/nets/small'],
  ['file:///data/my%20file.csv', '/data/my file.csv'],
  ['file:///C:/nets/a.loom', 'C:/nets/a.loom'],
  ['C:\\nets\\', 'C:\\nets'],
  ['C:\\', 'C:\\'],
])('takes %j, typed or pasted, for the path %s', (text, path) => {
  expect(typedPath(text, '/here')).toBe(path);
});

it('goes on from a folder of Windows with its separator', () => {
  expect(typedPath('small', 'C:\\nets')).toBe('C:\\nets\\small');
});

it.each([
  ['/a/b.loom', '/a'],
  ['/b.loom', '/'],
  ['C:\\a\\b.loom', 'C:\\a'],
  ['C:\\b.loom', 'C:\\'],
])('the folder of %s is %s, and both join again', (path, folder) => {
  expect(folderOf(path)).toBe(folder);
  expect(joinPath(folder, path.split(/[\\/]/).at(-1) ?? '')).toBe(path);
});

it('the window is called by its file, with a mark while that is not saved', () => {
  expect(windowTitle('XOR', null, false)).toBe('XOR – Layerloom');
  expect(windowTitle('XOR', '/nets/second try.loom', false)).toBe('second try.loom – Layerloom');
  expect(windowTitle('XOR', 'C:\\nets\\a.loom', true)).toBe('• a.loom – Layerloom');
});
