import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, jsonOf, layerloom, newHome } from './commandLine.ts';

let home = '';
const run = (...args: string[]) => layerloom(args, { home });
const json = (...args: string[]) => jsonOf(args, home);

beforeAll(async () => {
  home = await newHome(['vgg11', 'lenet5', 'iris-mlp', 'digits-cnn', 'xor-mlp']);
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('templates, new, engines', () => {
  it('lists templates', async () => {
    const templates = await json('templates');
    expect(templates.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([
        'xor-mlp',
        'iris-mlp',
        'digits-mlp',
        'digits-cnn',
        'digits-resnet',
        'lenet5',
        'vgg11',
        'penguins',
      ]),
    );
    expect((await run('templates')).stdout).toMatch(/^Template +Title +What it is\n/);
  });

  it('keeps a file that is there, unless forced', async () => {
    const refused = await run('new', 'xor-mlp', '-o', 'xor-mlp.loom');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^layerloom: .*xor-mlp\.loom is there already\. .*--force\.\n$/);
    expect((await json('new', 'xor-mlp', '-o', 'xor-mlp.loom', '--force')).path).toBe(join(home, 'xor-mlp.loom'));
  });

  it('names the engines and chooses one', async () => {
    const engines: { name: string; available: boolean; chosen: boolean }[] = await json('engines');
    expect(engines.map(({ name }) => name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu']);
    expect(engines.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(engines.find(({ name }) => name === 'wasm')?.available).toBe(true);
  });

  it('measures an engine and remembers it', async () => {
    const { name, measured } = await json('engines', 'test', 'wasm');
    expect(name).toBe('wasm');
    const listed: { name: string; measured?: unknown }[] = await json('engines');
    expect(listed.find((engine) => engine.name === 'wasm')?.measured).toEqual(measured);
    const text = (await run('engines')).stdout;
    expect(text).toMatch(
      /wasm .*\n +.*\d cores?, [\d.]+ GiB memory \([\d.]+ GiB free\)\n +measured \d{4}-\d\d-\d\d: [\d,.]+ samples\/s/,
    );
    const unknown = await run('engines', 'test', 'abacus');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toBe('layerloom: There is no engine “abacus”. There are: tensorflow, webgpu, wasm, cpu.\n');
  });
});

describe('data', () => {
  it('tells how a table is read, and takes what is said instead', async () => {
    const rows = Array.from(
      { length: 24 },
      (_, i) => `${i + 1}\t${i % 6 === 2 ? '-' : `${i},5`}\t${i % 2 ? 'p' : 'q'}`,
    );
    await writeFile(join(home, 'plants.tsv'), `No\theight\tkind\r\n${rows.join('\r\n')}\r\n`);
    const found = await json('data', 'plants.tsv');
    expect(found).toMatchObject({
      rows: 24,
      separator: '\t',
      decimal: ',',
      thousands: '',
      heading: true,
      missing: ['-'],
      columns: [
        { name: 'No', kind: 'numeric', role: 'ignore', missing: 0, distinct: 24, why: expect.stringMatching(/row/) },
        {
          name: 'height',
          kind: 'numeric',
          role: 'feature',
          missing: 4,
          distinct: 20,
          why: expect.stringMatching(/“-” \(4\)/),
        },
        { name: 'kind', kind: 'categorical', role: 'target', missing: 0, distinct: 2 },
      ],
    });
    expect(found.problems.map(({ code }: { code: string }) => code)).toEqual([
      'id-column',
      'missing-marker',
      'rows-dropped',
    ]);
    const text = (await run('data', 'plants.tsv')).stdout;
    expect(text).toMatch(/^plants\.tsv {2}24 rows\n/);
    expect(text).toMatch(/\nseparator +tab +\S.*\.\n/);
    await writeFile(
      join(home, 'scores.csv'),
      `score,kind\n${['5/100', '70/100', '33'].map((cell) => `${cell},p\n`).join('')}`,
    );
    expect(await json('data', 'scores.csv', '--units', '%,/100')).toMatchObject({
      units: ['/100'],
      columns: [{ kind: 'numeric', missing: 0 }, {}],
    });
    expect(await json('data', 'plants.tsv', '--no-heading', '--skip', '1', '--missing', 'x')).toMatchObject({
      heading: false,
      missing: ['x'],
      columns: [{ name: 'column_1' }, { name: 'column_2', kind: 'categorical', missing: 0 }, { name: 'column_3' }],
    });
    const refused = await run('data', 'plants.tsv', '--decimal', 'x');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^layerloom: --decimal cannot be "x"/) });
    expect((await run('data', 'digits', '--decimal', 'dot')).stderr).toMatch(/the data are none/);
  });

  it('tells the classes of a folder, and what is left out and why', async () => {
    for (const name of ['left', 'right']) {
      await mkdir(join(home, 'sides', name), { recursive: true });
      for (let i = 0; i < 3; i++) {
        const picture = sharp(new Uint8Array(48).fill(i * 40), { raw: { height: 4, width: 4, channels: 3 } });
        await picture.toFile(join(home, 'sides', name, `${i}.png`));
      }
    }
    await writeFile(join(home, 'sides', 'left', 'none.png'), 'no picture');
    expect(await json('data', 'sides')).toMatchObject({
      pictures: 6,
      shape: [4, 4, 3],
      classes: [
        { name: 'left', pictures: 3 },
        { name: 'right', pictures: 3 },
      ],
      leftOut: [{ file: 'left/none.png', why: expect.stringMatching(/\w/) }],
    });
  });
});

describe('inspect', () => {
  it('counts VGG11 and LeNet-5 exactly', async () => {
    const vgg = await json('inspect', 'vgg11.loom');
    expect(vgg.totals).toMatchObject({ params: 132_863_336, trainable: 132_863_336, nonTrainable: 0 });
    expect(Object.keys(vgg)).toEqual(['layers', 'totals', 'problems']);
    expect(Object.keys(vgg.totals)).toEqual(['params', 'trainable', 'nonTrainable', 'macs', 'bytes']);
    for (const layer of vgg.layers)
      expect(Object.keys(layer)).toEqual(['id', 'name', 'type', 'outputShape', 'params', 'macs']);
    for (const problem of vgg.problems)
      expect(Object.keys(problem)).toEqual(['code', 'severity', 'nodeId', 'at', 'message', 'fixes']);
    const lenet = await json('inspect', 'lenet5.loom');
    expect(lenet.totals.params).toBe(61_706);
    expect(lenet.problems).toEqual([]);
    const text = await run('inspect', 'lenet5.loom');
    expect(text.stdout).toMatch(/conv2d_1 +Conv2D +28×28×6 +156 +117,600\n/);
    expect(text.stdout).toContain('Parameters  61,706 (61,706 trainable, 0 not)');
  });

  it('names a layer in a block by its path and by its place in the definition', async () => {
    const nested = JSON.parse(await readFile(join(import.meta.dirname, '../fixtures/blocks/nested.loom'), 'utf8'));
    nested.graphs.residual.nodes.d.params.rate = 2;
    await writeFile(join(home, 'nested.loom'), JSON.stringify(nested));
    const { problems } = await json('inspect', 'nested.loom');
    const error = problems.find(({ severity }: { severity: string }) => severity === 'error');
    expect(error).toMatchObject({ nodeId: 'n3/u[0]/d', at: { graph: 'residual', nodeId: 'd' } });
  });

  it('reports a mismatch with its fix, and data that are gone', async () => {
    const design = JSON.parse(await readFile(join(home, 'iris-mlp.loom'), 'utf8'));
    design.data.source = { kind: 'csv', path: 'gone.csv', columns: {}, missing: 'dropRow' };
    await writeFile(join(home, 'gone.loom'), JSON.stringify(design));
    const gone = await json('inspect', 'gone.loom');
    expect(gone.problems[0]).toMatchObject({ code: 'data-not-found', severity: 'error', nodeId: null, fixes: [] });
    design.data.source = { kind: 'builtin', id: 'digits' };
    await writeFile(join(home, 'wrong.loom'), JSON.stringify(design));
    const wrong = await json('inspect', 'wrong.loom');
    const error = wrong.problems.find(({ severity }: { severity: string }) => severity === 'error');
    expect(error.nodeId).not.toBeNull();
    expect(error.message).toMatch(/8×8×1/);
    expect(error.at).toEqual({ graph: 'main', nodeId: error.nodeId });
    const refused = await run('train', 'wrong.loom');
    expect(refused.code).toBe(1);
    expect(refused.stderr.split('\n')).toHaveLength(2);
  });
});

describe('errors', () => {
  const refuse = async (args: string[], message: RegExp, code = 1) => {
    const ended = await run(...args, '--json');
    expect([args.join(' '), ended.code]).toEqual([args.join(' '), code]);
    const { error } = jsonLines(ended).at(-1) as { error: { message: string; code: string } };
    expect(error.message).toMatch(message);
    expect(error.code).toMatch(/^[a-z-]+$/);
    const plain = await run(...args);
    expect(plain.code).toBe(code);
    expect(plain.stderr).toMatch(message);
    expect(plain.stdout).toBe('');
    if (code === 1) expect(plain.stderr).toMatch(/^layerloom: [^\n]+\n$/);
  };

  it('are one clear line with an exit code', async () => {
    await writeFile(join(home, 'cut.loom'), (await readFile(join(home, 'lenet5.loom'), 'utf8')).slice(0, 500));
    await writeFile(join(home, 'text.loom'), 'hello');
    await writeFile(join(home, 'empty.json'), '[]');
    await writeFile(join(home, 'broken.json'), '[1,');
    await writeFile(join(home, 'zero.csv'), 'a,b,label\n');
    await writeFile(join(home, 'bad-rows.json'), '[[1,2,3]]');
    // A run for “last” to be.
    expect(await run('train', 'digits-cnn.loom', '--epochs', '1')).toMatchObject({ code: 0 });
    await refuse(['new', 'alexnet'], /no template “alexnet”\. There are: .*lenet5/);
    await refuse(['inspect', 'gone-away.loom'], /gone-away\.loom: it does not exist/);
    await refuse(['inspect', 'cut.loom'], /cut\.loom: /);
    await refuse(['train', 'text.loom'], /text\.loom: /);
    await refuse(['train', 'vgg11.loom'], /no data/);
    await refuse(
      ['train', 'iris-mlp.loom', '--data', 'mnist'],
      /“mnist” is neither a built-in dataset \(digits, iris, penguins, xor\)/,
    );
    await refuse(['train', 'iris-mlp.loom', '--data', 'zero.csv'], /not one row under it/);
    await refuse(['evaluate', 'no-such-run'], /no run “no-such-run”: it is neither “last”/);
    await refuse(['predict', 'last', '--input', 'gone.json'], /cannot be read/);
    await refuse(['predict', 'last', '--input', 'broken.json'], /is not JSON/);
    await refuse(['predict', 'last', '--input', 'empty.json'], /empty array/);
    await refuse(['predict', 'last', '--input', 'bad-rows.json'], /Sample 1 has 3 numbers/);
    await refuse(['export', 'gone.keras', '--to', 'keras', '-o', 'x'], /no run “gone\.keras”/);
    await refuse(['serve', 'cut.loom'], /cut\.loom: /);
  });

  it('say which settings only a newer version knows; the file stays as it is, and an option may stand in', async () => {
    const design = JSON.parse(await readFile(join(home, 'xor-mlp.loom'), 'utf8'));
    const text = `${JSON.stringify({ ...design, training: { ...design.training, backend: 'mlx', clipNorm: 1 } }, null, 4)}\n`;
    await writeFile(join(home, 'newer.loom'), text);
    const inspected = await json('inspect', 'newer.loom');
    expect(inspected.problems.map(({ severity, code }: Record<string, string>) => [severity, code])).toEqual([
      ['error', 'unknown-setting'],
      ['warning', 'unknown-setting'],
    ]);
    for (const args of [
      ['train', 'newer.loom'],
      ['export', 'newer.loom', '--to', 'keras-code', '-o', 'newer.py'],
    ]) {
      const refused = await run(...args);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('“mlx”, which this version of Layerloom does not know');
    }
    expect(existsSync(join(home, 'newer.py'))).toBe(false);
    const trained = await run('train', 'newer.loom', '--backend', 'cpu', '--epochs', '1');
    expect(trained.code).toBe(0);
    expect(trained.stdout).toContain('no “clipNorm” in the training settings');
    expect(await readFile(join(home, 'newer.loom'), 'utf8')).toBe(text);
  });

  it('tell wrong usage by exit code 2', async () => {
    await refuse(['train'], /missing required argument 'file'/, 2);
    await refuse(['train', 'iris-mlp.loom', '--epochs', '0'], /whole number from 1/, 2);
    await refuse(
      ['train', 'iris-mlp.loom', '--backend', 'abacus'],
      /Allowed choices are auto, tensorflow, webgpu, wasm, cpu/,
      2,
    );
    await refuse(['export', 'last', '--to', 'onnx', '-o', 'x'], /Allowed choices are tfjs, keras, keras-code/, 2);
    await refuse(['predict', 'last'], /required option '--input <files\.\.\.>' not specified/, 2);
    await refuse(['fly'], /unknown command 'fly'/, 2);
    expect(await run('--version')).toMatchObject({ code: 0, stderr: '' });
    expect((await run('train', '--help')).stdout).toContain('--epochs <n>');
  });

  it('says that there are no runs', async () => {
    const empty = join(home, 'empty-home');
    await mkdir(empty);
    const ended = await layerloom(['evaluate', 'last'], { home: empty });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/There are no runs in .*empty-home\/runs yet/);
  });
});

