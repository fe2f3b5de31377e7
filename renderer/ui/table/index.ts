export * from './DataTable.tsx';
export * from './VirtualRows.tsx';
