export { RunsPane } from './RunsPane.tsx';