describe('the user’s data folder', () => {
  it('is the system’s own where nobody says otherwise', async () => {
    const file = join(home, 'own-folder.loom');
    const env = { HOME: home, XDG_DATA_HOME: join(home, 'share'), LAYERLOOM_HOME: undefined };
    await layerloom(['new', 'xor-mlp', '-o', file], { home, env });
    const trained = await layerloom(['train', file, '--epochs', '2', '--json'], { home, env });
    expect(trained.stderr).toBe('');
    expect(trained.code).toBe(0);
    const listed = await layerloom(['evaluate', 'last', '--split', 'train', '--json'], { home, env });
    expect(listed.code).toBe(0);
    if (process.platform === 'linux') expect(existsSync(join(home, 'share', 'Layerloom', 'runs'))).toBe(true);
  });
});

describe('serve', () => {
  it('answers on loopback until it is told to end', async () => {
    let asked: Promise<number> | null = null;
    const ended = await layerloom(['serve', 'lenet5.loom', '--json'], {
      home,
      onOutput: (text, pid) => {
        if (asked !== null || !text.includes('\n')) return;
        const { url } = JSON.parse(text.split('\n')[0] ?? '');
        asked = fetch(url).then((response) => response.status);
        asked.finally(() => process.kill(pid, 'SIGTERM')).catch(() => undefined);
      },
    });
    expect(await asked).toBeLessThan(500);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(jsonLines(ended)[0]).toMatchObject({
      type: 'listening',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
    });
  });
});
