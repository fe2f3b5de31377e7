export { type TfjsFile, writeTfjs } from './write.ts';
