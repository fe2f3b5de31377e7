import { layoutGraph } from '../../../renderer/actions/layout/layoutGraph.ts';
import { largeRequests } from './largeLayouts.ts';

// Run by itself on a small stack; what it prints is read by the test.
const drawings = largeRequests().map(([name, request]) => [name, layoutGraph(request)]);
process.stdout.write(JSON.stringify(Object.fromEntries(drawings)));
