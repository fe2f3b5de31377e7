/**
 * The object, but reading a member it does not have throws. What the shell comes to use of Electron must be put into the stand-in first:
 * an `undefined` that is silently passed over would prove nothing.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, member, receiver) {
      // Module loaders and `await` look these up on anything.
      const probed = typeof member === 'symbol' || ['__esModule', 'default', 'then', 'toJSON'].includes(member);
      if (!(member in object) && !probed) throw new Error(`The stand-in for Electron has no ${name}.${member}.`);
      const value: unknown = Reflect.get(object, member, receiver);
      return value;
    },
  });
}
