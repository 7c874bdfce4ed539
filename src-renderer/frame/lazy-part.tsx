import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A part of the window whose script is loaded when the part is shown first, so that the window starts without it. */
interface LazyPart<Props extends object> {
  /** `whileLoading` is shown until the script is loaded. Throws if the script cannot be loaded. */
  (props: Props & { readonly whileLoading?: ReactNode }): ReactNode;
  /** Loads the script now, so that the part is shown at once later. Never throws: the part itself reports a failure. */
  readonly loadAhead: () => void;
}

/**
 * Makes a {@link LazyPart} of the default export of a script. React's own `lazy` is not used, because `Suspense` keeps what it showed while
 * loading for 300 ms, even if the script is loaded after 20 ms.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<ComponentType<Props>> | null = null;
  const loadOnce = () => (loading ??= load().then((script) => (loaded = script.default)));
  function Part({ whileLoading = null, ...props }: Props & { readonly whileLoading?: ReactNode }) {
    const [Shown, setShown] = useState(() => loaded);
    const [fault, setFault] = useState<{ readonly thrown: unknown } | null>(null);
    useEffect(() => {
      if (Shown) return undefined;
      let isGone = false;
      loadOnce().then(
        (component) => isGone || setShown(() => component),
        (thrown: unknown) => isGone || setFault({ thrown }),
      );
      return () => {
        isGone = true;
      };
    }, [Shown]);
    if (fault) throw fault.thrown;
    return Shown ? <Shown {...(props as unknown as Props)} /> : whileLoading;
  }
  return Object.assign(Part, { loadAhead: () => void loadOnce().catch(() => {}) });
}
