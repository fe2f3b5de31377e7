/**
 * Who may import whom (core/README.md), as data. `npm test -- lint` checks it, and a test checks that it would notice.
 * The order: {tensor, params} <- training <- {document, catalogue} <- graph <- {commands, data, codegen, formats, library <- templates} <- runs <- engine <- host <- cli;
 * expressions <- {document, graph}; files <- locks <- {runs, engine, host, cli}; files <- {formats, runs, engine, host, cli}; document <- rpc <- {engine, host}.
 */
const ENTRIES = ['tensor', 'params', 'training'];
const DESIGNS = [...ENTRIES, 'expressions', 'document', 'catalogue', 'graph'];
const RUNS = ['files', 'locks', ...DESIGNS, 'data', 'formats'];
const HOST = [...RUNS, 'codegen', 'runs', 'rpc', 'engine'];
const BELOW = {
  files: [],
  locks: ['files'],
  tensor: [],
  params: [],
  expressions: [],
  training: ['tensor', 'params'],
  document: [...ENTRIES, 'expressions'],
  catalogue: ENTRIES,
  graph: [...ENTRIES, 'expressions', 'document', 'catalogue'],
  commands: DESIGNS,
  data: DESIGNS,
  codegen: DESIGNS,
  formats: ['files', ...DESIGNS],
  library: DESIGNS,
  templates: [...DESIGNS, 'commands', 'library'],
  rpc: ['document'],
  runs: RUNS,
  engine: [...RUNS, 'codegen', 'library', 'runs', 'rpc'],
  host: HOST,
  cli: [...HOST, 'commands', 'library', 'templates', 'host'],
};
const COMMON = '^core/(json|edits|errors|pathSchema|shorten|problemSchema)\\.ts$';
const DOOR = '^core/[^/]+/(index|node)\\.ts$';

const rooms = Object.entries(BELOW).map(([room, below]) => ({
  name: `core-${room}`,
  comment: `core/${room} may import ${below.length ? below.join(', ') : 'no other room'}, and what belongs to all.`,
  severity: 'error',
  from: { path: `^core/${room}/` },
  to: { path: '^(core|renderer|electron)/', pathNot: [`^core/(${[room, ...below].join('|')})/`, COMMON] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'by-the-door',
      comment:
        'Another core room is entered by its index.ts or node.ts (a file door of a sub-folder counts: formats/tfjs/node.ts).',
      severity: 'error',
      from: { path: '^core/([^/]+)/' },
      to: { path: '^core/[^/]+/', pathNot: [DOOR, '^core/$1/', '^core/formats/[^/]+/(index|node)\\.ts$'] },
    },
    {
      name: 'browser-safe-doors',
      comment: 'What a room exports by index.ts runs in a browser: it must not lead to a Node door.',
      severity: 'error',
      from: { path: '^core/[^/]+/index\\.ts$' },
      to: { path: '^core/.+/node\\.ts$', reachable: true },
    },
    {
      name: 'shells-enter-core-by-doors',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^core/', pathNot: [DOOR, COMMON] },
    },
    {
      name: 'renderer-enters-core-by-browser-doors',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^core/', pathNot: ['^core/[^/]+/index\\.ts$', COMMON] },
    },
    { name: 'renderer-not-electron', severity: 'error', from: { path: '^renderer/' }, to: { path: '^electron/' } },
    { name: 'electron-not-renderer', severity: 'error', from: { path: '^electron/' }, to: { path: '^renderer/' } },
    {
      name: 'features-keep-apart',
      comment: 'Features meet in stores and actions, never directly.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'parts-not-features',
      comment: 'Stores, actions and plain components know no feature.',
      severity: 'error',
      from: { path: '^renderer/(stores|actions|ui)/' },
      to: { path: '^renderer/(features|app)/' },
    },
    {
      name: 'file-dialog-apart',
      comment: 'The page of the file dialog is of another origin: the app and it share plain components, and no state.',
      severity: 'error',
      from: { path: '^renderer/chooser/' },
      to: { path: '^renderer/(app|features|stores)/' },
    },
    {
      name: 'app-not-file-dialog',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/chooser/' },
      to: { path: '^renderer/chooser/' },
    },
    {
      name: 'tensorflow-in-the-engine-only',
      comment: 'Elsewhere `import type`: TensorFlow.js is loaded in the engine process alone.',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/', pathNot: '^core/(engine|formats/tfjs)/' },
      to: { path: '@tensorflow/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-react-in-core',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: 'node_modules/(react|react-dom|@xyflow|radix-ui|zustand)/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/' },
      to: { path: '^(test|build)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead, unless it is where a program starts.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(core|electron|renderer)/',
        pathNot: [
          '\\.d\\.ts$',
          '^core/engine/process\\.ts$',
          '^core/cli/main\\.ts$',
          '^electron/(main|preload|web)\\.ts$',
          '\\.css$',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      // `electron` is resolved by Electron itself; assets are Vite's.
      to: { couldNotResolve: true, pathNot: ['^electron$', '\\?(url|worker|raw|inline)$'] },
    },
    {
      name: 'declared-packages-only',
      comment: 'The product uses packages that package.json lists under dependencies.',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: ['node_modules/electron/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
};
