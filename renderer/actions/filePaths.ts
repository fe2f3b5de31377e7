/** Folder and file as one path, with the separator the folder uses. */
export function joinPath(directory: string, name: string): string {
  const separator = directory.includes('\\') && !directory.startsWith('/') ? '\\' : '/';
  return directory.endsWith(separator) ? `${directory}${name}` : `${directory}${separator}${name}`;
}

/** The last part of a path, of either kind of separator. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The folder a path is in, of either kind of separator; a root stays one. */
export function folderOf(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (cut < 0) return path;
  const folder = path.slice(0, cut);
  return folder === '' || /^[A-Za-z]:$/.test(folder) ? path.slice(0, cut + 1) : folder;
}

/** From the root of a disk, or from the home folder. */
function isWhole(path: string): boolean {
  return /^([\\/]|~$|~\/|[A-Za-z]:[\\/])/.test(path);
}

/** What somebody typed or pasted as a path, from `directory`: with quotes around it, as a file's address, or a part only. */
export function typedPath(text: string, directory: string): string {
  const trimmed = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  const path = /^file:\/\//i.test(trimmed) ? fromAddress(trimmed) : trimmed;
  const whole = isWhole(path) ? path : joinPath(directory, path);
  return whole.length > 1 && !/^[A-Za-z]:[\\/]$/.test(whole) ? whole.replace(/[\\/]+$/, '') || '/' : whole;
}

function fromAddress(address: string): string {
  try {
    const path = decodeURIComponent(new URL(address).pathname);
    return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  } catch {
    return address;
  }
}
