// Loads an exported model.json with plain TensorFlow.js over HTTP, as a web page would, and prints its predictions. Nothing of
// Layerloom is imported here. Arguments: the exported folder, a JSON file [{folder, inputs: {name: {shape, data}}}].
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';

const tasks = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const server = createServer((request, response) => {
  const [, task = '', file = ''] = (request.url ?? '').split('/');
  response.end(readFileSync(join(tasks[Number(task)].folder, basename(file))));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const results = [];
for (const [index, { inputs }] of tasks.entries()) {
  const model = await loadLayersModel(`http://127.0.0.1:${server.address().port}/${index}/model.json`);
  const given = model.inputNames.map((name) => tf.tensor(inputs[name].data, inputs[name].shape));
  const made = model.predict(given.length === 1 ? given[0] : given);
  const outputs = [made].flat().map((tensor) => Array.from(tensor.dataSync()));
  results.push({ params: model.countParams(), inputs: model.inputNames, outputs });
}
server.close();
process.stdout.write(JSON.stringify(results));
