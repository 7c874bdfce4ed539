/** The type of {@link present}: a member that may be undefined becomes optional. */
type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined members: an optional member is absent, never undefined (`exactOptionalPropertyTypes`). */
export function present<const T extends object>(members: T): Present<T> {
  const found: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) if (member !== undefined) found[name] = member;
  return found as Present<T>;
}
