import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import { splitNameSchema } from '../data/index.ts';
import { trainingSettingsSchema } from '../document/index.ts';
import { EXPORT_FORMATS } from '../formats/index.ts';
import { showData } from './commands/data.ts';
import { listEngines } from './commands/engines.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportModel } from './commands/export.ts';
import { inspect } from './commands/inspect.ts';
import { installEngine, uninstallEngine } from './commands/installEngine.ts';
import { newDesign } from './commands/new.ts';
import { predict } from './commands/predict.ts';
import { serve } from './commands/serve.ts';
import { listTemplates } from './commands/templates.ts';
import { testEngines } from './commands/testEngines.ts';
import { train } from './commands/train.ts';
import { showWeights } from './commands/weights.ts';
import { createOutput, type Output } from './output.ts';
import { withTableOptions } from './tableOptions.ts';

const RUN = 'run id, folder of a run, or “last”';

/** The command line. Commands throw ProblemErrors; `finish` receives an exit code other than 0. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command('layerloom')
    .description('Draw neural networks, train them, take the model and the code with you.')
    .version(version)
    // An option belongs to the command it follows: the --json of `engines test --json` is that of `test`, not of `engines`.
    .enablePositionalOptions()
    .showHelpAfterError('(layerloom --help tells more)')
    .exitOverride();
  const json = () => new Option('--json', 'JSON on standard output instead of text');
  const weights = () =>
    new Option('--weights <which>', 'of the best epoch (the default, where there is one) or of the last').choices([
      'best',
      'last',
    ]);
  const command = (usage: string, description: string): Command =>
    program.command(usage).description(description).addOption(json()).exitOverride();

  command('templates', 'list the designs to start from').action(withOutput(listTemplates));

  command('new <template>', 'write a new design from a template')
    .option('-o, --out <file>', 'file to write (otherwise <template>.loom)')
    .option('--force', 'replace the file if it exists')
    .action((template, options) => newDesign(template, options, outputOf(options)));

  command('inspect <file>', 'layers, shapes, parameters, MACs, memory and problems of a design').action(
    (file, options) => inspect(file, outputOf(options)),
  );

  withTableOptions(
    command('data <path>', 'what is in a CSV file, a folder of pictures or a design’s data, and why it is read so'),
  ).action((path, options) => showData(path, options, outputOf(options)));

  const training = command('train <file>', 'train a design; Ctrl-C stops it with weights saved')
    .option('--data <source>', 'built-in dataset, CSV file or folder of pictures, instead of the design’s own')
    .option('--epochs <n>', 'times to go through the training samples', whole(1, 1_000_000))
    .option('--batch <n>', 'samples in a batch', whole(1, 1_000_000))
    .option('--seed <n>', 'initial weights, shuffling and dropout follow from it', whole(0, 0xffffffff))
    .addOption(new Option('--backend <name>', 'what computes').choices(trainingSettingsSchema.shape.backend.options))
    .option('--out <dir>', 'folder of the run, new or empty, instead of one among the app’s runs');
  withTableOptions(training).action(async (file, options) => finish(await train(file, options, outputOf(options))));

  command('evaluate <run>', `metrics and confusion matrix of a run (${RUN})`)
    .addOption(new Option('--split <part>', 'part of the data').choices(splitNameSchema.options).default('test'))
    .addOption(weights())
    .action((run, options) => evaluate(run, options, outputOf(options)));

  command('weights <run>', `what a run (${RUN}) has learnt: figures of each weight`)
    .addOption(weights())
    .action((run, options) => showWeights(run, options, outputOf(options)));

  command('predict <run>', `predictions of a run (${RUN}) for samples of one’s own`)
    .requiredOption('--input <files...>', 'pictures, or a JSON array with one entry a sample; - reads standard input')
    .addOption(weights())
    .action((run, options) => predict(run, options, outputOf(options)));

  command('export <source>', `write a trained run (${RUN}) or a .loom design for another framework`)
    .addOption(new Option('--to <format>', 'format').choices(EXPORT_FORMATS.map(({ id }) => id)).makeOptionMandatory())
    .requiredOption('-o, --out <path>', 'file or folder to write')
    .option('--force', 'replace what is there')
    .addOption(weights())
    .action((source, options) => exportModel(source, options, outputOf(options)));

  const engines = command('engines', 'what can train on this machine')
    .enablePositionalOptions()
    .action(withOutput(listEngines));
  const engine = (usage: string, description: string): Command =>
    engines.command(usage).description(description).addOption(json()).exitOverride();
  engine(
    'test [name]',
    'train a standard network for some seconds on one engine, or on each, and keep the figures',
  ).action(async (name, options) => finish(await testEngines(name, outputOf(options))));
  engine('install <name>', 'download, build and check an engine (tensorflow); Ctrl-C cancels').action((name, options) =>
    installEngine(name, outputOf(options)),
  );
  engine('uninstall <name>', 'remove an installed engine').action((name, options) =>
    uninstallEngine(name, outputOf(options)),
  );

  command('serve [file]', 'the app in a browser, reachable from this machine only, until Ctrl-C')
    .option('--port <n>', 'port instead of any free one', whole(1, 65535))
    .action((file, options) => serve(file, options, outputOf(options)));

  return program;
}

function outputOf(options: { readonly json?: boolean }): Output {
  return createOutput(options.json ?? false);
}

function withOutput(run: (output: Output) => Promise<void>) {
  return (options: { readonly json?: boolean }) => run(outputOf(options));
}

/** A parser of whole numbers within bounds, for commander. */
function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
